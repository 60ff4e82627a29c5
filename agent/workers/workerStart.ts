import type { NativeFunction } from '../page/patch.ts';
import { call } from '../page/patch.ts';
import { toJson } from '../recording/toJson.ts';

/** What an agent passes to the one that it starts in a worker. */
export interface WorkerStart {
  /** Only these two agents have it: it marks their messages among the page's. */
  secret: string;
  /** The absolute address that the page gave to the worker. */
  url: string;
  /**
   * Whether the worker was started from another address, so that the agent has to resolve relative
   * URLs.
   */
  moved: boolean;
  /** Whether no content security policy forbids `blob:`. */
  noPolicy: boolean;
}

/** The function that contains the whole script (scripts/build.mjs). */
declare const wasmscope: NativeFunction;
/** Its argument: undefined in documents. */
declare const wasmscopeStart: WorkerStart | undefined;

const toSource = Function.prototype.toString;

/** What started the agent in this worker; undefined if no agent started it. */
export const ownStart: WorkerStart | undefined = wasmscopeStart;

/** Returns a one-line statement that starts an agent in a worker. */
export const startStatement = (start: WorkerStart): string =>
  `try{(${call(toSource, wasmscope, [])})(${toJson(start)})}catch{};`;
