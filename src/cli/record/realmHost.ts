import type { CDPSession } from 'puppeteer-core';
import type { AgentLinkOptions } from './agentLinkOptions.ts';
import type { AgentReports } from './agentReports.ts';
import type { RealmLink } from './realmLinks.ts';

/** What realms of all kinds share while the agent is put into them. */
export interface RealmHost extends AgentLinkOptions {
  /** The realms that the agent is in. */
  realms: Set<RealmLink>;
  /** What to do when a session ends. */
  leaving: Map<CDPSession, () => void>;
  reports: AgentReports;
}
