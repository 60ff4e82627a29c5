/** An entry of the page's User Timing. */
export interface Landmark {
  kind: 'mark' | 'measure';
  name: string;
}

/** When a recording ends. */
export type Until =
  /** Seconds after the page has loaded. */
  | { kind: 'duration'; seconds: number }
  | { kind: 'selector'; selector: string }
  | Landmark
  /** Once the scenario module's `run` has. */
  | { kind: 'scenario'; file: string };

/** In words, for messages: `the mark “ready”`. */
export function untilInWords(until: Until): string {
  switch (until.kind) {
    case 'duration':
      return `${until.seconds} s`;
    case 'selector':
      return `an element ${until.selector}`;
    case 'mark':
      return `the mark “${until.name}”`;
    case 'measure':
      return `the measure “${until.name}”`;
    case 'scenario':
      return `the scenario ${until.file}`;
    default:
      return until satisfies never;
  }
}
