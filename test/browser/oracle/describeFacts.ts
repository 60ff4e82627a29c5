import { beforeAll, describe, expect, test } from 'vitest';
import type { Oracle, OracleHarness } from './openOracle.ts';

/**
 * Facts about a page, by what they state. Each runs in the page, so it uses nothing from outside.
 */
type Facts<Context> = Record<string, (page: Oracle & Comparison & Context) => unknown>;

interface Comparison {
  /** Whether two values are one and the same, of whichever types. */
  is(actual: unknown, expected: unknown): boolean;
}

interface FactsOptions<Context extends object, Given> {
  oracle: () => OracleHarness;
  /** Runs first, in the page. What it returns the facts find beside the oracle's helpers. */
  setUp: (page: Oracle, given: Given) => Context | Promise<Context>;
  /** For `setUp`: JSON. */
  given?: Given;
  /** Each comes to true, in a page without the agent and in one with it. */
  facts?: Facts<Context>;
  /**
   * Each comes to the same value, text or error, in a page without the agent and in one with it.
   */
  same?: Facts<Context>;
}

/** What the facts came to, by name, and the messages of the console. */
interface Seen {
  values: Record<string, unknown>;
  messages: string[];
}

/**
 * A test for each fact. They share one page without the agent and one with it, in which they are
 * looked at in order.
 */
export function describeFacts<Context extends object, Given = null>(
  title: string,
  { oracle, setUp, given, facts = {}, same = {} }: FactsOptions<Context, Given>,
): void {
  describe(title, () => {
    let without: Seen;
    let withAgent: Seen;

    beforeAll(async () => {
      const script = scriptOf(setUp, given ?? null, { ...facts, ...same });
      without = await look(oracle(), script, false);
      withAgent = await look(oracle(), script, true);
    });

    if (Object.keys(facts).length > 0)
      test.each(Object.keys(facts))('%s', (name) => {
        expect(without.values[name]).toBe(true);
        expect(withAgent.values[name]).toBe(true);
      });

    if (Object.keys(same).length > 0)
      test.each(Object.keys(same))('%s: as without the agent', (name) => {
        expect(withAgent.values[name]).toEqual(without.values[name]);
      });

    test('the console says the same as without the agent', () => {
      expect(withAgent.messages).toEqual(without.messages);
    });
  });
}

/** The expression that a page evaluates, as text: functions do not cross into it. */
function scriptOf(setUp: { toString(): string }, given: unknown, facts: object): string {
  const list = Object.entries(facts).map(
    ([name, fact]) => `[${JSON.stringify(name)}, ${String(fact)}]`,
  );
  return `(async () => {
    'use strict';
    const { attempt, border, bytes, imports, load, order, wasm } = globalThis;
    const helpers = { attempt, border, bytes, imports, load, order, wasm };
    const page = { ...helpers, is: Object.is, ...(await (${String(setUp)})(helpers, ${JSON.stringify(given)})) };
    const values = {};
    for (const [name, fact] of [${list.join(', ')}]) {
      try {
        values[name] = await fact(page);
      } catch (error) {
        values[name] = 'threw ' + error;
      }
    }
    return values;
  })()`;
}

async function look({ harness }: OracleHarness, script: string, agent: boolean): Promise<Seen> {
  const { page, messages, close } = await harness.open({ path: 'oracle', agent });
  try {
    const values = (await page.evaluate(script)) as Record<string, unknown>;
    return { values, messages };
  } finally {
    await close();
  }
}
