import { useMemo } from 'preact/hooks';
import type { RealmLane } from '../../../src/analysis/realmLanes.ts';
import { realmLanes } from '../../../src/analysis/realmLanes.ts';
import type { RealmIndex, Session } from '../../../src/session/model.ts';
import { formatCount, formatRate, formatTime } from '../../../src/text/format.ts';
import { OVERVIEW_TEXT } from '../../../src/text/panel/overviewText.ts';
import { realmNames } from '../../../src/text/realmNames.ts';

/** How many realms have a lane: those with the most crossings. */
const MOST = 24;

/**
 * A lane for each page, frame and worker over the time axis of the charts: when it ran, and how
 * often calls crossed.
 */
export function RealmLanes({
  session,
  onRealm,
}: {
  session: Session;
  onRealm(realm: RealmIndex): void;
}) {
  const all = useMemo(() => (session.realms.length > 1 ? realmLanes(session) : []), [session]);
  if (all.length === 0) return null;
  const busiest = new Set([...all].sort((a, b) => b.calls - a.calls).slice(0, MOST));
  const lanes = all.filter((lane) => busiest.has(lane));
  const names = realmNames(session);
  const length = Math.max(session.duration, 1);
  const most = Math.max(1, ...lanes.flatMap(({ stretches }) => stretches.map(({ rate }) => rate)));
  return (
    <section class="realm-lanes" aria-label="Realms">
      {lanes.map((lane) => (
        <Lane
          key={lane.realm}
          lane={lane}
          name={names[lane.realm] ?? ''}
          length={length}
          most={most}
          onRealm={onRealm}
        />
      ))}
      {all.length > lanes.length && (
        <p class="dim">{OVERVIEW_TEXT.moreRealms(formatCount(all.length - lanes.length))}</p>
      )}
    </section>
  );
}

interface LaneProps {
  lane: RealmLane;
  name: string;
  /** Of the time axis, ms. */
  length: number;
  /** The highest rate of all lanes. */
  most: number;
  onRealm(realm: RealmIndex): void;
}

function Lane({
  lane: { realm, from, to, calls, stretches },
  name,
  length,
  most,
  onRealm,
}: LaneProps) {
  const style = (start: number, end: number) => ({
    left: `${(start / length) * 100}%`,
    width: `${((end - start) / length) * 100}%`,
  });
  const words = `${name}: ${formatCount(calls)} crossings, from ${formatTime(from)} to ${formatTime(to)}`;
  return (
    <div class="realm-lane">
      <span class="dim" aria-hidden="true" title={words}>
        {formatShort(calls)}
      </span>
      <div class="realm-track">
        <i class="realm-life" style={style(from, to)} />
        {stretches.map((stretch) => (
          <i
            key={stretch.from}
            class="realm-busy"
            title={`Crossings: ${formatRate(stretch.rate)} at ${formatTime(stretch.from)}`}
            style={{
              ...style(stretch.from, stretch.to),
              height: `${Math.max(100 * Math.sqrt(stretch.rate / most), 12)}%`,
            }}
          />
        ))}
        <button
          type="button"
          title={`${words}. ${OVERVIEW_TEXT.showRealm}`}
          aria-label={`${words}. ${OVERVIEW_TEXT.showRealm}`}
          style={{ left: `${Math.min((from / length) * 100, 80)}%` }}
          onClick={() => onRealm(realm)}
        >
          {name}
        </button>
      </div>
    </div>
  );
}

const formatShort = (calls: number): string =>
  new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(calls);
