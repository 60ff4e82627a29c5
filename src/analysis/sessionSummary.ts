import type { Module, ModuleIndex, Request, Session } from '../session/model.ts';
import type { CalledFunction } from './calledFunctions.ts';
import { calledFunctions } from './calledFunctions.ts';
import type { ConnectionUse } from './connectionUse.ts';
import { connectionUse } from './connectionUse.ts';
import { duplicateRequests } from './duplicateRequests.ts';
import { failedRequests } from './failedRequests.ts';
import type { LoadPhase } from './loadPhases.ts';
import { loadPhases } from './loadPhases.ts';
import type { MemoryFigures } from './memoryFigures.ts';
import { memoryFigures } from './memoryFigures.ts';
import { pageRequests } from './pageRequests.ts';
import { validityOf } from './validity/validityOf.ts';
import type { ValidityWarning } from './validity/warningsOf.ts';

/** The most important facts of a session. src/text/summaryText.ts words them. */
export interface SessionSummary {
  /** URL, or the session's name if there is none. */
  page: string;
  /** ms */
  duration: number;
  realms: number;
  modules: ModuleSummary[];
  /** null: the session has no boundary functions. */
  crossings: CrossingSummary | null;
  memories: MemoryFigures[];
  requests: RequestSummary;
  failed: Request[];
  warnings: ValidityWarning[];
}

export interface ModuleSummary {
  module: Module;
  phases: LoadPhase[];
  /** How many other realms it was posted to. */
  posted: number;
}

export interface CrossingSummary {
  calls: number;
  functions: CalledFunction[];
  /** How many boundary functions were not measured. */
  unmeasured: number;
}

export interface RequestSummary {
  count: number;
  connections: ConnectionUse;
  /** How many URLs were requested more than once. */
  duplicates: number;
}

export function sessionSummary(session: Session): SessionSummary {
  const { info, duration, realms } = session;
  return {
    page: info.page || info.name,
    duration,
    realms: realms.length,
    modules: moduleSummaries(session),
    crossings: crossingSummary(session),
    memories: memoryFigures(session),
    requests: {
      count: pageRequests(session).length,
      connections: connectionUse(session),
      duplicates: duplicateRequests(session).length,
    },
    failed: failedRequests(session),
    warnings: validityOf(session).warnings,
  };
}

/** The modules that no other realm posted. */
function moduleSummaries({ modules }: Session): ModuleSummary[] {
  const postedTo = (index: ModuleIndex): number =>
    modules.filter(({ origin }) => origin === index).length;
  return modules
    .map((module, index) => ({ module, phases: loadPhases(module), posted: postedTo(index) }))
    .filter(({ module }) => module.origin === null);
}

function crossingSummary(session: Session): CrossingSummary | null {
  if (session.functions.length === 0) return null;
  const functions = calledFunctions(session);
  return {
    calls: functions.reduce((sum, { calls }) => sum + calls, 0),
    functions,
    unmeasured: session.functions.filter(({ notMeasuredReason }) => notMeasuredReason !== null)
      .length,
  };
}
