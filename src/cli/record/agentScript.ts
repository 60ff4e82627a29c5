import { builtFile } from '../builtFile.ts';

/** The agent of documents, which goes into their dedicated workers by itself: so modules that are posted keep their signatures. */
export const documentAgent = (): string => builtFile('chromium/agent.js');

/** The agent alone, for shared workers. */
export const workerAgent = (): string => builtFile('agent.js');
