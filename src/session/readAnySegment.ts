import { readSegment } from '../protocol/chunk.ts';
import type { Segment } from './segment.ts';
import { upgradeFrom } from './versions.ts';

/**
 * A parsed segment of this version of the format or an older one, as one of this version.
 * @throws ProtocolError
 */
export const readAnySegment = (value: unknown, version: number): Segment =>
  readSegment(upgradeFrom(version).segment(value));
