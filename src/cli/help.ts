import type { Command } from './command.ts';
import type { Option, Options } from './options.ts';

/** The width of help, in columns. */
const WIDTH = 90;
/** Where the descriptions of options begin, in columns. */
const INDENT = 27;

/** What `wasmscope COMMAND --help` prints. */
export function commandHelp({ name, summary, usage, details, notes, options }: Command): string {
  return [
    `wasmscope ${name}: ${summary}`,
    usage.map((line) => `  ${line}`).join('\n'),
    details,
    ...optionsHelp(options),
    ...(notes === undefined ? [] : [notes]),
  ].join('\n\n');
}

/** A block for each heading, in the order of the options. */
function optionsHelp(options: Options): string[] {
  const entries = Object.entries(options);
  const headings = [...new Set(entries.map(([, { heading }]) => heading))];
  return headings.map((heading) => {
    const own = entries.filter(([, option]) => option.heading === heading);
    return [`${heading}:`, ...own.map(([name, option]) => optionHelp(name, option))].join('\n');
  });
}

function optionHelp(name: string, option: Option<unknown>): string {
  const { placeholder, description, defaultText } = option;
  const start = `  --${name}${placeholder === null ? '' : ` ${placeholder}`}`;
  const text = defaultText === null ? description : `${description} (default: ${defaultText})`;
  const lines = wrap(text, WIDTH - INDENT);
  const [first = '', ...more] = start.length < INDENT ? lines : ['', ...lines];
  const indented = more.map((line) => ' '.repeat(INDENT) + line);
  return [`${start.padEnd(INDENT)}${first}`.trimEnd(), ...indented].join('\n');
}

/** Breaks text between words into lines of at most so many columns. */
function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
