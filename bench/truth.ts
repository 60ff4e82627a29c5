import { ISOLATED } from '../scripts/serve.mjs';
import { crossingTable } from '../src/analysis/crossingTable.ts';
import type { Session } from '../src/session/model.ts';
import type { Estimate } from '../src/statistics/estimate.ts';
import { halfWidth } from '../src/statistics/estimate.ts';
import type { Harness } from '../test/browser/harness.ts';
import { agentScript, openHarness } from '../test/browser/harness.ts';
import type { Row } from './report.ts';
import { figure, trimmedMean } from './statistics.ts';
import type { Measured, Scenario } from './truthPage.ts';
import { DEPTH, truthPage, UNSEEN } from './truthPage.ts';

// Whether the times that a session shows are true: recordings of pages whose callees burn known
// times.
//
// The truth is the page's own, in bulk: how long batches of calls took as a whole, less what the
// same work takes longer through the border, by batches of both in turn. Where a call takes so long
// that the page's own code is out of the processor's caches when it returns, the callee reads the
// clock itself. Of functions that call each other the parts are known by what each burns; what
// passing the border takes, by batches that burn nothing, may fall to either. Each recording begins
// with a round that warms up the code and is left out on both sides.

const RECORDINGS = 100;
/**
 * ms that a scenario has in one recording, and in one of its slices: a finer clock allows shorter
 * ones.
 */
const TIME = 24;
const SLICE = { fine: 1, coarse: 4 };
/** How well the truth itself is known, as a share of it. */
const KNOWN = 0.004;
/** ms that a function has in the recordings that show the width. */
const SECOND = 1000;

const timeOf = (time: number): string => (time < 1000 ? `${time} µs` : `${time / 1000} ms`);
const flat = (kind: 'export' | 'import' | 'clocked', time: number): Scenario => ({
  kind,
  name: `${{ export: 'JS→wasm', import: 'wasm→JS', clocked: 'JS→wasm→JS' }[kind]}, ${timeOf(time)}`,
  shortest: time,
  longest: time,
});

const SCENARIOS: Scenario[] = [
  ...[0.2, 1, 5, 20].map((time) => flat('export', time)),
  ...[0.2, 2, 20].map((time) => flat('import', time)),
  ...[1000, 5000].map((time) => flat('clocked', time)),
  { kind: 'export', name: 'mixed, 0.2 to 20 µs', shortest: 0.2, longest: 20 },
  { kind: 'clocked', name: 'mixed, 0.2 µs to 5 ms', shortest: 0.2, longest: 5000 },
  { kind: 'nested', name: 'nested and re-entrant both ways, 3 × 5 µs', shortest: 5, longest: 5 },
  { kind: 'recursive', name: 'recursive, 5 × 2 µs', shortest: 2, longest: 2 },
];
const LONG = [0.2, 2, 20, 2000].map((time) => flat('export', time));

/** One true time, ms, and the estimate of it. */
interface Check {
  what: string;
  /** The truth lies from here … */
  least: number;
  /** … to here: the same, but for parts of calls that nest. */
  most: number;
  estimate: Estimate;
}

interface Recording {
  measured: Measured[];
  /** Self and total of the measured stretch, by function. */
  figures: Map<string, { self: Estimate; total: Estimate }>;
}

export async function benchTruth(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const isolated of [true, false]) {
    const harness = await openHarness(isolated ? { headers: { '/': ISOLATED } } : {});
    const clock = isolated ? '5 µs clock (isolated)' : '100 µs clock';
    try {
      rows.push(
        ...(await coverage(harness, clock, isolated ? SLICE.fine : SLICE.coarse)),
        ...(await widths(harness, clock)),
      );
    } finally {
      await harness.close();
    }
  }
  return rows;
}

async function record(
  harness: Harness,
  scenarios: readonly Scenario[],
  slice: number,
  slices: number,
): Promise<Recording> {
  const opened = await harness.open({ agent: `${UNSEEN}\n${agentScript()}`, bridge: true });
  await opened.page.evaluate(
    `${truthPage(scenarios, slice)}; prepare(); measure(1).then(() => {})`,
  );
  const warm = await opened.chunks();
  const from = warm.at(-1)?.to ?? 0;
  const measured = (await opened.page.evaluate(`measure(${slices})`)) as Measured[];
  const session = await opened.session();
  await opened.close();
  return { measured, figures: figuresFrom(session, from) };
}

function figuresFrom(session: Session, from: number): Recording['figures'] {
  const offset = session.realms[0]?.offset ?? 0;
  return new Map(
    crossingTable(session, { from: from + offset, to: Infinity }).map((row) => [
      session.functions[row.function]?.name ?? '',
      row,
    ]),
  );
}

