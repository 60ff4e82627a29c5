import type { Module } from '../session/model.ts';

/** Whether the page got a usable module, as far as was observed. */
export const wasLoaded = ({
  error,
  notStreamedReason,
  compileEnd,
  instances,
  method,
}: Module): boolean =>
  error === null &&
  notStreamedReason !== 'failed' &&
  (compileEnd !== null || instances > 0 || method === 'received');
