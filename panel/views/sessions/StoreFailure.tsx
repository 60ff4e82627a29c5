import { useState } from 'preact/hooks';
import { resetStore } from '../../../src/store/store.ts';
import { EmptyState } from '../../components/EmptyState.tsx';

type Step = 'told' | 'asked' | 'resetting';

/**
 * The database of sessions cannot be opened: says so, and offers what can be done. Nothing is tried again by itself.
 * @param reset deletes the database
 */
export function StoreFailure({
  error,
  onRetry,
  reset = resetStore,
}: {
  error: unknown;
  onRetry(): void;
  reset?(): Promise<void>;
}) {
  const [step, setStep] = useState<Step>('told');
  const [problem, setProblem] = useState(error);
  const message = problem instanceof Error ? problem.message : String(problem);

  async function start(): Promise<void> {
    setStep('resetting');
    try {
      await reset();
      onRetry();
    } catch (failure) {
      setProblem(failure);
      setStep('told');
    }
  }

  return (
    <main aria-label="Wasmscope could not start" style={{ display: 'block', height: '100%' }}>
      <EmptyState title="The recorded sessions cannot be opened">
        <p role="alert">{message}</p>
        {step === 'asked' ? (
          <>
            <p>
              All sessions on this machine are deleted. Sessions that were exported can be imported
              again afterwards.
            </p>
            <div>
              <button type="button" onClick={() => void start()}>
                Delete all sessions and start anew
              </button>{' '}
              <button type="button" class="primary" onClick={() => setStep('told')}>
                Keep them
              </button>
            </div>
          </>
        ) : (
          <div>
            <button type="button" class="primary" disabled={step === 'resetting'} onClick={onRetry}>
              Try again
            </button>{' '}
            <button type="button" disabled={step === 'resetting'} onClick={() => setStep('asked')}>
              Reset the database…
            </button>
          </div>
        )}
      </EmptyState>
    </main>
  );
}
