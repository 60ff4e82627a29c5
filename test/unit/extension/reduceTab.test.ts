import { describe, expect, test } from 'vitest';
import { activeRecording, statusOf } from '../../../src/extension/tabState.ts';
import { DEFAULT_SETTINGS } from '../../../src/protocol/defaultSettings.ts';
import {
  armRequested,
  devtoolsClosed,
  devtoolsOpened,
  effectFailed,
  effectsAfter,
  kindAfter,
  newSession,
  recordingStarted,
  recordRequested,
  request,
  SITE,
  sessionClosed,
  stateAfter,
  stopRequested,
  storingFailed,
} from './recordingEvents.ts';

const recording = [recordRequested(), recordingStarted];

describe('starting', () => {
  test('saves the state before anything else, and reloads the page last', () => {
    expect(effectsAfter(recordRequested())).toEqual([
      'save',
      'check access',
      'create session',
      'register scripts',
      'reload',
      'report',
    ]);
  });

  test('isolates the tab before the reload if that is asked for', () => {
    const settings = { ...DEFAULT_SETTINGS, isolated: true };
    expect(effectsAfter(recordRequested({ settings })).slice(-3)).toEqual([
      'isolate',
      'reload',
      'report',
    ]);
  });

  test('without reloading injects the scripts, and never isolates', () => {
    const settings = { ...DEFAULT_SETTINGS, isolated: true };
    expect(effectsAfter(recordRequested({ mode: 'attach', settings })).slice(-3)).toEqual([
      'register scripts',
      'inject scripts',
      'report',
    ]);
  });

  test('keeps the address without query and fragment', () => {
    expect(activeRecording(stateAfter(recordRequested()).state)).toMatchObject({
      page: 'https://example.org/page',
      site: SITE,
    });
  });

  test('keeps query and fragment if that is asked for', () => {
    const settings = { ...DEFAULT_SETTINGS, keepQuery: true };
    expect(activeRecording(stateAfter(recordRequested({ settings })).state)?.page).toBe(
      request().url,
    );
  });

  test('becomes a recording once all its effects are done', () => {
    expect(statusOf(stateAfter(...recording).state)).toEqual({
      state: 'recording',
      session: 'session',
      since: 1000,
      mode: 'reload',
    });
  });

  test('is undone when an effect fails, and the message says why', () => {
    const { state, effects } = stateAfter(recordRequested(), effectFailed('No access.'));
    expect(statusOf(state)).toEqual({
      state: 'failed',
      session: null,
      message: 'Recording could not start: No access.',
    });
    expect(effects.map(({ type }) => type)).toEqual([
      'save',
      'end isolation',
      'register scripts',
      'discard session',
    ]);
  });

  test('is not disturbed by an effect that failed for an earlier session', () => {
    expect(kindAfter(recordRequested(), effectFailed('Too late.', 'earlier'))).toBe('starting');
  });

  test('ends as soon as it has started when Stop comes before', () => {
    expect(kindAfter(recordRequested(), stopRequested)).toBe('starting');
    expect(kindAfter(recordRequested(), stopRequested, recordingStarted)).toBe('stopping');
  });

  test('works again after a failure', () => {
    expect(kindAfter(recordRequested(), effectFailed(), recordRequested())).toBe('starting');
  });
});

