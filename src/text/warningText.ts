import type { ValidityWarning } from '../analysis/validity/warningsOf.ts';
import { timesSlower } from './timesSlower.ts';

const EXACT = 'Counts, bytes and pages are exact.';

/** A warning about a session's validity, with what to do about it. */
export function warningText(warning: ValidityWarning): string {
  switch (warning.code) {
    case 'cut short':
      return `This session was cut short. ${warning.reason || 'It ended without Stop; everything recorded until then was kept.'}`;
    case 'no wasm':
      return `No WebAssembly was loaded during the recording. ${
        warning.mode === 'attach'
          ? 'Modules that were loaded before are not measured: record with a reload.'
          : 'Is it the right page, was it recorded for long enough, and did its requests succeed?'
      }`;
    case 'baseline tier':
      return `WebAssembly ran in the engine’s baseline tier${warning.partly ? ' for part of the session' : ''}: times are ${timesSlower(warning.slowdown)} too long${
        warning.devtools ? ', which open DevTools cause' : ''
      }. ${EXACT} For correct times, close DevTools and record again.`;
    case 'devtools open':
      return `DevTools were open${warning.partly ? ' for part of the session' : ''}: WebAssembly runs several times slower then, so times are too long. ${EXACT}`;
    case 'cpu variation':
      return `The CPU was up to ${warning.factor.toFixed(1)} times slower at some times than at others: it had other work to do, or was throttled.`;
    case 'overhead':
      return `Wasmscope itself took ${(100 * warning.share).toFixed(0)} % of the time. ${lessOverhead(warning)}`;
    case 'hidden':
      return `The page was hidden for ${(warning.time / 1000).toFixed(1)} s: browsers slow hidden pages down.`;
    case 'dropped':
      return `The agent’s buffers overflowed: ${warning.rows.map(({ what, count }) => `${count} ${what}`).join(', ')} were dropped.`;
    default:
      return warning satisfies never;
  }
}

/** What lowers the overhead of the next recording. */
function lessOverhead({ copies, mostlyCalls }: ValidityWarning & { code: 'overhead' }): string {
  if (copies) return 'Record again without “Count copies”.';
  return mostlyCalls
    ? 'Most of it comes from the number of calls across the boundary: fewer, larger calls lower it.'
    : 'Most of it comes from loading modules and recording requests: a longer recording lowers the share.';
}
