import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BrowserEffect, TabEvent } from '../../../src/extension/tabEvents.ts';
import { savedActivity } from '../../../src/extension/tabState.ts';
import { DEFAULT_SETTINGS } from '../../../src/protocol/defaultSettings.ts';
import { FakeBrowser } from './fakeBrowser.ts';
import { newSession, request, storingFailed } from './recordingEvents.ts';

// Whatever happens in whichever order, at whichever effect the background is killed.

const TABS = [1, 2, 3];

type Step =
  | { do: 'dispatch'; tab: number; event: (session: string) => TabEvent }
  | { do: 'end effect'; index: number; outcome: 'succeeds' | 'fails' }
  | { do: 'kill' };

const isolated = fc.boolean().map((value) => ({ ...DEFAULT_SETTINGS, isolated: value }));
const requests = fc
  .record({ settings: isolated, mode: fc.constantFrom('reload' as const, 'attach' as const) })
  .map(request);

const events: fc.Arbitrary<(session: string) => TabEvent> = fc.oneof(
  { weight: 4, arbitrary: requests.map((asked) => recordEvent(asked)) },
  {
    weight: 2,
    arbitrary: requests.map((asked) => always({ type: 'arm requested', request: asked })),
  },
  fc.constant(always({ type: 'disarm requested' })),
  { weight: 2, arbitrary: fc.constant(always({ type: 'stop requested' })) },
  fc.constant(always({ type: 'devtools opened' })),
  fc.constant(
    (session: string): TabEvent => ({
      type: 'devtools closed',
      newSession: newSession(session),
    }),
  ),
  fc.constant(always({ type: 'tab closed' })),
  fc.constant(always(storingFailed)),
  fc.constant(always({ type: 'window failed', message: 'No window.' })),
);

function recordEvent(asked: ReturnType<typeof request>): (session: string) => TabEvent {
  return (session) => ({
    type: 'record requested',
    request: asked,
    newSession: newSession(session),
  });
}

function always(event: TabEvent): () => TabEvent {
  return () => event;
}

const dispatches: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('dispatch' as const),
  tab: fc.constantFrom(...TABS),
  event: events,
});
const successes: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('end effect' as const),
  index: fc.nat(5),
  outcome: fc.constant('succeeds' as const),
});
const failures: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('end effect' as const),
  index: fc.nat(5),
  outcome: fc.constant('fails' as const),
});
const kills: fc.Arbitrary<Step> = fc.constant({ do: 'kill' });

const stepsWithKills = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: dispatches },
    { weight: 8, arbitrary: successes },
    { weight: 1, arbitrary: kills },
  ),
  { maxLength: 80 },
);
const stepsWithFailures = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: dispatches },
    { weight: 8, arbitrary: successes },
    { weight: 2, arbitrary: failures },
    { weight: 1, arbitrary: kills },
  ),
  { maxLength: 80 },
);

/** Effects that only a start has. Where those that undo it fail too, nothing can be promised. */
const MAY_FAIL: ReadonlySet<BrowserEffect['type']> = new Set([
  'check access',
  'create session',
  'isolate',
  'reload',
  'inject scripts',
  'note mixed devtools',
]);

/** Takes the steps in a new browser. `check` is called after each. */
async function take(
  steps: readonly Step[],
  check: (browser: FakeBrowser, step: Step) => void = () => {},
): Promise<FakeBrowser> {
  const browser = new FakeBrowser();
  let sessions = 0;
  for (const step of steps) {
    if (step.do === 'dispatch') {
      sessions += 1;
      browser.tabs.dispatch(step.tab, step.event(`session ${sessions}`));
    } else if (step.do === 'kill') {
      browser.killBackground();
    } else {
      const effect = browser.pending[step.index % Math.max(1, browser.pending.length)]?.effect;
      const fails = step.outcome === 'fails' && effect && MAY_FAIL.has(effect.type);
      await browser.endEffect(step.index, fails ? 'fails' : 'succeeds');
    }
    check(browser, step);
  }
  return browser;
}

/** Lets everything under way end, then stops what still records. */
async function stopAll(browser: FakeBrowser): Promise<void> {
  await browser.settle();
  for (const tab of TABS) {
    browser.tabs.dispatch(tab, { type: 'disarm requested' });
    browser.tabs.dispatch(tab, { type: 'stop requested' });
  }
  await browser.settle();
}

test('a tab never has two sessions that are recording', async () => {
  await fc.assert(
    fc.asyncProperty(stepsWithFailures, async (steps) => {
      const check = (browser: FakeBrowser): void => {
        for (const tab of TABS)
          expect(browser.recordingSessions(tab).length).toBeLessThanOrEqual(1);
      };
      const browser = await take(steps, check);
      await browser.settle();
      check(browser);
    }),
  );
});

test('pages record to no session but the one that is recording in their tab', async () => {
  await fc.assert(
    fc.asyncProperty(stepsWithFailures, async (steps) => {
      const browser = await take(steps);
      await browser.settle();
      for (const tab of TABS) {
        const session = browser.activeSession(tab);
        expect(browser.recordingSessions(tab)).toEqual(session === null ? [] : [session]);
      }
    }),
  );
});

test('after Stop no tab is isolated', async () => {
  await fc.assert(
    fc.asyncProperty(stepsWithFailures, async (steps) => {
      const browser = await take(steps);
      await stopAll(browser);
      expect([...browser.isolated]).toEqual([]);
    }),
  );
});

test('after Stop no script is registered', async () => {
  await fc.assert(
    fc.asyncProperty(stepsWithFailures, async (steps) => {
      const browser = await take(steps);
      await stopAll(browser);
      expect(browser.sites).toEqual([]);
    }),
  );
});

test('after Stop every session is closed, and nothing is saved', async () => {
  await fc.assert(
    fc.asyncProperty(stepsWithFailures, async (steps) => {
      const browser = await take(steps);
      await stopAll(browser);
      for (const tab of TABS) expect(browser.recordingSessions(tab)).toEqual([]);
      expect([...browser.saved]).toEqual([]);
    }),
  );
});

test('a killed background goes on from what was saved', async () => {
  await fc.assert(
    fc.asyncProperty(stepsWithKills, async (steps) => {
      await take(steps, (browser, step) => {
        if (step.do !== 'kill') return;
        for (const tab of TABS)
          expect(savedActivity(browser.tabs.stateOf(tab).activity)).toEqual(
            browser.saved.get(tab) ?? null,
          );
      });
    }),
  );
});

test('a tab is only isolated while its recording starts, runs or stops', async () => {
  await fc.assert(
    fc.asyncProperty(stepsWithKills, async (steps) => {
      const browser = await take(steps);
      await browser.settle();
      const recorded = TABS.filter((tab) => browser.activeSession(tab) !== null);
      expect(recorded).toEqual(expect.arrayContaining([...browser.isolated]));
    }),
  );
});

test('nothing starts or stops for ever', async () => {
  await fc.assert(
    fc.asyncProperty(stepsWithFailures, async (steps) => {
      const browser = await take(steps);
      await browser.settle();
      for (const tab of TABS)
        expect(['idle', 'armed', 'recording', 'failed']).toContain(
          browser.tabs.stateOf(tab).activity.kind,
        );
    }),
  );
});
