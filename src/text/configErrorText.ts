import type { ConfigError, ConfigProblem } from '../budgets/configError.ts';
import type { Unit } from '../metrics/unit.ts';
import { didYouMean } from './didYouMean.ts';

/** What is wrong in a configuration, and what is expected there. */
export const configErrorText = ({ path, problem }: ConfigError): string =>
  `${path} ${problemText(problem)}`;

function problemText(problem: ConfigProblem): string {
  switch (problem.code) {
    case 'unknown setting':
    case 'unknown limit':
      return `is unknown${didYouMean(problem.name, problem.expected)}. Expected ${LIST.format(problem.expected)}.`;
    case 'unknown subject':
      return `is unknown${nearestSubject(problem.name, problem.expected)}. Budgets can limit ${problem.expected.join(', ')}.`;
    case 'not an object':
      return `is ${JSON.stringify(problem.value)}. Expected an object.`;
    case 'not paths':
      return `is ${JSON.stringify(problem.value)}. Expected a session file, a folder, or a list of them.`;
    case 'not a quantity':
      return `is ${JSON.stringify(problem.value)}. Expected ${EXAMPLES[problem.unit]}.`;
    case 'not a whole number':
      return `is ${JSON.stringify(problem.value)}. Expected a whole number.`;
    case 'not an increase':
      return `is ${JSON.stringify(problem.value)}. Expected a share such as "5 %" or ${EXAMPLES[problem.unit]}.`;
    case 'no limit':
      return 'is empty. Expected max, min or increase.';
    case 'min above max':
      return 'has a min above its max, so nothing can meet both.';
    default:
      return problem satisfies never;
  }
}

const LIST = new Intl.ListFormat('en-GB', { type: 'disjunction' });

const EXAMPLES: Record<Unit, string> = {
  bytes: 'a size such as "5 MB"',
  ms: 'a time such as "800 ms"',
  ns: 'a time such as "200 ns"',
  pages: 'a number of pages such as 16',
  count: 'a number such as 40',
  'per second': 'a rate such as "60/s"',
  factor: 'a factor such as 2',
  share: 'a share such as "5 %"',
  score: 'a number such as 0.1',
};

/** Suggests the subject with a similar spelling, or else one that begins alike. */
function nearestSubject(name: string, subjects: readonly string[]): string {
  const similar = didYouMean(name, subjects);
  if (similar !== '') return similar;
  const near = subjects.find(
    (words) => words.split(' ')[0] === name.split(' ')[0] || words.startsWith(name.slice(0, 4)),
  );
  return near === undefined ? '' : ` (did you mean "${near}"?)`;
}
