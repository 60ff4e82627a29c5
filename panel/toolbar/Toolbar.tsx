import { useState } from 'preact/hooks';
import type { Validity } from '../../src/analysis/validity/validityOf.ts';
import type { RecordingStatus, RecordMode } from '../../src/extension/client.ts';
import type { Settings } from '../../src/protocol/command.ts';
import { DEFAULT_SETTINGS } from '../../src/protocol/defaultSettings.ts';
import { RECORDING_TEXT } from '../../src/text/panel/recordingText.ts';
import type { Job } from '../state/appState.ts';
import { DevToolsHint } from './DevToolsHint.tsx';
import { Elapsed } from './Elapsed.tsx';
import { RecordButtons } from './RecordButtons.tsx';
import { RecordingOptions } from './RecordingOptions.tsx';

interface Props {
  status: RecordingStatus;
  /** False where the panel belongs to no tab. */
  canRecord: boolean;
  job: Job | null;
  onRecord(mode: RecordMode, settings: Settings): void;
  onStop(): void;
  onDisarm(): void;
  /**
   * Null where the panel is not in DevTools. `tier`: of the page’s wasm as recorded, null before
   * that.
   */
  inDevTools: {
    onArm(settings: Settings): void;
    onWindow(): void;
    tier: Validity['tier'] | null;
  } | null;
}

/**
 * Record and Stop with their options, the state of the recording, and the progress of imports and
 * exports.
 */
export function Toolbar(props: Props) {
  const { status, canRecord, job, inDevTools } = props;
  const [settings, setSettings] = useState<Settings>(DEFAULT_SETTINGS);
  const isRecording = status.state === 'recording' || status.state === 'stopping';
  const isFree = canRecord && (status.state === 'idle' || status.state === 'failed');
  return (
    <header class="toolbar">
      <h1 class="visually-hidden">Wasmscope</h1>
      <RecordButtons
        status={status}
        canRecord={canRecord}
        isFree={isFree}
        onRecord={(mode) => props.onRecord(mode, settings)}
        onStop={props.onStop}
        onArm={inDevTools && (() => inDevTools.onArm(settings))}
        onDisarm={props.onDisarm}
      />
      {!isRecording && (
        <RecordingOptions settings={settings} disabled={!isFree} onChange={setSettings} />
      )}
      <span class="status" role="status">
        {isFree && settings.isolated && RECORDING_TEXT.willIsolate}
        {status.state === 'starting' && 'Starting…'}
        {status.state === 'armed' && RECORDING_TEXT.armed}
        {status.state === 'recording' && (
          <>
            <i class="dot pulse" />
            Recording
          </>
        )}
      </span>
      {status.state === 'recording' && <Elapsed since={status.since} />}
      <span class="grow" />
      {inDevTools && <DevToolsHint tier={inDevTools.tier} onWindow={inDevTools.onWindow} />}
      {job && (
        <label class="job">
          {job.label} <progress max={1} value={job.done} />
        </label>
      )}
      <a class="help" href="#glossary">
        Glossary
      </a>
    </header>
  );
}
