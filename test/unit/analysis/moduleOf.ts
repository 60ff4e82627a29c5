import type { ModuleRow } from '../../../src/protocol/rows.ts';
import type { Module } from '../../../src/session/model.ts';
import { moduleRow, segmentsOf, sessionFrom } from '../sessionBuilder.ts';

/** A module in a session, as this row describes it. */
export function moduleOf(change: Partial<ModuleRow>): Module {
  const [module] = sessionFrom(segmentsOf([{ modules: [moduleRow(change)] }])).modules;
  if (!module) throw new Error('The session has no module.');
  return module;
}
