/**
 * Puts a row where the earlier one of the same id is, or at the end.
 * @param places where the rows of a realm are, by id
 * @returns where the row is
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
