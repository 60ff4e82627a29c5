import type { Validity } from '../../../src/analysis/validity/validityOf.ts';
import { validityOf } from '../../../src/analysis/validity/validityOf.ts';
import type { Session } from '../../../src/session/model.ts';
import { formatCount, formatDuration, formatShare } from '../../../src/text/format.ts';
import type { Fact } from '../../components/Facts.tsx';

/** The conditions of the recording, and what could not be measured and why. */
export function Conditions({ session }: { session: Session }) {
  const { unmeasured } = session;
  return (
    <section class="validity" aria-label="Conditions">
      <h2>Conditions</h2>
      <dl>
        {conditionFacts(session).map(([name, value]) => (
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

const DEVTOOLS: Record<Validity['devtools'], string> = {
  open: 'open',
  closed: 'closed',
  mixed: 'open part of the time',
  unknown: 'unknown',
};

const TIERS: Record<Validity['tier']['kind'], string> = {
  optimised: 'optimised',
  baseline: 'baseline: times are too long',
  mixed: 'baseline part of the time',
  unknown: 'unknown',
};

const ISOLATED: Record<Validity['isolated'], string> = {
  all: 'yes',
  none: 'no',
  some: 'some realms',
};

function conditionFacts(session: Session): Fact[] {
  const validity = validityOf(session);
  const { tier, cpuVariation, clockResolution } = validity;
  const ratio = tier.ratio === null ? '' : ` (${tier.ratio.toFixed(2)} × JavaScript’s time)`;
  return [
    ['Browser', [validity.browser, validity.platform].filter(Boolean).join(', ') || 'unknown'],
    ['WebAssembly tier', `${TIERS[tier.kind]}${ratio}`],
    ['DevTools', DEVTOOLS[validity.devtools]],
    ['CPU speed variation', cpuVariation === null ? 'unknown' : `${cpuVariation.toFixed(1)}×`],
    ['Realms', formatCount(session.realms.length)],
    ['Clock resolution', clockResolution === null ? 'unknown' : formatDuration(clockResolution)],
    ['Cross-origin isolated', ISOLATED[validity.isolated]],
    ['Page hidden', formatDuration(validity.hidden)],
    ['Overhead', formatShare(validity.overheadShare)],
    ['Wasmscope version', validity.version || 'unknown'],
  ];
}
