import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ISOLATED, serve } from '../../scripts/serve.mjs';

// Examples with something built in that a comparison is to find: as another build of an app, on a
// server of its own.

/** What is built into an example. */
export interface Change {
  /** Turns of a loop that each call of one import makes. */
  turns?: number;
  /** One call more of an export, when the work is done. */
  crossing?: boolean;
  /** One page more of linear memory, when the work is done. */
  page?: boolean;
  /** One byte more of module: a section's length, written with a byte more than it needs. */
  byte?: boolean;
}

/** An example, and the import that is made slower. */
export interface Example {
  name: 'sqljs' | 'rapier';
  /** How metrics call that import. */
  slowed: string;
}

export const EXAMPLES: readonly Example[] = [
  // What `create_function` registers: sql.js makes a function for wasm's table of it, by a module
  // with this import.
  { name: 'sqljs', slowed: 'module 1/e.f' },
  // Calls back for each body and collider.
  { name: 'rapier', slowed: 'module 0/./rapier_wasm3d_bg.js.__wbg_call_187d372bd5fdd4aa' },
];

const root = new URL('../../', import.meta.url);
const read = (path: string): Buffer => readFileSync(new URL(path, root));

/** A loop that no compiler leaves out, and that takes as long each time. */
const spin = (turns: number): string =>
  `{ let x = globalThis.spun | 0; for (let i = 0; i < ${turns}; i++) x = (Math.imul(x, 1664525) + 1013904223) | 0; globalThis.spun = x; }`;

interface Changed {
  path: string;
  type: string;
  body: string | Buffer;
}

/** The files of an example that a change changes. */
function changed(name: Example['name'], { turns = 0, crossing, page, byte }: Change): Changed[] {
  const files: Changed[] = [];
  const script = (
    path: string,
    source: string,
    edits: readonly (readonly [from: string, to: string])[],
  ): void => {
    const body = edits.reduce((text, [from, to]) => {
      if (!text.includes(from))
        throw new Error(`${source} has no ${from} any more: say anew where the change goes.`);
      return text.replace(from, () => to);
    }, read(source).toString());
    files.push({ path, type: 'text/javascript; charset=utf-8', body });
  };
  if (name === 'rapier') {
    if (crossing || page || byte) throw new Error('Only sqljs has these changes.');
    const source = 'node_modules/@dimforge/rapier3d-compat/dist/rapier.mjs';
    const from = '__wbg_call_187d372bd5fdd4aa:function(){';
    if (turns > 0) script(`/${source}`, source, [[from, `${from}${spin(turns)}`]]);
    return files;
  }
  const done = `${crossing ? 'database.getRowsModified();' : ''}${page ? 'memory.grow(1);' : ''}`;
  script('/sqljs/main.js', 'examples/sqljs/main.js', [
    ['asked++;', `asked++;${turns > 0 ? spin(turns) : ''}`],
    ['async finish() {', `async finish() {${done}`],
  ]);
  if (byte) {
    const wasm = 'sql.js/dist/sql-wasm-browser.wasm';
    files.push({
      path: `/node_modules/${wasm}`,
      type: 'application/wasm',
      body: longerByOne(read(`node_modules/${wasm}`)),
    });
  }
  return files;
}

/**
 * The length of the first section with a byte more: the last of LEB128 may be followed by one that
 * adds nothing.
 */
function longerByOne(wasm: Buffer): Buffer {
  let last = 9;
  while ((wasm[last] as number) >= 0x80) last++;
  return Buffer.concat([
    wasm.subarray(0, last),
    Buffer.of((wasm[last] as number) | 0x80, 0),
    wasm.subarray(last + 1),
  ]);
}

/** Serves an example with a change, cross-origin isolated: with the finer clock. */
export async function serveExample(
  { name }: Example,
  change: Change = {},
): Promise<{ url: string; close(): Promise<void> }> {
  const routes = Object.fromEntries(
    changed(name, change).map(({ path, type, body }) => [
      path,
      (
        request: { method?: string },
        response: {
          writeHead(status: number, headers: object): { end(body?: string | Buffer): void };
        },
      ) => {
        const headers = {
          'Content-Type': type,
          'Content-Length': Buffer.byteLength(body),
          'Cross-Origin-Resource-Policy': 'same-origin',
        };
        response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : body);
      },
    ]),
  );
  const site = await serve({
    root: fileURLToPath(new URL('examples', root)),
    headers: { '/': ISOLATED },
    routes,
  } as Parameters<typeof serve>[0]);
  return { url: `${site.url}${name}/?work=short`, close: site.close };
}
