export type SessionFileProblem =
  | 'not json'
  | 'foreign'
  | 'newer'
  | 'no info'
  | 'too large'
  | 'empty';

/** A file is not a readable session; the message tells the user what to do next. */
export class SessionFileError extends Error {
  constructor(
    readonly problem: SessionFileProblem,
    message: string,
  ) {
    super(message);
    this.name = 'SessionFileError';
  }
}
