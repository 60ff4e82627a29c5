import { readReport } from '../../protocol/command.ts';
import { ProtocolError } from '../../protocol/shape.ts';
import { reportRejected } from '../../text/cliMessages.ts';
import type { AgentLinkOptions } from './agentLinkOptions.ts';
import { REACHED } from './bridgeScripts.ts';
import type { RealmLink } from './realmLinks.ts';
import { withWindows } from './withWindows.ts';

/** Reads what the agents and their bridges report. */
export interface AgentReports {
  /**
   * @param payload as the binding was called with it
   * @param realm the realm that called it, if it is still there
   */
  receive(payload: string, realm: RealmLink | undefined): void;
  /** The page opened a window, which the next chunk lists as not measured. */
  addWindow(): void;
}

export function createAgentReports({
  onChunk,
  onReached,
  onWarning,
}: Pick<AgentLinkOptions, 'onChunk' | 'onReached' | 'onWarning'>): AgentReports {
  let windows = 0;

  function receiveReport(payload: string, realm: RealmLink | undefined): void {
    const report = readReport(payload);
    if (report.type === 'stopped') {
      realm?.end();
      return;
    }
    if (realm) realm.chunks++;
    onChunk(windows > 0 ? withWindows(report.chunk, windows) : report.chunk);
    windows = 0;
  }

  return {
    addWindow: () => {
      windows++;
    },
    receive(payload, realm) {
      if (payload === REACHED) {
        onReached();
        return;
      }
      try {
        receiveReport(payload, realm);
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        onWarning(reportRejected(error.message));
      }
    },
  };
}
