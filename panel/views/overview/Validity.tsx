import type { Session } from '../../../src/session/model.ts';
import { formatCount, formatDuration } from '../../components/format.ts';

const DEVTOOLS = { open: 'open: times about 10× too long', closed: 'closed', unknown: 'not known' };

/** Under what conditions the session was recorded, and what it could not measure and why. */
export function Validity({ session }: { session: Session }) {
  const { info, realms, unmeasured } = session;
  const clocks = [...new Set(realms.map(({ clockResolution }) => formatDuration(clockResolution)))];
  const facts: [string, string][] = [
    ['Browser', [info.conditions.browser, info.conditions.platform].filter(Boolean).join(', ') || 'not known'],
    ['DevTools', DEVTOOLS[info.conditions.devtools]],
    ['Realms', formatCount(realms.length)],
    ['Clock resolution', clocks.join(', ') || 'not known'],
    ['Isolated', realms.every(({ crossOriginIsolated }) => crossOriginIsolated) && realms.length > 0 ? 'yes' : 'no'],
    ['Wasmscope', info.conditions.version || 'not known'],
  ];
  return (
    <section class="validity" aria-label="Conditions">
      <h2>Conditions</h2>
      <dl>{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
      {unmeasured.length > 0 && (
        <>
          <h2>Not measured</h2>
          <ul>
            {unmeasured.map(({ realm, what, reason, count }) => (
              <li key={`${realm} ${what} ${reason}`}>{what}{count > 1 ? ` (${formatCount(count)}×)` : ''}: <span class="dim">{reason}</span></li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
