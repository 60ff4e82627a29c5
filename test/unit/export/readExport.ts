import type { ExportFormat, ExportSource } from '../../../src/export/exports.ts';
import { EXPORTS } from '../../../src/export/exports.ts';
import type { SessionInfo } from '../../../src/session/model.ts';
import type { Segment } from '../../../src/session/segment.ts';
import { syntheticInfo } from '../../fixtures/synthetic.ts';

/** Segments as an export reads them, as often as it wants to. */
export const sourceOf = (
  segments: readonly Segment[],
  info: Partial<SessionInfo> = {},
): ExportSource => ({
  info: syntheticInfo({ segments: segments.length, ...info }),
  async *segments() {
    yield* segments;
  },
});

export const formatOf = (id: ExportFormat['id']): ExportFormat =>
  EXPORTS.find((format) => format.id === id) as ExportFormat;

export const bytesOf = async (id: ExportFormat['id'], source: ExportSource): Promise<Uint8Array> =>
  new Uint8Array(
    await new Response(
      formatOf(id).write(source) as ReadableStream<Uint8Array<ArrayBuffer>>,
    ).arrayBuffer(),
  );

export const textOf = async (id: ExportFormat['id'], source: ExportSource): Promise<string> =>
  new TextDecoder('utf-8', { fatal: true }).decode(await bytesOf(id, source));
