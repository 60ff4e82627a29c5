import { readConfig } from '../../../src/budgets/config.ts';
import { judge } from '../../../src/budgets/judge.ts';
import type { BudgetResult } from '../../../src/budgets/result.ts';
import type { Session } from '../../../src/session/model.ts';
import {
  exactly,
  functionRow,
  moduleRow,
  nodeColumns,
  requestRow,
  segmentsOf,
  sessionFrom,
} from '../sessionBuilder.ts';

/** A page with a measure, a module, calls and requests. */
export const run = (
  change: { parse?: number; js?: number; calls?: number; bytes?: number } = {},
): Session =>
  sessionFrom(
    segmentsOf([
      {
        modules: [
          moduleRow({
            name: 'parser.wasm',
            bytes: change.bytes ?? 1000,
            requestStart: 0,
            responseStart: 10,
            responseEnd: 50,
            compileStart: 10,
            compileEnd: 60,
            instantiateStart: 60,
            instantiateEnd: 80,
          }),
        ],
        functions: [functionRow(0, 'parse'), functionRow(1, 'env.read', { kind: 'import' })],
        nodes: nodeColumns([
          { parent: 0, function: 0 },
          { parent: 1, function: 1 },
        ]),
        crossings: exactly([
          [1, 1, 30],
          [2, change.calls ?? 100, 12],
        ]),
        memories: [
          {
            id: 0,
            module: 0,
            name: 'memory',
            kind: 'defined',
            shared: false,
            address: 'i32',
            initialPages: 16,
            maximumPages: null,
            firstSeen: 80,
          },
        ],
        growths: [
          { memory: 0, time: 200, fromPages: 16, toPages: 32, node: 1, observedLate: false },
        ],
        requests: [10, 20, 300].map((end, id) =>
          requestRow({ id, url: `https://example.org/${id}`, responseEnd: end, transferSize: 100 }),
        ),
        spans: [
          {
            kind: 'measure',
            name: 'parse',
            start: 100,
            duration: change.parse ?? 20,
            value: null,
            detail: '',
          },
          {
            kind: 'measure',
            name: 'parse-js',
            start: 300,
            duration: change.js ?? 60,
            value: null,
            detail: '',
          },
          { kind: 'vital', name: 'LCP', start: 100, duration: 0, value: 900, detail: 'good' },
        ],
      },
    ]),
  );

/** The result of one budget. */
export function judged(
  budgets: object,
  runs: Session[],
  baseline: Session[] = [],
): BudgetResult | undefined {
  const { budgets: read } = readConfig({ budgets: { 'module size': null, ...budgets } });
  return judge(runs, read, baseline)[0]?.results[0];
}
