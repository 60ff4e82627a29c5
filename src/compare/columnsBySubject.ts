import type { MetricSubject } from '../metrics/metricsOf.ts';
import type { Column } from './column.ts';

/** Finds a quantity of a subject among columns; null where there is none. */
export function columnsBySubject(
  columns: readonly Column[],
): (subject: MetricSubject, quantity: string) => Column | null {
  const byKey = new Map(
    columns.map((column) => [keyOf(column.fields.subject, column.fields.quantity), column]),
  );
  return (subject, quantity) => byKey.get(keyOf(subject, quantity)) ?? null;
}

/** The full name is left out, because it differs between builds. */
const keyOf = (subject: MetricSubject, quantity: string): string =>
  JSON.stringify([quantity, { ...subject, fullName: undefined }]);
