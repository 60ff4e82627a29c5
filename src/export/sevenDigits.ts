/** Keeps whole numbers, and rounds others to seven digits: more would be noise, and long. */
export const sevenDigits = (value: number): number =>
  Number.isInteger(value) ? value : Number(value.toPrecision(7));
