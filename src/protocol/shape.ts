// The building blocks of the schema. A shape says what a value must be; its TypeScript type, its
// validation, its empty value, its JSON schema, its documentation and which of its parts are times
// all follow from it.

export { flag, oneOf } from './shape/choices.ts';
export { columns } from './shape/columns.ts';
export { entriesFor } from './shape/entriesFor.ts';
export { list } from './shape/list.ts';
export {
  amount,
  bytes,
  count,
  duration,
  epoch,
  estimate,
  idOf,
  number,
  pages,
  squaredDuration,
  time,
} from './shape/numbers.ts';
export { ProtocolError, refuse } from './shape/protocolError.ts';
export { record } from './shape/record.ts';
export { chunkText, longPageText, pageText, parse, realmId, text } from './shape/texts.ts';
export type { Description, Fields, Infer, NumberUnit, Shape } from './shape/types.ts';
export { checked, forgiving, nullable, withDefault } from './shape/variants.ts';
