import { validityOf } from '../../../src/analysis/validity/validityOf.ts';
import type { Session } from '../../../src/session/model.ts';
import { formatCount, formatDuration, formatShare } from '../../../src/text/format.ts';

const DEVTOOLS = { open: 'open', closed: 'closed', mixed: 'open for a part', unknown: 'not known' };
const TIERS = {
  optimised: 'optimised',
  baseline: 'baseline: times too long',
  mixed: 'baseline for a part',
  unknown: 'not known',
};
const ISOLATED = { all: 'yes', none: 'no', some: 'some realms' };

/** Under what conditions the session was recorded, and what it could not measure and why. */
export function Validity({ session }: { session: Session }) {
  const { realms, unmeasured } = session;
  const validity = validityOf(session);
  const { tier } = validity;
  const facts: [string, string][] = [
    ['Browser', [validity.browser, validity.platform].filter(Boolean).join(', ') || 'not known'],
    [
      'WebAssembly tier',
      tier.ratio === null
        ? TIERS[tier.kind]
        : `${TIERS[tier.kind]} (${tier.ratio.toFixed(2)}× JavaScript’s time)`,
    ],
    ['DevTools', DEVTOOLS[validity.devtools]],
    [
      'Machine’s drift',
      validity.cpuVariation === null ? 'not known' : `${validity.cpuVariation.toFixed(1)}×`,
    ],
    ['Realms', formatCount(realms.length)],
    [
      'Clock resolution',
      validity.clockResolution === null ? 'not known' : formatDuration(validity.clockResolution),
    ],
    ['Isolated', ISOLATED[validity.isolated]],
    ['Hidden', formatDuration(validity.hidden)],
    ['Own cost', formatShare(validity.overheadShare)],
    ['Wasmscope', validity.version || 'not known'],
  ];
  return (
    <section class="validity" aria-label="Conditions">
      <h2>Conditions</h2>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {unmeasured.length > 0 && (
        <>
          <h2>Not measured</h2>
          <ul>
            {unmeasured.map(({ realm, what, reason, count }) => (
              <li key={`${realm} ${what} ${reason}`}>
                {what}
                {count > 1 ? ` (${formatCount(count)}×)` : ''}: <span class="dim">{reason}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
