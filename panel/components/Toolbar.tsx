import { useEffect, useState } from 'preact/hooks';
import type { Validity } from '../../src/analysis/validity.ts';
import { isBaseline, timesSlower } from '../../src/analysis/validity.ts';
import type { RecordingStatus, RecordMode } from '../../src/extension/client.ts';
import type { Settings } from '../../src/protocol/command.ts';
import { DEFAULT_SETTINGS } from '../../src/protocol/command.ts';
import type { Job } from '../state/appState.ts';
import { Icon } from './Icon.tsx';

interface Props {
  status: RecordingStatus;
  /** False where the panel belongs to no tab. */
  canRecord: boolean;
  job: Job | null;
  onRecord(mode: RecordMode, settings: Settings): void;
  onStop(): void;
  /** Null where DevTools are not what the panel is in. `tier`: of the page’s wasm, as its recording says; null: nothing says. */
  inDevTools: {
    onArm(settings: Settings): void;
    onWindow(): void;
    tier: Validity['tier'] | null;
  } | null;
  onDisarm(): void;
}

const ISOLATION =
  'Sign-in and payment windows lose touch with the page, other sites’ frames may stay empty, their images load without cookies. ' +
  'It ends with Stop and a reload.';

/** Record, Stop, and what is under way. */
export function Toolbar({ status, canRecord, job, onRecord, onStop, inDevTools, onDisarm }: Props) {
  const [keepQuery, setKeepQuery] = useState(DEFAULT_SETTINGS.keepQuery);
  const [copies, setCopies] = useState(DEFAULT_SETTINGS.copies);
  const [isolated, setIsolated] = useState(DEFAULT_SETTINGS.isolated);
  const settings = { ...DEFAULT_SETTINGS, keepQuery, copies, isolated };
  const free = canRecord && (status.state === 'idle' || status.state === 'failed');
  const hint = canRecord ? '' : ' – click Wasmscope’s button in the toolbar on the page to record';
  return (
    <header class="toolbar">
      <h1 class="visually-hidden">Wasmscope</h1>
      {status.state === 'recording' || status.state === 'stopping' ? (
        <button
          type="button"
          class="primary"
          disabled={status.state === 'stopping'}
          onClick={onStop}
        >
          <Icon name="stop" /> {status.state === 'stopping' ? 'Stopping…' : 'Stop'}
        </button>
      ) : (
        <>
          <button
            type="button"
            disabled={!free}
            title={`Reload the page and record it from its first script on${hint}`}
            onClick={() => onRecord('reload', settings)}
          >
            <Icon name="record" /> Record
          </button>
          <button
            type="button"
            disabled={!free}
            title={`Modules that are loaded already are not measured${hint}`}
            onClick={() => onRecord('attach', settings)}
          >
            <Icon name="attach" /> Record without reloading
          </button>
          {inDevTools && status.state !== 'armed' && (
            <button
              type="button"
              disabled={!free}
              title="Open DevTools slow WebAssembly down: this waits until they are closed, then reloads the page and records it until they are opened again"
              onClick={() => inDevTools.onArm(settings)}
            >
              Record once DevTools close
            </button>
          )}
          {status.state === 'armed' && (
            <button type="button" onClick={onDisarm}>
              Don’t wait
            </button>
          )}
          <label
            class="check"
            title="Addresses are kept without their query and fragment unless this is on"
          >
            <input
              type="checkbox"
              checked={keepQuery}
              disabled={!free}
              onChange={(event) => setKeepQuery(event.currentTarget.checked)}
            />
            Keep URL queries
          </label>
          <label
            class="check"
            title="Count the strings and bytes that script copies out of and into wasm memories; slows each such call down a little"
          >
            <input
              type="checkbox"
              checked={copies}
              disabled={!free}
              onChange={(event) => setCopies(event.currentTarget.checked)}
            />
            Count copies
          </label>
          <label
            class="check"
            title={`Record with a clock of 5 µs instead of 100 µs, and with the JS heap of workers: ${ISOLATION}`}
          >
            <input
              type="checkbox"
              checked={isolated}
              disabled={!free}
              onChange={(event) => setIsolated(event.currentTarget.checked)}
            />
            Isolate the page
          </label>
        </>
      )}
      <span class="status" role="status">
        {free &&
          isolated &&
          `Record will isolate the page, recording without reloading cannot. ${ISOLATION}`}
        {status.state === 'starting' && 'Starting…'}
        {status.state === 'armed' && 'Close DevTools: the page is then reloaded and recorded'}
        {status.state === 'recording' && (
          <>
            <i class="dot pulse" />
            Recording
          </>
        )}
      </span>
      {status.state === 'recording' && <Elapsed since={status.since} />}
      <span class="grow" />
      {inDevTools && <span class="slowed">{slowed(inDevTools.tier)}</span>}
      {inDevTools && (
        <button
          type="button"
          title="Wasmscope goes on in a window of its own, so that DevTools can be closed: wasm then runs at full speed"
          onClick={inDevTools.onWindow}
        >
          <Icon name="window" /> Open in a window
        </button>
      )}
      {job && (
        <label class="job">
          {job.label} <progress max={1} value={job.done} />
        </label>
      )}
    </header>
  );
}

/** What open DevTools do to this page’s wasm. */
function slowed(tier: Validity['tier'] | null): string {
  if (tier?.kind === 'optimised') return 'Wasm runs at full speed in this page';
  return tier && isBaseline(tier)
    ? `DevTools make this page’s wasm ${timesSlower(tier)} slower`
    : 'Open DevTools slow wasm down';
}

/** Minutes and seconds since a time, by the second. */
function Elapsed({ since }: { since: number }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.floor((now - since) / 1000));
  return (
    <span class="elapsed" role="timer">
      {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
    </span>
  );
}
