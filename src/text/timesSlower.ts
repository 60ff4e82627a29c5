/** How much slower the baseline tier made wasm, in words; null: not measured. */
export const timesSlower = (slowdown: number | null): string =>
  slowdown === null ? 'several times' : `about ${slowdown.toFixed(0)} times`;
