import { basename, join, relative, resolve } from 'node:path';
import { EXPORTS } from '../../export/exports.ts';
import { UsageError } from '../cliError.ts';
import { defineCommand } from '../command.ts';
import { text } from '../options.ts';
import { openSource, sessionPaths } from '../sessionFiles.ts';
import { writeFile } from '../writeFile.ts';

const ALL = 'all';
const CHOICES = [...EXPORTS.map(({ id }) => id), ALL].join(', ');

export const exportCommand = defineCommand({
  name: 'export',
  summary: 'write sessions in other formats',
  usage: ['wasmscope export FILE|FOLDER… --format FORMAT[,FORMAT…] [options]'],
  details: 'Writes one file for each session and format, and prints its name.',
  notes: `Formats:
${EXPORTS.map(({ id, label }) => `  ${id.padEnd(14)} ${label}`).join('\n')}
  ${ALL.padEnd(14)} All of these`,
  options: {
    format: text({ placeholder: 'FORMATS', description: 'One format or several, with commas' }),
    out: text({
      placeholder: 'FOLDER',
      description: 'Where to write the files (default: the current folder)',
    }),
  },
  async run({ values, positionals }, io) {
    const formats = chosenFormats(values.format);
    const folder = resolve(io.cwd, values.out ?? '.');
    const files: string[] = [];
    for (const path of sessionPaths(positionals, io.cwd)) {
      const source = await openSource(path, io);
      const name = basename(path).replace(/(\.wasmscope)?\.json$/, '');
      for (const format of formats) {
        const target = join(folder, `${name}${format.extension}`);
        const file = relative(io.cwd, target);
        if (target === path)
          throw new UsageError(
            `${file} would overwrite the session itself. Choose another folder with --out.`,
          );
        await writeFile(target, format.write(source));
        io.out(file);
        files.push(file);
      }
    }
    return { code: 0, data: { files } };
  },
});

/** @throws UsageError for an unknown format */
function chosenFormats(given: string | undefined): typeof EXPORTS {
  const ids = given?.split(',').map((id) => id.trim()) ?? [];
  if (ids.length === 0) throw new UsageError(`Which format? Give --format with ${CHOICES}.`);
  const unknown = ids.find((id) => id !== ALL && EXPORTS.every((format) => format.id !== id));
  if (unknown !== undefined)
    throw new UsageError(`--format is “${unknown}”, but must be one or more of ${CHOICES}.`);
  return EXPORTS.filter(({ id }) => ids.includes(id) || ids.includes(ALL));
}
