import type { Settings } from '../../src/protocol/command.ts';
import { RECORDING_TEXT } from '../../src/text/panel/recordingText.ts';
import { Checkbox } from '../components/Checkbox.tsx';

interface Props {
  settings: Settings;
  disabled: boolean;
  onChange(settings: Settings): void;
}

/** What the next recording measures and keeps, beyond the defaults. */
export function RecordingOptions({ settings, disabled, onChange }: Props) {
  return (
    <>
      <Checkbox
        label="Keep URL queries"
        title={RECORDING_TEXT.keepQuery}
        checked={settings.keepQuery}
        disabled={disabled}
        onChange={(keepQuery) => onChange({ ...settings, keepQuery })}
      />
      <Checkbox
        label="Count copies"
        title={RECORDING_TEXT.copies}
        checked={settings.copies}
        disabled={disabled}
        onChange={(copies) => onChange({ ...settings, copies })}
      />
      <Checkbox
        label="Isolate the page"
        title={RECORDING_TEXT.isolate}
        checked={settings.isolated}
        disabled={disabled}
        onChange={(isolated) => onChange({ ...settings, isolated })}
      />
    </>
  );
}
