import type { Module } from '../session/model.ts';

export type LoadPhaseName = 'request' | 'download' | 'compile' | 'instantiate' | 'until first call';

/** Times in ms since the session's origin. */
export interface LoadPhase {
  name: LoadPhaseName;
  from: number;
  to: number;
}

/**
 * The phases of a module's load that were observed, in order. They may overlap: a streamed module
 * is compiled while it downloads.
 */
export function loadPhases(module: Module): LoadPhase[] {
  const phases: LoadPhase[] = [];
  const add = (name: LoadPhaseName, from: number | null, to: number | null): void => {
    if (from !== null && to !== null && to >= from) phases.push({ name, from, to });
  };
  add('request', module.requestStart, module.responseStart);
  add('download', module.responseStart, module.responseEnd);
  add('compile', compileStart(module), module.compileEnd);
  add('instantiate', module.instantiateStart ?? module.compileEnd, module.instantiateEnd);
  add('until first call', module.instantiateEnd, module.firstCall);
  return phases;
}

/** A streamed module is compiled from its first byte on. */
const compileStart = ({ streamed, compileStart: start, responseStart }: Module): number | null =>
  streamed && start !== null ? Math.max(start, responseStart ?? start) : start;
