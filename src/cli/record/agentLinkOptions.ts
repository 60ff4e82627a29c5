import type { Settings } from '../../protocol/command.ts';
import type { Landmark } from './until.ts';

export interface AgentLinkOptions {
  /** The agent's scripts (agentScript.ts). */
  documentAgent: string;
  workerAgent: string;
  settings: Settings;
  /** Where in the page's timeline the recording ends; null if something else ends it. */
  landmark: Landmark | null;
  onChunk(text: string): void;
  /** The page has set the landmark. */
  onReached(): void;
  /** Something for the user that does not end the recording. */
  onWarning(text: string): void;
}
