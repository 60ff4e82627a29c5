// npm run screenshot: takes the README's picture anew, from a recording of the example through the real panel.
import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const env = { ...process.env };
// Without a display, npm start records by itself and writes the pictures.
delete env.DISPLAY;
delete env.WAYLAND_DISPLAY;
const { status } = spawnSync(process.execPath, [join(root, 'scripts/start.mjs')], { cwd: root, env, stdio: 'inherit' });
if (status === 0) {
  const newest = readdirSync(join(root, 'out')).sort().at(-1);
  copyFileSync(join(root, 'out', newest, 'overview-light.png'), join(root, 'docs/overview.png'));
}
process.exitCode = status ?? 1;
