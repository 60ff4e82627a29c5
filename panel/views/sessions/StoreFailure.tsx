import { useState } from 'preact/hooks';
import { resetStore } from '../../../src/store/store.ts';
import { SESSION_TEXT } from '../../../src/text/panel/sessionText.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { errorMessage } from '../../state/errorMessage.ts';

type Step = 'reported' | 'confirming' | 'resetting';

interface Props {
  error: unknown;
  onRetry(): void;
  /** Deletes the database. */
  reset?(): Promise<void>;
}

/**
 * Shown where the database of sessions cannot be opened: the error, and ways to go on. Nothing is
 * retried automatically.
 */
export function StoreFailure({ error, onRetry, reset = resetStore }: Props) {
  const [step, setStep] = useState<Step>('reported');
  const [problem, setProblem] = useState(error);

  async function deleteAll(): Promise<void> {
    setStep('resetting');
    try {
      await reset();
      onRetry();
    } catch (failure) {
      setProblem(failure);
      setStep('reported');
    }
  }
  return (
    <main aria-label="Wasmscope could not start" class="store-failure">
      <EmptyState title={SESSION_TEXT.storeFailed}>
        <p role="alert">{errorMessage(problem)}</p>
        {step === 'confirming' ? (
          <>
            <p>{SESSION_TEXT.storeReset}</p>
            <div>
              <button type="button" onClick={() => void deleteAll()}>
                Delete all sessions
              </button>{' '}
              <button type="button" class="primary" onClick={() => setStep('reported')}>
                Keep sessions
              </button>
            </div>
          </>
        ) : (
          <div>
            <button type="button" class="primary" disabled={step === 'resetting'} onClick={onRetry}>
              Try again
            </button>{' '}
            <button
              type="button"
              disabled={step === 'resetting'}
              onClick={() => setStep('confirming')}
            >
              Reset the database…
            </button>
          </div>
        )}
      </EmptyState>
    </main>
  );
}
