import type { Settings } from '../../src/protocol/command.ts';
import type {
  FunctionRow,
  GrowthRow,
  MemoryRow,
  ModuleRow,
  RequestRow,
  SeriesName,
  SpanRow,
} from '../../src/protocol/rows.ts';
import type { Appends, Upserts } from './tables.ts';

/**
 * What the hooks of a realm record into. Buffers are bounded; what does not fit is counted as
 * dropped.
 */
export interface HookContext {
  readonly settings: Settings;
  readonly modules: Upserts<ModuleRow>;
  readonly memories: Appends<MemoryRow>;
  readonly growths: Appends<GrowthRow>;
  readonly functions: Appends<FunctionRow>;
  readonly requests: Upserts<RequestRow>;
  readonly spans: Appends<SpanRow>;
  /** Adds a point to a series, at a time in ms since the realm's time origin. */
  point(name: SeriesName, at: number, value: number): void;
  /**
   * Reports that something in the page could not be measured; each reason is listed once and
   * counted.
   */
  unmeasured(what: string, reason: string): void;
  /**
   * Runs agent code so that a failure never reaches the page; it is reported as unmeasured instead.
   */
  quietly<Result>(what: string, run: () => Result): Result | undefined;
  /** Calls back about once a second, before a chunk is cut, in a task of the agent's own. */
  onTick(run: () => void): void;
  /** Returns the URL as recorded: without query and fragment unless the user asked for them. */
  cleanUrl(url: string): string;
}
