import { useState } from 'preact/hooks';
import { ofRealm } from '../../src/analysis/ofRealm.ts';
import type { ReportData } from '../../src/export/reportData.ts';
import type { SmallSession } from '../../src/export/smallSession.ts';
import type { RealmIndex, TimeRange } from '../../src/session/model.ts';
import { REPORT_TEXT } from '../../src/text/panel/reportText.ts';
import type { ShownNotice } from '../components/Notices.tsx';
import { Notices } from '../components/Notices.tsx';
import { RangeFields } from '../components/RangeFields.tsx';
import { RealmPicker } from '../components/RealmPicker.tsx';
import { TabPanel } from '../components/TabPanel.tsx';
import { Tabs } from '../components/Tabs.tsx';
import { GlossaryDialog } from '../glossary/GlossaryDialog.tsx';
import { OverviewView } from '../views/overview/OverviewView.tsx';
import { sessionNotices } from '../views/sessions/sessionNotices.ts';
import type { SessionViewId } from '../views/sessionViews.ts';
import { SESSION_VIEWS } from '../views/sessionViews.ts';
import { VIEW_PANEL } from '../views/viewTabs.ts';
import { ComparisonView } from './ComparisonView.tsx';
import { openReported } from './openReported.ts';
import { ReportHead } from './ReportHead.tsx';
import type { ComparisonTab } from './reportedComparisons.ts';
import { comparisonTabs, sidesOf } from './reportedComparisons.ts';

/** The panel's views over sessions that do not change. */
export function ReportApp({ data, theme }: { data: ReportData; theme: string }) {
  const comparisons = comparisonTabs(data);
  const [chosen, setChosen] = useState(0);
  const [tab, setTab] = useState<ComparisonTab['id'] | SessionViewId>(
    comparisons[0]?.id ?? 'overview',
  );
  const [range, setRange] = useState<TimeRange | null>(null);
  const [realm, setRealm] = useState<RealmIndex | null>(null);
  const small = data.sessions[chosen]?.small;
  const session = small ? openReported(small) : null;
  // Where paths were left out, no other range or realm can be computed.
  const canNarrow = (small?.figures?.left ?? 0) === 0;
  const comparison = comparisons.find(({ id }) => id === tab);
  const View = SESSION_VIEWS.find(({ id }) => id === tab)?.View ?? OverviewView;
  return (
    <div class="app report">
      <ReportHead
        data={data}
        chosen={chosen}
        session={session}
        onChoose={(index) => {
          setChosen(index);
          setRange(null);
          setRealm(null);
        }}
      />
      <Notices
        notices={[...(session ? sessionNotices(session) : []), ...(small ? omissions(small) : [])]}
      />
      <main>
        <div class="tabs">
          <Tabs
            label="Views"
            tabs={[...comparisons, ...SESSION_VIEWS]}
            selected={tab}
            controls={VIEW_PANEL}
            onSelect={(id) => setTab(id)}
          />
          <span class="grow" />
          {session && canNarrow && (
            <RealmPicker session={session} realm={realm} onRealm={setRealm} />
          )}
          {session && canNarrow && (
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
            {comparison ? (
              <ComparisonView comparison={comparison.comparison} {...sidesOf(data, comparison)} />
            ) : (
              <View
                session={ofRealm(session, realm)}
                range={range}
                onRange={canNarrow ? setRange : () => {}}
                onRealm={canNarrow ? setRealm : () => {}}
              />
            )}
          </TabPanel>
        )}
      </main>
      <GlossaryDialog />
    </div>
  );
}

/** What the report omits of a session. */
function omissions({ figures, omitted }: SmallSession): ShownNotice[] {
  const paths = figures?.left ?? 0;
  const texts = [...(paths > 0 ? [REPORT_TEXT.pathsOmitted(paths)] : []), ...omitted];
  return texts.map((text) => ({ key: text, tone: 'neutral', text }));
}
