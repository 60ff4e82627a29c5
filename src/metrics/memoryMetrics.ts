import type { MemoryFigures } from '../analysis/memoryFigures.ts';
import { memoryFigures } from '../analysis/memoryFigures.ts';
import type { Session } from '../session/model.ts';
import type { FamilySubject, MeasuredDefinition } from './family.ts';
import { BYTES, COUNT, metricFamily } from './family.ts';
import { namesOfModules } from './modulesByName.ts';

/** Sums over the memories with the same name. */
interface Sums {
  initial: number;
  pages: number;
  bytes: number;
  grownBytes: number;
  growths: number;
}

/**
 * Adds up memories with the same module and name in several realms. A shared memory counts once.
 */
function memories(session: Session): FamilySubject<Sums>[] {
  const names = namesOfModules(session);
  const entries = new Map<string, FamilySubject<Sums>>();
  for (const figures of memoryFigures(session)) {
    const { memory } = figures;
    const owner = memory.module === null ? undefined : session.modules[memory.module];
    const module = (owner && names.get(owner)) ?? null;
    const key = JSON.stringify([module, memory.name]);
    const source = join(entries.get(key)?.source, figures);
    entries.set(key, { subject: { type: 'memory', module, name: memory.name }, source });
  }
  return [...entries.values()];
}

function join(sums: Sums | undefined, figures: MemoryFigures): Sums {
  const { memory, pages, bytes, grownBytes, growths } = figures;
  const own: Sums = { initial: memory.initialPages, pages, bytes, grownBytes, growths };
  if (!sums) return own;
  const larger = (key: keyof Sums): number => Math.max(sums[key], own[key]);
  // Another realm sees a shared memory later, when it may have grown.
  if (memory.shared) {
    return {
      initial: Math.min(sums.initial, own.initial),
      pages: larger('pages'),
      bytes: larger('bytes'),
      grownBytes: larger('grownBytes'),
      growths: larger('growths'),
    };
  }
  return {
    initial: sums.initial + own.initial,
    pages: sums.pages + own.pages,
    bytes: sums.bytes + own.bytes,
    grownBytes: sums.grownBytes + own.grownBytes,
    growths: sums.growths + own.growths,
  };
}

const MEMORY = { group: 'memory' } as const;
const MEMORY_BYTES = { ...MEMORY, ...BYTES, depends: 'memory' } as const;
const MEMORY_COUNT = { ...MEMORY, ...COUNT, depends: 'memory' } as const;

export const memoryFamily = metricFamily(memories, [
  {
    id: 'memory/MODULE/NAME/peak',
    label: 'MODULE/NAME: peak',
    subject: 'memory',
    quantity: 'peak',
    ...MEMORY_BYTES,
    value: ({ bytes }) => bytes,
  },
  {
    id: 'memory/MODULE/NAME/initialPages',
    label: 'MODULE/NAME: initial pages',
    subject: 'memory',
    quantity: 'initial pages',
    ...MEMORY_COUNT,
    unit: 'pages',
    value: ({ initial }) => initial,
  },
  {
    id: 'memory/MODULE/NAME/grownPages',
    label: 'MODULE/NAME: pages grown',
    subject: 'memory',
    quantity: 'pages grown',
    ...MEMORY_COUNT,
    unit: 'pages',
    value: ({ pages, initial }) => pages - initial,
  },
  {
    id: 'memory/MODULE/NAME/growths',
    label: 'MODULE/NAME: grow calls',
    subject: 'memory',
    quantity: 'grow calls',
    ...MEMORY_COUNT,
    value: ({ growths }) => growths,
  },
]);

type AllMemories = readonly FamilySubject<Sums>[];

const sum = (all: AllMemories, key: keyof Sums): number =>
  all.reduce((total, { source }) => total + source[key], 0);

export const ALL_MEMORY_PEAK: MeasuredDefinition<AllMemories> = {
  id: 'memory/all/peak',
  label: 'All linear memories: peak',
  subject: 'memories',
  quantity: 'peak',
  ...MEMORY_BYTES,
  value: (all) => sum(all, 'bytes'),
};

export const ALL_MEMORY_GROWTH: MeasuredDefinition<AllMemories> = {
  id: 'memory/all/grownBytes',
  label: 'All linear memories: growth',
  subject: 'memories',
  quantity: 'growth',
  ...MEMORY_BYTES,
  compared: false,
  value: (all) => sum(all, 'grownBytes'),
};

export const allMemoriesFamily = metricFamily(
  (session) => {
    const all = memories(session);
    return all.length > 0 ? [{ subject: { type: 'memories' }, source: all }] : [];
  },
  [ALL_MEMORY_PEAK, ALL_MEMORY_GROWTH],
);

export const JS_HEAP_PEAK: MeasuredDefinition<readonly number[]> = {
  id: 'memory/jsHeap/peak',
  label: 'JS heap: peak',
  subject: 'js heap',
  quantity: 'peak',
  ...MEMORY_BYTES,
  kind: 'timed',
  missing: 'unknown',
  value: (heap) =>
    heap.length === 0 ? null : heap.reduce((most, value) => Math.max(most, value), 0),
};

export const jsHeapFamily = metricFamily(
  (session) => [
    {
      subject: { type: 'js heap' },
      source: session.series.filter(({ name }) => name === 'jsHeap').flatMap(({ value }) => value),
    },
  ],
  [JS_HEAP_PEAK],
);
