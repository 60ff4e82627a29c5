import type { Session } from '../session/model.ts';
import { perSession } from '../session/perSession.ts';
import { crossingsFamily, functionFamily } from './crossingMetrics.ts';
import type { MetricFamily } from './family.ts';
import { PLACEHOLDER } from './family.ts';
import { measureFamily } from './measureMetrics.ts';
import { allMemoriesFamily, jsHeapFamily, memoryFamily } from './memoryMetrics.ts';
import type { Metric, MetricDefinition } from './metric.ts';
import { allModulesFamily, loadFamily, moduleFamily, sectionFamily } from './moduleMetrics.ts';
import { requestsFamily } from './networkMetrics.ts';
import { layoutShiftFamily, pageFamily, vitalFamily } from './pageMetrics.ts';

export type {
  Metric,
  MetricDefinition,
  MetricFields,
  MetricGroup,
  MetricSubject,
} from './metric.ts';

/** The one list of figures, in the order in which they are shown. */
const FAMILIES: readonly MetricFamily[] = [
  moduleFamily,
  sectionFamily,
  allModulesFamily,
  loadFamily,
  crossingsFamily,
  functionFamily,
  memoryFamily,
  allMemoriesFamily,
  jsHeapFamily,
  requestsFamily,
  measureFamily,
  vitalFamily,
  layoutShiftFamily,
  pageFamily,
];

const DEFINITIONS: readonly MetricDefinition[] = FAMILIES.flatMap(({ definitions }) => definitions);

const listed = perSession((session: Session) =>
  FAMILIES.flatMap((family) => family.metricsOf(session)),
);

/**
 * The figures of one session that comparisons include, each id once. Figures without a value are
 * left out; a boundary function that was never called has no metrics.
 */
export const metricsOf = perSession((session: Session): readonly Metric[] =>
  listed(session).flatMap(({ metric, compared }) => (compared ? [metric] : [])),
);

/** Every figure of one session, including those that only budgets use. */
export const allMetricsOf = perSession((session: Session): readonly Metric[] =>
  listed(session).map(({ metric }) => metric),
);

/** The metrics of one definition. */
export const metricsBy = (session: Session, { subject, quantity }: MetricDefinition): Metric[] =>
  allMetricsOf(session).filter(
    (metric) => metric.subject.type === subject && metric.quantity === quantity,
  );

const shape = (id: string): RegExp => {
  const literal = id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replace(PLACEHOLDER, '.+')}$`);
};

/** The definition of the metrics with this id; null if there is none. */
export const definitionOf = (id: string): MetricDefinition | null =>
  // The longest template is the most specific: `memory/all/peak` is not the memory `peak` of a
  // module `all`.
  DEFINITIONS.filter((definition) => shape(definition.id).test(id)).sort(
    (a, b) => b.id.replace(PLACEHOLDER, '').length - a.id.replace(PLACEHOLDER, '').length,
  )[0] ?? null;
