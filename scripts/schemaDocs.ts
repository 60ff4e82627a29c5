import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as chunk from '../src/protocol/chunk.ts';
import * as command from '../src/protocol/command.ts';
import * as reserved from '../src/protocol/reserved.ts';
import * as rows from '../src/protocol/rows.ts';
import type { Description, Fields, Shape } from '../src/protocol/shape.ts';
import { FORMAT } from '../src/session/file.ts';
import * as info from '../src/session/info.ts';
import { FORMAT_VERSION } from '../src/session/versions.ts';

// The JSON schema and the field tables of docs/session-format.md, made from the shapes and from the
// comments beside their fields.

const SOURCES = [
  'src/protocol/rows.ts',
  'src/protocol/moduleRows.ts',
  'src/protocol/crossingRows.ts',
  'src/protocol/requestRows.ts',
  'src/protocol/reserved.ts',
  'src/protocol/chunk.ts',
  'src/protocol/command.ts',
  'src/session/info.ts',
];

/** The comments on the fields of a constant, by name of the field. */
type Comments = Map<string, string>;

/** The comments of all constants that define fields, by name of the constant. */
function readComments(): Map<string, Comments> {
  const all = new Map<string, Comments>();
  for (const path of SOURCES) {
    const source = readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
    for (const [, name = '', body = ''] of source.matchAll(
      /^(?:export )?const (\w+)[^=\n]* = ((?:.*\n)(?:(?:[ )}].*)?\n)*)/gm,
    )) {
      all.set(name, commentsIn(body, all));
    }
  }
  return all;
}

/** Also those of the constants that it is made of, which come earlier. */
function commentsIn(body: string, earlier: Map<string, Comments>): Comments {
  const comments: Comments = new Map();
  for (const [, name = ''] of body.matchAll(/(?:\.\.\.|record\(|, )(\w+)\b/g))
    for (const [field, comment] of earlier.get(name) ?? []) comments.set(field, comment);
  for (const [, comment = '', field = ''] of body.matchAll(
    /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s+(\w+):/g,
  )) {
    comments.set(field, comment.replaceAll(/\s*\n\s*\* ?/g, ' ').trim());
  }
  return comments;
}

/** Names of the shapes that are defined on their own, by what they are made of. */
function readNames(): Map<Description, string> {
  const exported = [rows, reserved, command, info, chunk].flatMap((module) =>
    Object.entries(module),
  );
  const names = new Map<Description, string>();
  for (const [name, value] of exported) {
    if (typeof value === 'object' && 'description' in value && 'read' in value)
      names.set(value.description, name);
  }
  return names;
}

const comments = readComments();
const names = readNames();

const constantOf = (description: Description): string => {
  const name = names.get(description);
  if (name === undefined) throw new Error('A shape with fields must be exported by its name.');
  return name === 'nodeColumns' ? 'uncheckedNodeColumns' : name;
};

const fieldsOf = (description: Description): { fields: Fields; optional: Fields } | null => {
  if (description.kind === 'record')
    return { fields: description.required, optional: description.optional };
  if (description.kind === 'columns')
    return { fields: { ...description.fields, ...description.columns }, optional: {} };
  return null;
};

/** Fields without a comment, as `constant.field`. */
export function uncommentedFields(): string[] {
  return [...names].flatMap(([description, name]) => {
    const all = fieldsOf(description);
    if (!all || name === 'nodeColumns') return [];
    return Object.keys({ ...all.fields, ...all.optional })
      .filter((field) => !comments.get(name)?.get(field))
      .map((field) => `${name}.${field}`);
  });
}

// JSON schema

/** The definitions that the schema refers to, by the names in it. */
const definitionName = (constant: string): string =>
  constant.replace(/^unchecked/, '').replace(/^./, (letter) => letter.toLowerCase());

function jsonSchemaOf(shape: Shape<unknown>): object {
  const { description } = shape;
  switch (description.kind) {
    case 'number':
      return {
        type: description.integer ? 'integer' : 'number',
        ...(description.minimum !== null && { minimum: description.minimum }),
      };
    case 'boolean':
      return { type: 'boolean' };
    case 'text':
      return { type: 'string' };
    case 'realm':
      return { type: 'string', pattern: '^[\\w-]{1,64}$' };
    case 'choice':
      return { enum: description.values };
    case 'nullable':
      return { anyOf: [jsonSchemaOf(description.item), { type: 'null' }] };
    case 'list':
      return { type: 'array', items: jsonSchemaOf(description.item), maxItems: description.most };
    case 'record':
    case 'columns':
      return { $ref: `#/$defs/${definitionName(constantOf(description))}` };
    default:
      return description satisfies never;
  }
}

function definitionOf(description: Description, constant: string): object {
  const properties: Record<string, object> = {};
  const add = (fields: Fields, wrap: (schema: object) => object): void => {
    for (const [field, shape] of Object.entries(fields)) {
      const comment = comments.get(constant)?.get(field);
      properties[field] = { description: comment, ...wrap(jsonSchemaOf(shape)) };
    }
  };
  const plain = (schema: object): object => schema;
  if (description.kind === 'record') {
    add(description.required, plain);
    add(description.optional, plain);
  } else if (description.kind === 'columns') {
    add(description.fields, plain);
    add(description.columns, (items) => ({ type: 'array', items }));
  }
  const all = fieldsOf(description);
  return {
    type: 'object',
    properties,
    required: Object.keys(all?.fields ?? {}),
    additionalProperties: false,
  };
}

/** The content of docs/session.schema.json. */
export function sessionJsonSchema(): object {
  const definitions: Record<string, object> = {};
  for (const [description] of names) {
    if (!fieldsOf(description)) continue;
    const constant = constantOf(description);
    definitions[definitionName(constant)] = definitionOf(description, constant);
  }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `Wasmscope session, version ${FORMAT_VERSION}`,
    type: 'object',
    properties: {
      format: { const: FORMAT },
      version: { const: FORMAT_VERSION },
      info: { $ref: '#/$defs/sessionInfoShape' },
      segments: { type: 'array', items: { $ref: '#/$defs/segmentShape' } },
    },
    required: ['format', 'version', 'info', 'segments'],
    additionalProperties: false,
    $defs: definitions,
  };
}

