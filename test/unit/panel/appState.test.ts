import { describe, expect, test } from 'vitest';
import type { AppAction, AppState } from '../../../panel/state/appState.ts';
import { INITIAL_STATE, reduceApp } from '../../../panel/state/appState.ts';
import { syntheticInfo } from '../../fixtures/synthetic.ts';

const stateAfter = (...actions: AppAction[]): AppState => actions.reduce(reduceApp, INITIAL_STATE);
const [a, b] = [syntheticInfo({ id: 'a' }), syntheticInfo({ id: 'b' })];

describe('the panel’s state', () => {
  test('opens the newest session', () => {
    expect(stateAfter({ type: 'listed', sessions: [a, b] }).selected).toBe('a');
  });

  test('a recording that starts closes the messages of earlier failures', () => {
    const failed: AppAction = { type: 'noticed', tone: 'bad', text: 'No access.' };
    expect(stateAfter(failed).notices).toHaveLength(1);
    expect(stateAfter(failed, { type: 'recorded', session: 'c' }).notices).toEqual([]);
  });

  test('keeps the open session while the list changes', () => {
    expect(
      stateAfter(
        { type: 'listed', sessions: [a, b] },
        { type: 'selected', session: 'b' },
        { type: 'listed', sessions: [a, b] },
      ).selected,
    ).toBe('b');
  });

  test('opens the next session when the open one is deleted', () => {
    expect(
      stateAfter(
        { type: 'listed', sessions: [a, b] },
        { type: 'deleted', session: a },
        { type: 'listed', sessions: [b] },
      ),
    ).toMatchObject({ selected: 'b', deleted: a });
  });

  test('opens what is being recorded before the list has it', () => {
    expect(
      stateAfter({ type: 'recorded', session: 'new' }, { type: 'listed', sessions: [a] }).selected,
    ).toBe('new');
  });

  test('a recorded session that is deleted is no longer selected', () => {
    const deleted = syntheticInfo({ id: 'new' });
    expect(
      stateAfter(
        { type: 'recorded', session: 'new' },
        { type: 'deleted', session: deleted },
        { type: 'listed', sessions: [a] },
      ).selected,
    ).toBe('a');
  });

  test('a status of the background does not select the recorded session again', () => {
    expect(
      stateAfter(
        { type: 'recorded', session: 'new' },
        { type: 'selected', session: 'a' },
        { type: 'recorded', session: 'new' },
      ).selected,
    ).toBe('a');
  });

  test('a range ends with its session', () => {
    const ranged = stateAfter(
      { type: 'listed', sessions: [a, b] },
      { type: 'ranged', range: { from: 1, to: 2 } },
    );
    expect(ranged.range).toEqual({ from: 1, to: 2 });
    expect(reduceApp(ranged, { type: 'selected', session: 'b' }).range).toBeNull();
  });

  test('the same message is shown once, until it is closed', () => {
    const action: AppAction = { type: 'noticed', tone: 'bad', text: 'no' };
    const state = stateAfter(action, action, { type: 'noticed', tone: 'bad', text: 'other' });
    expect(state.notices.map(({ text }) => text)).toEqual(['no', 'other']);
    expect(reduceApp(state, { type: 'closed', notice: 1 }).notices.map(({ text }) => text)).toEqual(
      ['other'],
    );
  });
});
