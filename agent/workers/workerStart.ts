import type { NativeFunction } from '../page/patch.ts';
import { call } from '../page/patch.ts';
import { toJson } from '../recording/toJson.ts';

/** What an agent tells the one that it sends ahead into a worker. */
export interface WorkerStart {
  /** Known to these two agents only: marks their messages among the page's. */
  secret: string;
  /** What the worker is to take for its address, absolute. */
  url: string;
  /** Whether the worker was started from another address, so that relative URLs have to be resolved by the agent. */
  moved: boolean;
  /** No content security policy forbids `blob:`. */
  free: boolean;
}

/** The function that the whole script is (scripts/build.mjs). */
declare const wasmscope: NativeFunction;
/** Its argument: undefined in documents. */
declare const wasmscopeStart: WorkerStart | undefined;

const toSource = Function.prototype.toString;

export const given: WorkerStart | undefined = wasmscopeStart;

/** A statement in one line that starts an agent in a worker. */
export const startText = (start: WorkerStart): string =>
  `try{(${call(toSource, wasmscope, [])})(${toJson(start)})}catch{};`;
