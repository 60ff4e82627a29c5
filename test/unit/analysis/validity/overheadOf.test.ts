import { expect, test } from 'vitest';
import { overheadOf } from '../../../../src/analysis/validity/overheadOf.ts';
import { realmInfo, segmentsOf, sessionFrom } from '../../sessionBuilder.ts';

test('overhead is a share of the time of all threads in which the agent ran', () => {
  const overhead = { crossings: 0, hooks: 50, handover: 50 };
  const worker = segmentsOf(
    [{ info: realmInfo({ kind: 'worker', timeOrigin: 1000 }), overhead }],
    'worker',
  );
  const frame = segmentsOf([{ info: realmInfo({ kind: 'frame' }) }], 'frame');
  const session = sessionFrom([...segmentsOf([{ overhead }]), ...frame, ...worker]);
  expect(overheadOf(session)).toEqual({ time: 200, share: 0.1 });
});
