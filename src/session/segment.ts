import type { Chunk } from '../protocol/chunk.ts';

/**
 * What is stored: a chunk that passed the guards, without the protocol's envelope. A session is its info
 * and its segments; (session, realm, seq) is the key, so that storing one twice is harmless.
 */
export type Segment = Omit<Chunk, 'protocol'>;
