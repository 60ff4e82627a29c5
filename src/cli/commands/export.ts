import { basename, join, relative, resolve } from 'node:path';
import { EXPORTS } from '../../export/exports.ts';
import { UsageError } from '../cliError.ts';
import type { Command } from '../command.ts';
import { parse, text } from '../command.ts';
import { sessionPaths, sourceOf } from '../sessionFiles.ts';
import { writeFile } from '../writeFile.ts';

const IDS: readonly string[] = EXPORTS.map(({ id }) => id);

export const exportCommand: Command = {
  name: 'export',
  summary: 'writes sessions in other formats',
  help: `wasmscope export FILE|FOLDER… --format FORMAT[,FORMAT…] [--out FOLDER]

Writes a file a session and format, and its name to stdout.

${EXPORTS.map(({ id, label }) => `  ${id.padEnd(14)} ${label}`).join('\n')}
  ${'all'.padEnd(14)} all of these`,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      format: { type: 'string' },
      out: { type: 'string' },
    });
    const asked = text(values, 'format')?.split(',') ?? [];
    if (asked.length === 0)
      throw new UsageError(`Which format? Give --format with ${[...IDS, 'all'].join(', ')}.`);
    for (const id of asked) {
      if (id !== 'all' && !IDS.includes(id))
        throw new UsageError(`--format is ${id}; ${[...IDS, 'all'].join(', ')} are known.`);
    }
    const formats = EXPORTS.filter(({ id }) => asked.includes(id) || asked.includes('all'));
    const folder = resolve(io.cwd, text(values, 'out') ?? '.');
    for (const path of sessionPaths(positionals, io.cwd)) {
      const source = await sourceOf(path, io);
      const name = basename(path).replace(/(\.wasmscope)?\.json$/, '');
      for (const format of formats) {
        const target = join(folder, `${name}${format.extension}`);
        if (target === path)
          throw new UsageError(
            `${relative(io.cwd, target)} would be written over itself: give another folder with --out.`,
          );
        await writeFile(target, format.write(source) as unknown as AsyncIterable<Uint8Array>);
        io.out(relative(io.cwd, target));
      }
    }
    return 0;
  },
};
