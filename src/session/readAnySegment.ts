import { readSegment } from '../protocol/chunk.ts';
import type { Segment } from './segment.ts';
import { upgradeFrom } from './versions.ts';

/**
 * Reads a parsed segment of any version of the format, and upgrades it to the present one.
 * @throws ProtocolError
 */
export const readAnySegment = (value: unknown, version: number): Segment =>
  readSegment(upgradeFrom(version).segment(value));
