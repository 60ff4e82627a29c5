import type { Settings } from './command.ts';

/** What an agent records unless it is told otherwise. */
export const DEFAULT_SETTINGS: Settings = {
  crossings: true,
  network: true,
  page: true,
  keepQuery: false,
  copies: false,
  isolated: false,
};
