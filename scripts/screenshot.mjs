// npm run screenshot: retakes the README's pictures from a recording of the example in the panel.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const PICTURES = ['overview', 'load', 'crossings'].flatMap((view) => [
  `${view}-light.png`,
  `${view}-dark.png`,
]);

const env = { ...process.env };
// Without a display, npm start records the example and writes the pictures.
delete env.DISPLAY;
delete env.WAYLAND_DISPLAY;
const { status } = spawnSync(process.execPath, [join(root, 'scripts/start.mjs')], {
  cwd: root,
  env,
  stdio: 'inherit',
});
if (status === 0) {
  // The folder may also hold session files of the command line.
  const newest = readdirSync(join(root, 'out'))
    .filter((name) => /^\d{4}-/.test(name))
    .sort()
    .at(-1);
  if (newest === undefined) throw new Error('npm start wrote no pictures.');
  mkdirSync(join(root, 'docs/pictures'), { recursive: true });
  for (const name of PICTURES)
    copyFileSync(join(root, 'out', newest, name), join(root, 'docs/pictures', name));
}
process.exitCode = status ?? 1;
