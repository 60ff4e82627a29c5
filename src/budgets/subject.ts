import type { MetricDefinition } from '../metrics/metricsOf.ts';
import { allMetricsOf, definitionOf } from '../metrics/metricsOf.ts';
import type { Session } from '../session/model.ts';
import { ALIASES } from './aliases.ts';

/** What a budget is about. */
export interface Subject {
  /** As the configuration has it: `time in env.read`, or a metric's id. */
  key: string;
  unit: MetricDefinition['unit'];
  /** Exact: the same in every run of the same page. Timed: differs from run to run. */
  kind: MetricDefinition['kind'];
  /** Which part of a session's validity it depends on. */
  depends: MetricDefinition['depends'];
  /** Which way is worse. */
  worse: 'more' | 'less';
  /** The figure of one session; null where it is not in the recording. */
  figureOf(session: Session): number | null;
}

/** What budgets can be about, for messages and documentation. */
export const SUBJECTS: readonly string[] = ALIASES.map(({ words }) => words);

/** The subject that a key names, by its alias or as a metric's id; null for none. */
export const subjectOf = (key: string): Subject | null => byAlias(key) ?? byId(key);

function byAlias(key: string): Subject | null {
  for (const { words, fields, accepts, figure } of ALIASES) {
    const names = shape(words).exec(key)?.slice(1);
    if (names && (!accepts || accepts(...names))) {
      return subject(key, fields, (session) => figure(session, ...names));
    }
  }
  return null;
}

function byId(id: string): Subject | null {
  const definition = definitionOf(id);
  return (
    definition &&
    subject(
      id,
      definition,
      (session) => allMetricsOf(session).find((metric) => metric.id === id)?.value ?? null,
    )
  );
}

const subject = (
  key: string,
  { unit, kind, depends, better }: Pick<MetricDefinition, 'unit' | 'kind' | 'depends' | 'better'>,
  figureOf: Subject['figureOf'],
): Subject => ({
  key,
  unit,
  kind,
  depends,
  worse: better === 'lower' ? 'more' : 'less',
  figureOf,
});

const NAMES = /MODULE|FUNCTION|MEASURE|NUMBER/g;

const shape = (words: string): RegExp =>
  new RegExp(
    `^${words.replace(NAMES, (name) => (name === 'NUMBER' ? '(\\d+(?:\\.\\d+)?)' : '(.+)'))}$`,
  );
