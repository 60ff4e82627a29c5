import type { Fields, NumberUnit, Shape } from '../protocol/shape.ts';
import { isRecord } from '../session/isRecord.ts';
import type { Cell } from './csv.ts';

/** The columns of a table, by name: in snake case, with the unit. */
export type ShapeColumns = Record<string, (row: unknown) => Cell>;

const SUFFIXES: Partial<Record<NumberUnit, string>> = {
  time: 'ms',
  ms: 'ms',
  epoch: 'epoch_ms',
  'ms²': 'ms2',
  bytes: 'bytes',
  pages: 'pages',
};

/**
 * A column for each required field of an object, in the schema's order: fields of an object in it
 * stand for themselves, lists of texts are joined, lists of rows and ids of the realm are left out.
 * What this version reserves is optional, and left out too.
 */
export function shapeColumns({ description }: Shape<unknown>): ShapeColumns {
  if (description.kind === 'record') return fieldColumns(description.required, '', (row) => row);
  if (description.kind === 'columns')
    return fieldColumns({ ...description.fields, ...description.columns }, '', (row) => row);
  return {};
}

function fieldColumns(
  fields: Fields,
  prefix: string,
  read: (row: unknown) => unknown,
): ShapeColumns {
  const columns: ShapeColumns = {};
  for (const [field, shape] of Object.entries(fields)) {
    const within = (row: unknown): unknown => {
      const holder = read(row);
      return isRecord(holder) ? holder[field] : null;
    };
    Object.assign(columns, columnsOf(shape, `${prefix}${snakeCase(field)}`, within));
  }
  return columns;
}

function columnsOf(
  { description }: Shape<unknown>,
  name: string,
  read: (row: unknown) => unknown,
): ShapeColumns {
  switch (description.kind) {
    case 'nullable':
      return columnsOf(description.item, name, read);
    case 'record':
      return fieldColumns(description.required, `${name}_`, read);
    case 'number':
      if (description.unit === 'id') return {};
      return { [withUnit(name, description.unit)]: (row) => asCell(read(row)) };
    case 'list':
      if (description.item.description.kind !== 'text') return {};
      return { [name]: (row) => joined(read(row)) };
    case 'columns':
      return {};
    case 'boolean':
    case 'text':
    case 'realm':
    case 'choice':
      return { [name]: (row) => asCell(read(row)) };
    default:
      return description satisfies never;
  }
}

const snakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** `transfer_size` becomes `transfer_bytes`; a name that ends with its unit stays. */
function withUnit(name: string, unit: NumberUnit): string {
  const suffix = SUFFIXES[unit];
  if (!suffix || name === suffix || name.endsWith(`_${suffix}`)) return name;
  const stem = unit === 'bytes' ? name.replace(/_?size$/, '') : name;
  return stem === '' ? suffix : `${stem}_${suffix}`;
}

const asCell = (value: unknown): Cell =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : null;

const joined = (value: unknown): Cell => (Array.isArray(value) ? value.join('; ') : null);
