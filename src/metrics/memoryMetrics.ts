import type { MemoryFigures } from '../analysis/memoryFigures.ts';
import { memoryFigures } from '../analysis/memoryFigures.ts';
import type { Session } from '../session/model.ts';
import type { Metric } from './metric.ts';
import { modulesByName } from './moduleMetrics.ts';
import type { Unit } from './unit.ts';

/** Sums over the memories of one name. */
interface Sums {
  initial: number;
  pages: number;
  bytes: number;
  growths: number;
}

/**
 * Peak and growth of each linear memory, of all together, and of the JS heap. Memories of one module
 * and name in several realms are added up; a shared one is there once, whoever has it.
 */
export function memoryMetrics(session: Session): Metric[] {
  const metric = (
    id: string,
    label: string,
    unit: Unit,
    value: number,
    kind: Metric['kind'] = 'exact',
  ): Metric => ({
    id: `memory/${id}`,
    label,
    unit,
    group: 'memory',
    kind,
    depends: 'memory',
    better: 'lower',
    value,
  });
  const names = memoryNames(session);
  const metrics = [...names].flatMap(([name, { initial, pages, bytes, growths }]) => [
    metric(`${name}/peak`, `${name}: peak`, 'bytes', bytes),
    metric(`${name}/initialPages`, `${name}: initial pages`, 'pages', initial),
    metric(`${name}/grownPages`, `${name}: pages grown`, 'pages', pages - initial),
    metric(`${name}/growths`, `${name}: growths`, 'count', growths),
  ]);
  if (names.size > 0) {
    const bytes = [...names.values()].reduce((sum, each) => sum + each.bytes, 0);
    metrics.push(metric('all/peak', 'All linear memories: peak', 'bytes', bytes));
  }
  const heap = session.series.filter(({ name }) => name === 'jsHeap').flatMap(({ value }) => value);
  if (heap.length > 0) {
    const peak = heap.reduce((most, value) => Math.max(most, value), 0);
    metrics.push({
      ...metric('jsHeap/peak', 'JS heap: peak', 'bytes', peak, 'timed'),
      missing: 'unknown',
    });
  }
  return metrics;
}

function memoryNames(session: Session): Map<string, Sums> {
  const owners = new Map<object, string>();
  for (const [name, modules] of modulesByName(session)) {
    for (const module of modules) owners.set(module, name);
  }
  const sums = new Map<string, Sums>();
  for (const figures of memoryFigures(session)) {
    const { memory } = figures;
    const module = memory.module === null ? undefined : session.modules[memory.module];
    const name = `${(module && owners.get(module)) ?? 'page'}/${memory.name}`;
    sums.set(name, join(sums.get(name), figures));
  }
  return sums;
}

function join(known: Sums | undefined, { memory, pages, bytes, growths }: MemoryFigures): Sums {
  const own: Sums = { initial: memory.initialPages, pages, bytes, growths };
  if (!known) return own;
  // Another realm sees a shared memory later, when it may have grown.
  if (memory.shared) {
    return {
      initial: Math.min(known.initial, own.initial),
      pages: Math.max(known.pages, own.pages),
      bytes: Math.max(known.bytes, own.bytes),
      growths: Math.max(known.growths, own.growths),
    };
  }
  return {
    initial: known.initial + own.initial,
    pages: known.pages + own.pages,
    bytes: known.bytes + own.bytes,
    growths: known.growths + own.growths,
  };
}
