/**
 * An error that the user can put right: the message says what happened and what to do. The command
 * ends with code 2.
 */
export class CliError extends Error {
  override name = 'CliError';
}

/** The command was called wrongly; its `--help` is pointed out. */
export class UsageError extends CliError {
  override name = 'UsageError';
}

/** An error's first line, without its class: for a message that says the rest. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]?.trim() ?? '';
