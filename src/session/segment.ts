import type { segmentShape } from '../protocol/chunk.ts';
import type { Infer } from '../protocol/shape.ts';

/**
 * A validated chunk without the protocol's envelope, as it is stored. A session is its info and its
 * segments. The key is (session, realm, seq), so that storing a segment twice is harmless.
 */
export interface Segment extends Infer<typeof segmentShape> {}
