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

/** What the hooks of a realm record into. Buffers are bounded; what does not fit is counted as dropped. */
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
  /** Something of the page could not be measured; said once a reason and counted. */
  unmeasured(what: string, reason: string): void;
  /** Runs the agent's own code so that its failure never reaches the page: it is told as unmeasured. */
  quietly<Result>(what: string, run: () => Result): Result | undefined;
  /** Called about once a second, before a chunk is cut, in a task of the agent's own. */
  onTick(run: () => void): void;
  /** As URLs are kept: without query and fragment unless the user asked for them. */
  cleanUrl(url: string): string;
}
