import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CliError } from './cliError.ts';

/** A built file that lies beside the built command line. @throws CliError where it is not built */
export function builtFile(name: string): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const path = [process.env.WASMSCOPE_DIST, here, join(here, '../../dist')]
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, name))
    .find((candidate) => existsSync(candidate));
  if (!path)
    throw new CliError(
      `${name} is not beside the command line. Run \`npm run build\`, or install wasmscope again.`,
    );
  return readFileSync(path, 'utf8');
}
