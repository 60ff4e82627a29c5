import { SessionFileError } from './sessionFileError.ts';

/**
 * Splits text that arrives in pieces into lines, without the line ends.
 * @param longest the most characters that a line may have
 * @throws SessionFileError for a longer line
 */
export async function* readLines(
  text: AsyncIterable<string>,
  longest: number,
): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of text) {
    let from = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
      yield rest + piece.slice(from, end);
      rest = '';
      from = end + 1;
    }
    rest += piece.slice(from);
    if (rest.length > longest) {
      throw new SessionFileError(
        'too large',
        `The file has a line of over ${longest / 2 ** 20} MB and cannot be read. Import the original export.`,
      );
    }
  }
  if (rest !== '') yield rest;
}

/**
 * Passes text on, but refuses it if its first visible character is not `{`, however long it is.
 */
export async function* expectObject(text: AsyncIterable<string>): AsyncGenerator<string> {
  let begun = false;
  for await (const piece of text) {
    const start: string = begun ? '' : piece.trimStart();
    if (start !== '' && !start.startsWith('{')) throw notJson();
    begun ||= start !== '';
    yield piece;
  }
}

export const notJson = (): SessionFileError =>
  new SessionFileError(
    'not json',
    'This is not a session file, or it is incomplete. Choose a file that Wasmscope exported as JSON.',
  );
