import type { segmentShape } from '../protocol/chunk.ts';
import type { Infer } from '../protocol/shape.ts';

/**
 * What is stored: a chunk that was checked, without the protocol's envelope. A session is its info
 * and its segments; (session, realm, seq) is the key, so that storing one twice is harmless.
 */
export interface Segment extends Infer<typeof segmentShape> {}
