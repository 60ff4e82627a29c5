import { stopped } from '../../text/cliMessages.ts';
import { CliError } from '../cliError.ts';

/** What can end a recording early. */
export interface RunHooks {
  /** Rejects when the browser has crashed. */
  crashed: Promise<never>;
  /** Aborted when the user asks to end. */
  signal: AbortSignal;
  onWarning(text: string): void;
}

/** Whatever ends a recording early: a crash, a full disk, the user. */
export interface RunFailure {
  fail(error: unknown): void;
  /** The promise's result. @throws what `fail` was called with, if that comes first */
  race<Result>(promise: Promise<Result>): Promise<Result>;
}

/** @param ended aborted when the recording is over */
export function watchForFailure({ crashed, signal }: RunHooks, ended: AbortSignal): RunFailure {
  let fail: RunFailure['fail'] = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // Nothing may be racing it when it rejects.
  failed.catch(() => {});
  crashed.catch(fail);
  const stop = (): void => fail(new CliError(stopped));
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { signal: ended });
  return {
    fail,
    race(promise) {
      // If it loses, its own failure is of no interest.
      promise.catch(() => {});
      return Promise.race([failed, promise]);
    },
  };
}
