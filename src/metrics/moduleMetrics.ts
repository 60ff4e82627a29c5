import type { LoadPhaseName } from '../analysis/loadPhases.ts';
import { loadPhases } from '../analysis/loadPhases.ts';
import { loadTime } from '../analysis/loadTime.ts';
import type { Module, Session } from '../session/model.ts';
import { present } from '../statistics/present.ts';
import type { FamilySubject, MeasuredDefinition } from './family.ts';
import { BYTES, COUNT, metricFamily, TIME } from './family.ts';
import { modulesByName } from './modulesByName.ts';

/**
 * Rows with the same name and URL are one module, in however many realms. Its size is that of its
 * largest row, and its load that of the first realm that loaded it.
 */
const modules = (session: Session): FamilySubject<readonly Module[]>[] =>
  [...modulesByName(session)].map(([module, rows]) => {
    const fullName = rows.find(({ name }) => name !== module)?.name;
    return {
      subject: { type: 'module', module, ...(fullName === undefined ? {} : { fullName }) },
      source: rows,
    };
  });

const most = (
  rows: readonly Module[],
  figure: (module: Module) => number | null,
): number | null => {
  const values = present(rows.map(figure));
  return values.length > 0 ? Math.max(...values) : null;
};

const total = (counts: object | null): number | null =>
  counts && Object.values(counts).reduce<number>((sum, each) => sum + Number(each), 0);

export const MODULE_BYTES: MeasuredDefinition<readonly Module[]> = {
  id: 'module/MODULE/bytes',
  label: 'MODULE: size',
  subject: 'module',
  quantity: 'size',
  group: 'modules',
  ...BYTES,
  value: (rows) => most(rows, ({ bytes }) => bytes),
};

export const moduleFamily = metricFamily(modules, [
  MODULE_BYTES,
  {
    id: 'module/MODULE/wireBytes',
    label: 'MODULE: bytes over the network',
    subject: 'module',
    quantity: 'bytes transferred',
    group: 'modules',
    ...BYTES,
    depends: 'transfer',
    value: (rows) => most(rows, ({ transferSize }) => transferSize),
  },
  {
    id: 'module/MODULE/functions',
    label: 'MODULE: function bodies',
    subject: 'module',
    quantity: 'function bodies',
    group: 'modules',
    ...COUNT,
    value: (rows) => most(rows, ({ bodyCount }) => bodyCount),
  },
  {
    id: 'module/MODULE/imports',
    label: 'MODULE: imports',
    subject: 'module',
    quantity: 'imports',
    group: 'modules',
    ...COUNT,
    value: (rows) => most(rows, ({ imports }) => total(imports)),
  },
  {
    id: 'module/MODULE/exports',
    label: 'MODULE: exports',
    subject: 'module',
    quantity: 'exports',
    group: 'modules',
    ...COUNT,
    value: (rows) => most(rows, ({ exports }) => total(exports)),
  },
  {
    id: 'module/MODULE/instances',
    label: 'MODULE: instances',
    subject: 'module',
    quantity: 'instances',
    group: 'modules',
    ...COUNT,
    value: (rows) => rows.reduce((sum, { instances }) => sum + instances, 0),
  },
]);

/** Sections of the first row that has them; sections with the same name are added up. */
const sections = (session: Session): FamilySubject<number>[] =>
  [...modulesByName(session)].flatMap(([module, rows]) => {
    const bytes = new Map<string, number>();
    const known = rows.find((row) => row.sections !== null)?.sections ?? [];
    for (const { name, size } of known) bytes.set(name, (bytes.get(name) ?? 0) + size);
    return [...bytes].map(
      ([name, size]): FamilySubject<number> => ({
        subject: { type: 'section', module, name },
        source: size,
      }),
    );
  });

export const sectionFamily = metricFamily(sections, [
  {
    id: 'module/MODULE/section/NAME/bytes',
    label: 'MODULE: section NAME',
    subject: 'section',
    quantity: 'size',
    group: 'modules',
    ...BYTES,
    value: (size) => size,
  },
]);

export const ALL_MODULE_BYTES: MeasuredDefinition<readonly Module[]> = {
  id: 'modules/bytes',
  label: 'All modules: size',
  subject: 'modules',
  quantity: 'size',
  group: 'modules',
  ...BYTES,
  compared: false,
  value(rows) {
    const values = present(rows.filter(({ origin }) => origin === null).map(({ bytes }) => bytes));
    return values.length === 0 ? null : values.reduce((sum, bytes) => sum + bytes, 0);
  },
};

export const allModulesFamily = metricFamily(
  (session) => [{ subject: { type: 'modules' }, source: session.modules }],
  [ALL_MODULE_BYTES],
);

/** Names of load phases in metrics. */
const PHASES = [
  ['request', 'request'],
  ['download', 'download'],
  ['compile', 'compile'],
  ['instantiate', 'instantiate'],
  ['firstCall', 'until first call'],
] as const satisfies readonly (readonly [string, LoadPhaseName])[];

function phaseTime(module: Module, wanted: LoadPhaseName): number | null {
  const phase = loadPhases(module).find(({ name }) => name === wanted);
  return phase ? phase.to - phase.from : null;
}

/** Of the first realm that loaded the module itself. */
const ofLoader = (
  rows: readonly Module[],
  time: (module: Module) => number | null,
): number | null => {
  const module = rows.find(({ method }) => method !== 'received');
  return module ? time(module) : null;
};

const LOAD = { subject: 'module', group: 'load', ...TIME } as const;

/** A load phase in the slowest realm that has the module. */
export const SLOWEST_PHASES = PHASES.map(
  ([phase, name]): MeasuredDefinition<readonly Module[]> => ({
    id: `load/MODULE/slowest/${phase}`,
    label: `MODULE: ${name}, slowest realm`,
    quantity: `slowest ${phase}`,
    ...LOAD,
    compared: false,
    value: (rows) => most(rows, (module) => phaseTime(module, name)),
  }),
);

export const SLOWEST_READY: MeasuredDefinition<readonly Module[]> = {
  id: 'load/MODULE/slowest/ready',
  label: 'MODULE: load time, slowest realm',
  quantity: 'slowest ready',
  ...LOAD,
  compared: false,
  value: (rows) => most(rows, loadTime),
};

export const LOAD_READY = 'ready';

export const loadFamily = metricFamily(modules, [
  ...PHASES.map(
    ([phase, name]): MeasuredDefinition<readonly Module[]> => ({
      id: `load/MODULE/${phase}`,
      label: `MODULE: ${name}`,
      quantity: phase,
      ...LOAD,
      value: (rows) => ofLoader(rows, (module) => phaseTime(module, name)),
    }),
  ),
  {
    id: 'load/MODULE/ready',
    label: 'MODULE: load time',
    quantity: LOAD_READY,
    ...LOAD,
    value: (rows) => ofLoader(rows, loadTime),
  },
  ...SLOWEST_PHASES,
  SLOWEST_READY,
]);
