import { builtFile } from '../builtFile.ts';

/**
 * The agent for documents. It also enters their dedicated workers, so that modules posted to them
 * keep their signatures.
 */
export const documentAgent = (): string =>
  `${builtFile('chromium/agent.js')}\n${builtFile('chromium/vitals.js')}`;

/** The agent alone, for shared workers. */
export const workerAgent = (): string => builtFile('agent.js');
