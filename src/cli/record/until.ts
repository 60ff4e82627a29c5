/** An entry of the page's User Timing. */
export interface Landmark {
  kind: 'mark' | 'measure';
  name: string;
}

/** When a recording ends. */
export type Until =
  /** So many seconds after the page has loaded. */
  | { kind: 'duration'; seconds: number }
  /** When an element matches the selector. */
  | { kind: 'selector'; selector: string }
  | Landmark
  /** When the scenario module's `run` has finished. */
  | { kind: 'scenario'; file: string };

/** The landmark that ends the recording; null if something else does. */
export const landmarkOf = (until: Until): Landmark | null =>
  until.kind === 'mark' || until.kind === 'measure' ? until : null;
