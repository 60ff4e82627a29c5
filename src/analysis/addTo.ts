/** Adds a value to one entry of a column. */
export function addTo(column: Float64Array, index: number, value: number): void {
  column[index] = (column[index] ?? 0) + value;
}
