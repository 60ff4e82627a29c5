import { useMemo } from 'preact/hooks';
import { growthSteps } from '../../../src/analysis/growthSteps.ts';
import { memoryByRealm } from '../../../src/analysis/memoryByRealm.ts';
import { memoryFigures } from '../../../src/analysis/memoryFigures.ts';
import { countOf } from '../../../src/text/countOf.ts';
import { MEMORY_TEXT } from '../../../src/text/panel/memoryText.ts';
import { SessionCharts } from '../../charts/SessionCharts.tsx';
import { DataTable } from '../../components/DataTable.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { tableHeight } from '../../components/tableHeight.ts';
import type { ViewProps } from '../view.ts';
import { growthColumns } from './growthColumns.tsx';
import { memoryColumns } from './memoryColumns.tsx';
import { realmMemoryColumns } from './realmMemoryColumns.tsx';

const CHARTS = ['linearMemory', 'jsHeap', 'workersHeap'] as const;
/** For the bar that scrolls a table sideways, CSS pixels. */
const SCROLLBAR = 16;

/** Linear memories and the JavaScript heap, how the memories grew, and during which crossing. */
export function MemoryView({ session, range, onRange }: ViewProps) {
  const steps = useMemo(() => growthSteps(session, range), [session, range]);
  const figures = useMemo(() => memoryFigures(session), [session]);
  const columns = useMemo(
    () => ({
      realms: realmMemoryColumns(session),
      memories: memoryColumns(session),
      growths: growthColumns(session),
    }),
    [session],
  );
  if (session.memories.length === 0) {
    return (
      <EmptyState title={MEMORY_TEXT.emptyTitle}>
        <p>{MEMORY_TEXT.empty}</p>
      </EmptyState>
    );
  }
  const realms = session.realms.length > 1 ? memoryByRealm(session) : [];
  return (
    <div class="memory">
      <div class="charts">
        <SessionCharts session={session} range={range} onRange={onRange} only={CHARTS} />
      </div>
      {realms.length > 1 && (
        <div class="memory-table" style={{ height: tableHeight(realms.length, SCROLLBAR) }}>
          <DataTable
            label="Memory by realm"
            rows={realms}
            columns={columns.realms}
            keyOf={({ realm }) => realm}
            sortBy="linear"
          />
        </div>
      )}
      <div class="memory-table" style={{ height: tableHeight(figures.length, SCROLLBAR) }}>
        <DataTable
          label="Memories"
          rows={figures}
          columns={columns.memories}
          keyOf={({ memory }) => session.memories.indexOf(memory)}
          sortBy="bytes"
        />
      </div>
      <div class="details table">
        <h2>
          {countOf(steps.length, 'grow call')}
          {range ? ' in the selected range' : ''}
        </h2>
        <DataTable
          label="Grow calls"
          rows={steps}
          columns={columns.growths}
          keyOf={({ growth }) => `${growth.memory} ${growth.time} ${growth.toPages}`}
          sortBy="time"
          ascending
          empty={range ? MEMORY_TEXT.noGrowthInRange : MEMORY_TEXT.noGrowth}
        />
      </div>
    </div>
  );
}