// Tables of fields

const UNITS: Record<string, string> = {
  time: 'time',
  epoch: 'epoch ms',
  count: 'whole number',
};

function typeText({ description }: Shape<unknown>): string {
  switch (description.kind) {
    case 'number':
      return description.table
        ? `id of a ${description.table}`
        : (UNITS[description.unit] ?? description.unit);
    case 'boolean':
      return 'true or false';
    case 'text':
      return 'text';
    case 'realm':
      return 'id of a realm';
    case 'choice':
      return description.values.map((value) => `\`${value}\``).join(', ');
    case 'nullable':
      return `${typeText(description.item)} or null`;
    case 'list':
      return `list of ${description.item.description.kind === 'text' ? 'texts' : 'rows'}`;
    case 'record':
      return 'object';
    case 'columns':
      return 'columns';
    default:
      return description satisfies never;
  }
}

/** What a field holds, without the lists and nulls around it. */
function innermost({ description }: Shape<unknown>): Description {
  return description.kind === 'nullable' || description.kind === 'list'
    ? innermost(description.item)
    : description;
}

function fieldLines(description: Description, path: string): string[] {
  const all = fieldsOf(description);
  if (!all) return [];
  const constant = constantOf(description);
  const isColumn = (field: string): boolean =>
    description.kind === 'columns' && Object.hasOwn(description.columns, field);
  return Object.entries({ ...all.fields, ...all.optional }).flatMap(([field, shape]) => {
    const type = `${isColumn(field) ? 'column: ' : ''}${typeText(shape)}`;
    const optional = Object.hasOwn(all.optional, field) ? '; may be missing' : '';
    const name = `${path}${field}`;
    const line = `| \`${name}\` | ${type}${optional} | ${comments.get(constant)?.get(field) ?? ''} |`;
    return [line, ...fieldLines(innermost(shape), `${name}.`)];
  });
}

function table(title: string, intro: string, lines: readonly string[]): string {
  const header = ['| field | type | meaning |', '| --- | --- | --- |'];
  return [`### ${title}`, '', ...(intro ? [intro, ''] : []), ...header, ...lines, ''].join('\n');
}

/** The generated part of docs/session-format.md: a table for each table of a segment. */
export function fieldTables(): string {
  const { description } = chunk.segmentShape;
  if (description.kind !== 'record') throw new Error('A segment is an object.');
  const about = comments.get('segmentShape');
  const own = Object.entries({ ...description.required, ...description.optional })
    .filter(([, shape]) => !fieldsOf(innermost(shape)))
    .map(([name, shape]) => {
      const optional = Object.hasOwn(description.optional, name) ? '; may be missing' : '';
      return `| \`${name}\` | ${typeText(shape)}${optional} | ${about?.get(name) ?? ''} |`;
    });
  const tables = Object.entries(description.optional)
    .filter(([, shape]) => fieldsOf(innermost(shape)))
    .map(([name, shape]) =>
      table(`\`${name}\``, about?.get(name) ?? '', fieldLines(innermost(shape), '')),
    );
  return [
    table('Session `info`', '', fieldLines(info.sessionInfoShape.description, '')),
    table('Segment', 'Beside the tables below:', own),
    ...tables,
  ].join('\n');
}

const START = '<!-- Generated by `npm run docs` from the schema. -->';
const END = '<!-- End of the generated part. -->';

/** The documentation with its generated part made anew. */
export function withFieldTables(documentation: string): string {
  const [before, rest] = documentation.split(`${START}\n`);
  const [, after] = (rest ?? '').split(END);
  if (before === undefined || after === undefined)
    throw new Error('docs/session-format.md has lost the marks of its generated part.');
  return `${before}${START}\n\n${fieldTables()}\n${END}${after}`;
}
