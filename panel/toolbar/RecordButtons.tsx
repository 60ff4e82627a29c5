import type { RecordingStatus, RecordMode } from '../../src/extension/client.ts';
import { RECORDING_TEXT } from '../../src/text/panel/recordingText.ts';
import { Icon } from '../components/Icon.tsx';

interface Props {
  status: RecordingStatus;
  canRecord: boolean;
  /** Whether a recording can start now. */
  isFree: boolean;
  onRecord(mode: RecordMode): void;
  onStop(): void;
  /** Null outside DevTools. */
  onArm: (() => void) | null;
  onDisarm(): void;
}

/** The buttons that the state of the recording allows: ways to start one, or Stop. */
export function RecordButtons(props: Props) {
  const { status, canRecord, isFree, onRecord, onArm } = props;
  if (status.state === 'recording' || status.state === 'stopping') {
    const isStopping = status.state === 'stopping';
    return (
      <button type="button" class="primary" disabled={isStopping} onClick={props.onStop}>
        <Icon name="stop" /> {isStopping ? 'Stopping…' : 'Stop'}
      </button>
    );
  }
  const title = (text: string): string => (canRecord ? text : RECORDING_TEXT.noPage);
  return (
    <>
      <button
        type="button"
        disabled={!isFree}
        title={title(RECORDING_TEXT.record)}
        onClick={() => onRecord('reload')}
      >
        <Icon name="record" /> Record
      </button>
      <button
        type="button"
        disabled={!isFree}
        title={title(RECORDING_TEXT.attach)}
        onClick={() => onRecord('attach')}
      >
        <Icon name="attach" /> Record without reloading
      </button>
      {onArm && status.state !== 'armed' && (
        <button type="button" disabled={!isFree} title={RECORDING_TEXT.arm} onClick={onArm}>
          Record when DevTools close
        </button>
      )}
      {status.state === 'armed' && (
        <button type="button" onClick={props.onDisarm}>
          Cancel
        </button>
      )}
    </>
  );
}