/** The truths of one recording's scenario beside its estimates. */
function checksOf({ measured, figures }: Recording, { kind }: Scenario, at: number): Check[] {
  const { calls, turns, seen, unseen, turn, empty, clocked } = measured[at] as Measured;
  const longer =
    unseen.length > 0
      ? trimmedMean(seen.map((time, slice) => time - (unseen[slice] as number)))
      : 0;
  // What else the machine did during a batch stays in its truth.
  const whole = seen.reduce((sum, time) => sum + time - longer, 0);
  // As a share of the same work unseen: what else the machine did met all parts alike.
  const burnt =
    empty.length === 0
      ? [0]
      : turn.map((bulk) => (whole * calls * turns * trimmedMean(bulk)) / trimmedMean(unseen));
  const [leastBurnt, mostBurnt] = [Math.min(...burnt), Math.max(...burnt)];
  const passing = empty.length > 0 ? (whole * trimmedMean(empty) * calls) / trimmedMean(unseen) : 0;
  const figureOf = (name: string) =>
    figures.get(name) ?? { self: { value: 0, error: 0 }, total: { value: 0, error: 0 } };
  const check = (name: string, part: 'self' | 'total', least: number, most = least): Check => ({
    what: `${part} of ${name}`,
    least,
    most,
    estimate: figureOf(name)[part],
  });
  /** What so many parts burn, and what of passing the border may be theirs. */
  const burning = (name: string, part: 'self' | 'total', parts: number) =>
    check(name, part, parts * leastBurnt, parts * mostBurnt + passing);
  const without = (name: string, part: 'self' | 'total', parts: number) =>
    check(name, part, whole - parts * mostBurnt - passing, whole - parts * leastBurnt);
  switch (kind) {
    case 'export':
      return [check(`e${at}`, 'total', whole)];
    case 'import':
      return [check(`env.i${at}`, 'total', whole)];
    case 'clocked':
      return [check(`through${at}`, 'total', clocked), check(`env.i${at}`, 'total', clocked)];
    case 'nested':
      return [
        check('outer', 'total', whole),
        burning('outer', 'self', 1),
        without('env.mid', 'total', 1),
        without('env.mid', 'self', 2),
        burning('inner', 'total', 1),
      ];
    case 'recursive':
      return [
        check('recurse', 'total', whole),
        burning('recurse', 'self', DEPTH + 1),
        without('env.again', 'total', 1),
      ];
    default:
      return kind satisfies never;
  }
}

async function coverage(harness: Harness, clock: string, slice: number): Promise<Row[]> {
  const recordings: Recording[] = [];
  for (let number = 0; number < RECORDINGS; number++)
    recordings.push(await record(harness, SCENARIOS, slice, TIME / slice));
  const shares = new Map<string, boolean[]>();
  const errors = new Map<string, number[]>();
  SCENARIOS.forEach((scenario, at) => {
    for (const recording of recordings) {
      const checks = checksOf(recording, scenario, at);
      for (const { what, least, most, estimate } of checks) {
        const name = checks.length > 1 ? `${scenario.name}: ${what}` : scenario.name;
        const truth = Math.min(Math.max(estimate.value, least), most);
        const held = Math.abs(estimate.value - truth) <= halfWidth(estimate) + KNOWN * truth;
        shares.set(name, [...(shares.get(name) ?? []), held]);
        errors.set(name, [...(errors.get(name) ?? []), (100 * (estimate.value - truth)) / truth]);
      }
    }
  });
  const group = `Of ${RECORDINGS} recordings, those whose 95 % interval holds the truth (itself known to ${100 * KNOWN} %), ${clock}`;
  return [...shares].map(([what, held]) => {
    const error = figure(errors.get(what) ?? []);
    return {
      group,
      what: `${what} (off by ${error.median.toFixed(1)} %, ${error.low.toFixed(1)} to ${error.high.toFixed(1)})`,
      unit: '%',
      least: 93,
      figure: share(held),
    };
  });
}

/** A share in %, with its 95 % interval (Wilson 1927). */
function share(held: readonly boolean[]): Row['figure'] {
  const n = held.length;
  const p = held.filter(Boolean).length / n;
  const z = 1.96;
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return {
    median: 100 * p,
    low: 100 * (middle - half),
    high: 100 * Math.min(middle + half, 1),
    samples: n,
  };
}

/** Half-width of the interval of functions that had a second of total time. */
async function widths(harness: Harness, clock: string): Promise<Row[]> {
  const recordings: Recording[] = [];
  for (let round = 0; round < 3; round++)
    recordings.push(await record(harness, LONG, SECOND / 50, 50));
  return LONG.map(({ name }, at) => ({
    group: `Half the 95 % interval of a function with a second of total time, ${clock}`,
    what: name,
    unit: '% of it',
    limit: 5,
    figure: figure(
      recordings.map(({ figures }) => {
        const total = figures.get(`e${at}`)?.total ?? { value: Number.NaN, error: Number.NaN };
        return (100 * halfWidth(total)) / total.value;
      }),
    ),
  }));
}
