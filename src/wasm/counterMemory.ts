import { MEMORY } from './head.ts';

const UNSHARED = 1;
const SHARED = 3;

/**
 * Flags of the counter memory's type. Where threads may share memory, the counter memory is shared,
 * so that another thread can read the counts of one that is blocked forever. Plain loads and stores
 * cost the same either way.
 */
export const COUNTER_FLAGS = globalThis.crossOriginIsolated ? SHARED : UNSHARED;
export const isShared: boolean = COUNTER_FLAGS === SHARED;
/** Room for two million functions in addition to a full tree (counterLayout.ts). */
export const MAX_PAGES = 4096;

/** The type under which every module of the agent imports the memory; its maximum is in LEB128. */
export const counterMemory = (flags: number): number[] => [MEMORY, flags, 0, 0x80, MAX_PAGES >> 7];
