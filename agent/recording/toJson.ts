// Saved before the page replaces it.
const { stringify } = JSON;
const { getPrototypeOf } = Object;
const HOLDERS: object[] = [
  Object.prototype,
  Array.prototype,
  String.prototype,
  Number.prototype,
  Boolean.prototype,
];

/**
 * Serialises plain data; a `toJSON` that the page put on a prototype neither runs nor changes the
 * result.
 */
export function toJson(value: unknown): string {
  for (let at = 0; at < HOLDERS.length; at++) {
    if ('toJSON' in (HOLDERS[at] as object)) return write(value);
  }
  return stringify(value);
}

/**
 * The slow path for pages with a `toJSON`: writes each level by hand, so that prototypes are not
 * used.
 */
function write(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number') return value - value === 0 ? `${value}` : 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'string') return writeString(value);
  let text = '';
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) text += (at > 0 ? ',' : '') + write(value[at]);
    return `[${text}]`;
  }
  if (typeof value !== 'object' || getPrototypeOf(value) === null) return 'null';
  for (const key in value) {
    const field = (value as Record<string, unknown>)[key];
    if (key === 'toJSON' || field === undefined || typeof field === 'function') continue;
    text += `${text === '' ? '' : ','}${writeString(key)}:${write(field)}`;
  }
  return `{${text}}`;
}

function writeString(text: string): string {
  let result = '"';
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const plain =
      code >= 0x20 && code !== 0x22 && code !== 0x5c && (code < 0xd800 || code > 0xdfff);
    result += plain ? text[at] : `\\u${(code + 0x10000).toString(16).slice(1)}`;
  }
  return `${result}"`;
}
