import type { Validity } from '../../../src/analysis/validity/validityOf.ts';
import { validityOf } from '../../../src/analysis/validity/validityOf.ts';
import type { Session } from '../../../src/session/model.ts';
import { formatCount, formatDuration, formatShare } from '../../../src/text/format.ts';
import { GlossaryLink } from '../../glossary/GlossaryLink.tsx';
import type { GlossaryTerm } from '../../glossary/glossaryTerm.ts';

/** The conditions of the recording, and what could not be measured and why. */
export function Conditions({ session }: { session: Session }) {
  const { unmeasured } = session;
  return (
    <section class="validity" aria-label="Conditions">
      <h2>Conditions</h2>
      <dl>
        {conditionFacts(session).map(([name, value, term]) => (
          <div key={name}>
            <dt>{term ? <GlossaryLink term={term}>{name}</GlossaryLink> : name}</dt>
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

function conditionFacts(session: Session): [name: string, value: string, term?: GlossaryTerm][] {
  const validity = validityOf(session);
  const { tier, cpuVariation, clockResolution } = validity;
  const ratio = tier.ratio === null ? '' : ` (${tier.ratio.toFixed(2)} × JavaScript’s time)`;
  return [
    ['Browser', [validity.browser, validity.platform].filter(Boolean).join(', ') || 'unknown'],
    ['WebAssembly tier', `${TIERS[tier.kind]}${ratio}`, 'tier'],
    ['DevTools', DEVTOOLS[validity.devtools]],
    [
      'CPU speed variation',
      cpuVariation === null ? 'unknown' : `${cpuVariation.toFixed(1)}×`,
      'cpu-speed-variation',
    ],
    ['Realms', formatCount(session.realms.length), 'realm'],
    [
      'Clock resolution',
      clockResolution === null ? 'unknown' : formatDuration(clockResolution),
      'clock-resolution',
    ],
    ['Cross-origin isolated', ISOLATED[validity.isolated], 'cross-origin-isolation'],
    ['Page hidden', formatDuration(validity.hidden), 'hidden'],
    ['Overhead', formatShare(validity.overheadShare), 'overhead'],
    ['Wasmscope version', validity.version || 'unknown'],
  ];
}
