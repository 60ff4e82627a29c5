import type { TierProbeRow } from '../../../../src/protocol/rows.ts';
import type { Session } from '../../../../src/session/model.ts';
import { moduleRow, segmentsOf, sessionFrom } from '../../sessionBuilder.ts';

/** A session in which the tier probe took these times, ms. */
export const sessionWithProbes = (
  ...probes: readonly (readonly [wasm: number, js: number])[]
): Session =>
  sessionFrom(
    segmentsOf(
      probes.map(([wasm, js], at) => ({
        modules: [moduleRow()],
        tierProbes: [{ time: at, wasm, js }] satisfies TierProbeRow[],
      })),
    ),
  );
