import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string): string =>
  readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

test('docs/costs.md has a row for every hook, and no other', () => {
  const files = readdirSync(new URL('../../../agent', import.meta.url), { recursive: true });
  const hooks = files.flatMap((file) => /\b(hook[A-Z]\w*)\.ts$/.exec(`${file}`)?.[1] ?? []);
  const rows = [
    ...(read('docs/costs.md')
      .split('## How the figures')[0]
      ?.matchAll(/^\| `(\w+)`/gm) ?? []),
  ].map(([, name]) => name);
  expect(rows.sort()).toEqual(hooks.sort());
});

test('docs/costs.md names every benchmark', () => {
  const benches = [
    ...(/const BENCHES[^{]*\{([^}]*)\}/
      .exec(read('bench/main.ts'))?.[1]
      ?.matchAll(/(\w+): bench/g) ?? []),
  ].map(([, name]) => name);
  expect(benches.length).toBeGreaterThan(5);
  for (const name of benches) expect(read('docs/costs.md')).toContain(`\`${name}\``);
});

test('docs/costs.md has a place for the figures', () => {
  expect(read('docs/costs.md')).toMatch(/<!-- figures -->[\s\S]*<!-- end of figures -->/);
});
