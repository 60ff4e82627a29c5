/** What a number counts or measures. A `time` counts from the time origin of its realm. */
export type NumberUnit =
  | 'time'
  | 'epoch'
  | 'ms'
  | 'ms²'
  | 'bytes'
  | 'pages'
  | 'count'
  | 'id'
  | 'number';

/** The parts of a shape, from which the JSON schema and documentation are derived. */
export type Description =
  | { kind: 'number'; unit: NumberUnit; integer: boolean; minimum: number | null; table?: string }
  | { kind: 'boolean' }
  /**
   * `page`: the page, its modules or its user chose the words; redaction removes them.
   */
  | { kind: 'text'; longest: number; source: 'page' | 'tool' }
  | { kind: 'realm' }
  | { kind: 'choice'; values: readonly string[] }
  | { kind: 'nullable'; item: Shape<unknown> }
  | { kind: 'list'; item: Shape<unknown>; most: number }
  | { kind: 'record'; required: Fields; optional: Fields }
  | { kind: 'columns'; fields: Fields; columns: Fields };

export interface Shape<Value> {
  readonly description: Description;
  /** Whether some part of it is a time, which `shift` moves. */
  readonly hasTimes: boolean;
  /**
   * Checks a value and returns it; objects and lists are copied.
   * @param field its path, for the message
   * @throws ProtocolError
   */
  read(value: unknown, field: string): Value;
  /**
   * The value with all of its times moved by so many milliseconds; the value itself if it has none.
   */
  shift(value: Value, by: number): Value;
  /** The value before anything is known: null, zero, empty text or list, or the first choice. */
  empty(): Value;
}

/** The type of the values that have a shape. */
export type Infer<S> = S extends Shape<infer Value> ? Value : never;

export type Fields = Readonly<Record<string, Shape<unknown>>>;
