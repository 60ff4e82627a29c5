import { useState } from 'preact/hooks';
import { ofRealm } from '../../src/analysis/ofRealm.ts';
import type { ReportData } from '../../src/export/reportData.ts';
import type { SmallSession } from '../../src/export/smallSession.ts';
import { openSmallSession } from '../../src/export/smallSession.ts';
import type { RealmIndex, Session, TimeRange } from '../../src/session/model.ts';
import { Notices } from '../components/Notices.tsx';
import { RangeFields } from '../components/RangeFields.tsx';
import { RealmPicker } from '../components/RealmPicker.tsx';
import { TabPanel } from '../components/TabPanel.tsx';
import { Tabs } from '../components/Tabs.tsx';
import { keepFigures } from '../state/figuresOf.ts';
import { OverviewView } from '../views/overview/OverviewView.tsx';
import { sessionNotices } from '../views/sessions/sessionNotices.ts';
import type { SessionViewId } from '../views/sessionViews.ts';
import { SESSION_VIEWS } from '../views/sessionViews.ts';
import { VIEW_PANEL } from '../views/viewTabs.ts';
import { ComparisonView } from './ComparisonView.tsx';

type Tab = `comparison-${number}` | SessionViewId;

/** The panel's views over sessions that do not change. */
export function ReportApp({ data, theme }: { data: ReportData; theme: string }) {
  const [chosen, setChosen] = useState(0);
  const comparisons = data.comparisons.map(({ page, comparison }, at) => ({
    id: `comparison-${at}` as const,
    page,
    title: data.comparisons.length > 1 ? `Comparison of ${page}` : 'Comparison',
    comparison,
  }));
  const [tab, setTab] = useState<Tab>(comparisons[0]?.id ?? 'overview');
  const [range, setRange] = useState<TimeRange | null>(null);
  const [realm, setRealm] = useState<RealmIndex | null>(null);
  const small = data.sessions[chosen]?.small;
  const session = small ? opened(small) : null;
  const left = small?.figures?.left ?? 0;
  const whole = left === 0;
  const notices = [
    ...(session ? sessionNotices(session) : []),
    ...(left > 0
      ? [
          `${left} paths that took little time are left out of the flame graph; the table of crossings has their calls and times.`,
        ]
      : []
    ).map(asNotice),
    ...(small?.omitted ?? []).map(asNotice),
  ];
  const compared = comparisons.find(({ id }) => id === tab);
  const sideOf = (side: 'baseline' | 'candidate'): Session[] =>
    data.sessions
      .filter(
        (row) => row.side === side && (comparisons.length === 1 || row.page === compared?.page),
      )
      .map((row) => opened(row.small));
  const View = SESSION_VIEWS.find(({ id }) => id === tab)?.View ?? OverviewView;
  return (
    <div class="app report">
      <header class="report-head">
        <h1>{data.title}</h1>
        {data.sessions.length > 1 && (
          <select
            aria-label="Session"
            value={chosen}
            onChange={(event) => {
              setChosen(Number(event.currentTarget.value));
              setRange(null);
              setRealm(null);
            }}
          >
            {data.sessions.map(({ label }, at) => (
              <option key={label} value={at}>
                {label}
              </option>
            ))}
          </select>
        )}
        {session && (
          <span class="dim">
            {session.info.page},{' '}
            {new Date(session.info.started).toISOString().slice(0, 16).replace('T', ' ')} UTC
          </span>
        )}
        <span class="grow" />
        <span class="dim">Wasmscope {data.version}</span>
      </header>
      <Notices notices={notices} />
      <main>
        <div class="tabs">
          <Tabs
            label="Views"
            tabs={[...comparisons, ...SESSION_VIEWS]}
            selected={tab}
            controls={VIEW_PANEL}
            onSelect={(view) => setTab(view)}
          />
          <span class="grow" />
          {session && whole && <RealmPicker session={session} realm={realm} onRealm={setRealm} />}
          {session && whole && (
            <RangeFields range={range} duration={session.duration} onRange={setRange} />
          )}
        </div>
        {session && (
          <TabPanel
            class="view"
            id={VIEW_PANEL}
            tab={tab}
            key={`${chosen} ${tab} ${realm} ${theme}`}
          >
            {compared ? (
              <ComparisonView
                comparison={compared.comparison}
                baseline={sideOf('baseline')}
                candidate={sideOf('candidate')}
              />
            ) : (
              <View
                session={ofRealm(session, realm)}
                range={range}
                onRange={whole ? setRange : () => {}}
                onRealm={whole ? setRealm : () => {}}
              />
            )}
          </TabPanel>
        )}
      </main>
    </div>
  );
}

const known = new WeakMap<SmallSession, Session>();

/** A session's tables, opened once. */
function opened(small: SmallSession): Session {
  const before = known.get(small);
  if (before) return before;
  const { session, figures } = openSmallSession(small);
  if (figures) keepFigures(session, figures);
  known.set(small, session);
  return session;
}

const asNotice = (text: string) => ({ key: text, tone: 'neutral' as const, text });
