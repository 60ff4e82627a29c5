/** Phases as text: `wait 20–50`. */
export const spans = (phases: readonly { name: string; from: number; to: number }[]): string[] =>
  phases.map(({ name, from, to }) => `${name} ${from}–${to}`);
