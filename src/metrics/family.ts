import type { Session } from '../session/model.ts';
import type { Metric, MetricDefinition, MetricFields, MetricSubject } from './metric.ts';

/** Null: the session has no value. */
export type MetricValue = number | { value: number; variance: number } | null;

/** A definition with the function that reads its value. */
export interface MeasuredDefinition<Source> extends MetricDefinition {
  value(source: Source): MetricValue;
}

/** A subject in one session. */
export interface FamilySubject<Source> {
  subject: MetricSubject;
  source: Source;
  /** False: only budgets use its metrics, as for a function that was never called. */
  compared?: boolean;
}

/** Metrics of one type of subject. */
export interface MetricFamily {
  definitions: readonly MetricDefinition[];
  /** Every metric of a session, and whether comparisons include it. */
  metricsOf(session: Session): { metric: Metric; compared: boolean }[];
}

/** Usual definitions: exact counts and sizes, and estimated or measured times. */
export const COUNT = { unit: 'count', kind: 'exact', depends: 'counts', better: 'lower' } as const;
export const BYTES = { unit: 'bytes', kind: 'exact', depends: 'counts', better: 'lower' } as const;
export const TIME = { unit: 'ms', kind: 'timed', depends: 'times', better: 'lower' } as const;

export function metricFamily<Source>(
  subjectsOf: (session: Session) => FamilySubject<Source>[],
  definitions: readonly MeasuredDefinition<Source>[],
): MetricFamily {
  return {
    definitions,
    metricsOf: (session) =>
      subjectsOf(session).flatMap(({ subject, source, compared = true }) =>
        definitions.flatMap((definition) => {
          const value = definition.value(source);
          if (value === null) return [];
          const metric = {
            ...fieldsOf(definition, subject),
            ...(typeof value === 'number' ? { value } : value),
          };
          return [{ metric, compared: compared && definition.compared !== false }];
        }),
      ),
  };
}

function fieldsOf(definition: MetricDefinition, subject: MetricSubject): MetricFields {
  const { id, label, quantity, unit, group, kind, missing, depends, better } = definition;
  return {
    id: withNames(id, subject),
    label: withNames(label, subject),
    subject,
    quantity,
    unit,
    group,
    kind,
    ...(missing === undefined ? {} : { missing }),
    depends,
    better,
  };
}

/** Placeholders for names in ids and labels. */
export const PLACEHOLDER = /MODULE|NAME|URL/g;

function withNames(template: string, subject: MetricSubject): string {
  const names: Record<string, string> = {
    MODULE: 'module' in subject ? (subject.module ?? 'page') : '',
    NAME: 'name' in subject ? subject.name : '',
    URL: 'url' in subject ? subject.url : '',
  };
  return template.replace(PLACEHOLDER, (word) => names[word] ?? word);
}
