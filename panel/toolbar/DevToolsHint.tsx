import { isBaseline, slowdownOf } from '../../src/analysis/validity/tierOf.ts';
import type { Validity } from '../../src/analysis/validity/validityOf.ts';
import { RECORDING_TEXT } from '../../src/text/panel/recordingText.ts';
import { timesSlower } from '../../src/text/timesSlower.ts';
import { Icon } from '../components/Icon.tsx';

interface Props {
  /** Of the page’s wasm as recorded; null before that. */
  tier: Validity['tier'] | null;
  onWindow(): void;
}

/** Says how much DevTools slow this page’s wasm, beside the way out of them. */
export function DevToolsHint({ tier, onWindow }: Props) {
  return (
    <>
      <span class="slowed">{slowdown(tier)}</span>
      <button type="button" title={RECORDING_TEXT.openWindow} onClick={onWindow}>
        <Icon name="window" /> Open in a window
      </button>
    </>
  );
}

function slowdown(tier: Validity['tier'] | null): string {
  if (tier?.kind === 'optimised') return RECORDING_TEXT.fullSpeed;
  if (tier && isBaseline(tier)) return RECORDING_TEXT.slowedBy(timesSlower(slowdownOf(tier)));
  return RECORDING_TEXT.devToolsSlow;
}