describe('a recording', () => {
  test('is not started twice', () => {
    const second = { ...recordRequested(), newSession: newSession('second') };
    expect(stateAfter(...recording, second)).toEqual({
      state: stateAfter(...recording).state,
      effects: [],
    });
  });

  test.each([
    ['Stop', stopRequested],
    ['the closing of its tab', { type: 'tab closed' } as const],
  ])('ends with %s: the browser is as before, then the last chunks are awaited', (_, event) => {
    expect(effectsAfter(...recording, event)).toEqual([
      'save',
      'end isolation',
      'register scripts',
      'stop pages',
      'wait for last chunks',
      'close session',
      'report',
    ]);
  });

  test('is idle once its session is closed', () => {
    expect(kindAfter(...recording, stopRequested, sessionClosed)).toBe('idle');
  });

  test('is cut short when a chunk cannot be stored, and what was stored is kept', () => {
    const { state, effects } = stateAfter(...recording, storingFailed);
    expect(state.activity.kind).toBe('stopping');
    expect(effects).toContainEqual({
      type: 'close session',
      session: 'session',
      ending: { state: 'cut', reason: 'The disk is full.' },
    });
  });

  test('that was cut short says why, and which session has what was stored', () => {
    expect(statusOf(stateAfter(...recording, storingFailed, sessionClosed).state)).toEqual({
      state: 'failed',
      message: 'The disk is full.',
      session: 'session',
    });
  });

  test('whose stop fails is undone as far as possible', () => {
    const { state, effects } = stateAfter(...recording, storingFailed, effectFailed('Nor this.'));
    expect(statusOf(state)).toMatchObject({ message: 'The disk is full. (Nor this.)' });
    expect(effects.map(({ type }) => type)).toEqual([
      'save',
      'end isolation',
      'register scripts',
      'close session',
    ]);
  });

  test('cannot be armed', () => {
    expect(kindAfter(...recording, armRequested)).toBe('recording');
  });
});

describe('an armed tab', () => {
  test('is recorded from a reload on once DevTools are closed', () => {
    const { state, effects } = stateAfter(devtoolsOpened, armRequested, devtoolsClosed);
    expect(activeRecording(state)).toMatchObject({ untilDevtools: true, devtools: 'closed' });
    expect(effects).toContainEqual({ type: 'reload' });
  });

  test('is recorded until DevTools are opened again', () => {
    const armed = [devtoolsOpened, armRequested, devtoolsClosed, recordingStarted];
    expect(kindAfter(...armed)).toBe('recording');
    expect(kindAfter(...armed, devtoolsOpened)).toBe('stopping');
  });

  test('waits no longer when it is disarmed', () => {
    const disarmed = [devtoolsOpened, armRequested, { type: 'disarm requested' } as const];
    expect(kindAfter(...disarmed)).toBe('idle');
    expect(kindAfter(...disarmed, devtoolsClosed)).toBe('idle');
  });

  test('waits no longer when it is closed', () => {
    expect(kindAfter(armRequested, { type: 'tab closed' })).toBe('idle');
  });
});

describe('DevTools', () => {
  test('that are open at the start are noted in the recording', () => {
    const { state } = stateAfter(devtoolsOpened, recordRequested());
    expect(activeRecording(state)?.devtools).toBe('open');
  });

  test.each([
    ['opened', [...recording, devtoolsOpened]],
    ['closed', [devtoolsOpened, ...recording, devtoolsClosed]],
  ])('that are %s during a recording are noted once', (_, events) => {
    const { state, effects } = stateAfter(...events);
    expect(activeRecording(state)?.devtools).toBe('mixed');
    expect(effects).toEqual([
      { type: 'save' },
      { type: 'note mixed devtools', session: 'session' },
    ]);
    expect(effectsAfter(...events, devtoolsClosed, devtoolsOpened)).toEqual([]);
  });
});

describe('a background that was killed', () => {
  test.each([
    ['starts', [recordRequested()]],
    ['stops', [...recording, stopRequested]],
  ])('%s again what it had not finished', (_, events) => {
    const [, ...effects] = effectsAfter(...events);
    expect(effectsAfter(...events, { type: 'background restarted' })).toEqual(effects);
  });

  test.each([
    ['a recording', recording],
    ['an armed tab', [armRequested]],
  ])('leaves %s as it is', (_, events) => {
    expect(stateAfter(...events, { type: 'background restarted' })).toEqual({
      state: stateAfter(...events).state,
      effects: [],
    });
  });
});

test('a window that cannot be opened is reported, unless the tab is being recorded', () => {
  const windowFailed = { type: 'window failed', message: 'No window.' } as const;
  expect(statusOf(stateAfter(windowFailed).state)).toMatchObject({ message: 'No window.' });
  expect(kindAfter(...recording, windowFailed)).toBe('recording');
});
