import { readFileSync, writeFileSync } from 'node:fs';
import { Script } from 'node:vm';

/**
 * Makes a script one named function, so that the extension's agent can read its own text and bring
 * it into workers. The text becomes a single line, so that a worker's own lines keep their numbers.
 * @param {string} path
 */
export function wrapInNamedFunction(path) {
  const script = readFileSync(path, 'utf8').trim();
  const named = script
    .replace(/^\(function\(\)\{/, '(function wasmscope(wasmscopeStart){')
    .replace(/\n/g, '\\n');
  if (named === script)
    throw new Error(
      'The bundled agent starts differently now. Adapt scripts/build/wrapInNamedFunction.mjs.',
    );
  // Throws where a line break was not part of a string.
  new Script(named);
  writeFileSync(path, named);
}
