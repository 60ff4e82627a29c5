import { MEMORY } from './head.ts';

const UNSHARED = 1;
const SHARED = 3;

/**
 * Flags of the counter memory's type: where threads may share any memory, another can read the counts of one that waits
 * for good. Plain loads and stores are the same for both.
 */
export const COUNTER_FLAGS = globalThis.crossOriginIsolated ? SHARED : UNSHARED;
export const isShared: boolean = COUNTER_FLAGS === SHARED;
/** Room for two million functions beyond a full tree (counterLayout.ts). */
export const MAX_PAGES = 4096;

/** The type under which every module of the agent imports it; its maximum in LEB128. */
export const counterMemory = (flags: number): number[] => [MEMORY, flags, 0, 0x80, MAX_PAGES >> 7];
