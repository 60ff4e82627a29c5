import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CliError } from './cliError.ts';

/** Reads a file of the build, which lies beside the command line. @throws CliError without it */
export function builtFile(name: string): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const path = [process.env.WASMSCOPE_DIST, here, join(here, '../../dist')]
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, name))
    .find((candidate) => existsSync(candidate));
  if (!path)
    throw new CliError(
      `${name} is missing beside the command line. Run \`npm run build\`, or install wasmscope again.`,
    );
  return readFileSync(path, 'utf8');
}
