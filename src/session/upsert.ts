/**
 * Replaces the earlier row with the same id, or appends the row.
 * @param places indices of the rows of a realm, by id
 * @returns the index of the row
 */
export function upsert<Row>(
  rows: Row[],
  places: Map<number, number>,
  id: number,
  row: Row,
): number {
  const place = places.get(id) ?? rows.length;
  places.set(id, place);
  rows[place] = row;
  return place;
}
