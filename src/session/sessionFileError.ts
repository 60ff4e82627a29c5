export type SessionFileProblem =
  | 'not json'
  | 'foreign'
  | 'newer'
  | 'no info'
  | 'too large'
  | 'empty';

/** A file that is no readable session; the message says what the user can do next. */
export class SessionFileError extends Error {
  constructor(
    readonly problem: SessionFileProblem,
    message: string,
  ) {
    super(message);
    this.name = 'SessionFileError';
  }
}
