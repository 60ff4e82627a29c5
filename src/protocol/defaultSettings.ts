import type { Settings } from './command.ts';

/** What an agent records unless a command changes it. */
export const DEFAULT_SETTINGS: Settings = {
  crossings: true,
  network: true,
  page: true,
  keepQuery: false,
  copies: false,
  isolated: false,
};
