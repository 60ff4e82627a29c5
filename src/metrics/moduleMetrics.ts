import type { LoadPhaseName } from '../analysis/loadPhases.ts';
import { loadPhases } from '../analysis/loadPhases.ts';
import { readyAfter } from '../analysis/readyAfter.ts';
import type { Module, Session } from '../session/model.ts';
import type { Metric } from './metric.ts';
import { stableName } from './stableName.ts';

const PHASE_IDS: Record<LoadPhaseName, string> = {
  request: 'request',
  download: 'download',
  compile: 'compile',
  instantiate: 'instantiate',
  'until first call': 'firstCall',
};

/**
 * Sizes, parts and load of each module. Rows of one name and address are one module, however many
 * realms have it: it is as large as its largest row, and was loaded by the first that loaded it.
 */
export function moduleMetrics(session: Session): Metric[] {
  return [...modulesByName(session)].flatMap(([name, modules]) => [
    ...sizes(name, modules),
    ...load(
      name,
      modules.find(({ method }) => method !== 'received'),
    ),
  ]);
}

/** The rows of each module by its name; a second module of that name is `NAME#2`. */
export function modulesByName(session: Session): Map<string, Module[]> {
  const addresses = new Map<string, (string | null)[]>();
  const groups = new Map<string, Module[]>();
  for (const module of session.modules) {
    const name = moduleName(module);
    const known = addresses.get(name) ?? [];
    addresses.set(name, known);
    if (module.url !== null && !known.includes(module.url)) known.push(module.url);
    const place = module.url === null ? 0 : known.indexOf(module.url);
    const key = place === 0 ? name : `${name}#${place + 1}`;
    groups.set(key, [...(groups.get(key) ?? []), module]);
  }
  return groups;
}

/** How metrics call a module. */
export const moduleName = ({ name }: Module): string => stableName(name);

function sizes(name: string, modules: readonly Module[]): Metric[] {
  const most = (of: (module: Module) => number | null): number | null => {
    const known = modules.map(of).filter((value) => value !== null);
    return known.length > 0 ? Math.max(...known) : null;
  };
  const metrics: Metric[] = [];
  const add = (
    what: string,
    text: string,
    unit: 'bytes' | 'count',
    value: number | null,
    depends: Metric['depends'] = 'counts',
  ): void => {
    if (value === null) return;
    metrics.push({
      id: `module/${name}/${what}`,
      label: `${name}: ${text}`,
      unit,
      group: 'modules',
      kind: 'exact',
      depends,
      better: 'lower',
      value,
    });
  };
  const sum = (counts: object | null): number | null =>
    counts && Object.values(counts).reduce<number>((total, each) => total + Number(each), 0);
  add(
    'bytes',
    'size',
    'bytes',
    most(({ bytes }) => bytes),
  );
  add(
    'wireBytes',
    'bytes over the network',
    'bytes',
    most(({ wireBytes }) => wireBytes),
    'transfer',
  );
  for (const [section, bytes] of sectionBytes(modules)) {
    add(`section/${section}/bytes`, `section ${section}`, 'bytes', bytes);
  }
  add(
    'functions',
    'function bodies',
    'count',
    most(({ bodyCount }) => bodyCount),
  );
  add(
    'imports',
    'imports',
    'count',
    most(({ imports }) => sum(imports)),
  );
  add(
    'exports',
    'exports',
    'count',
    most(({ exports }) => sum(exports)),
  );
  add(
    'instances',
    'instances',
    'count',
    modules.reduce((total, each) => total + each.instances, 0),
  );
  return metrics;
}

/** Bytes of each section of the first row that knows them; sections of one name together. */
function sectionBytes(modules: readonly Module[]): Map<string, number> {
  const bytes = new Map<string, number>();
  for (const { name, size } of modules.find(({ sections }) => sections !== null)?.sections ?? []) {
    bytes.set(name, (bytes.get(name) ?? 0) + size);
  }
  return bytes;
}

function load(name: string, module: Module | undefined): Metric[] {
  if (!module) return [];
  const metric = (id: string, text: string, value: number): Metric => ({
    id: `load/${name}/${id}`,
    label: `${name}: ${text}`,
    unit: 'ms',
    group: 'load',
    kind: 'timed',
    depends: 'times',
    better: 'lower',
    value,
  });
  const phases = loadPhases(module).map((phase) =>
    metric(PHASE_IDS[phase.name], phase.name, phase.to - phase.from),
  );
  const ready = readyAfter(module);
  return ready === null ? phases : [...phases, metric('ready', 'ready after', ready)];
}
