import { COMMAND, HELLO, REPORT } from '../../protocol/channel.ts';
import type { Settings } from '../../protocol/command.ts';
import type { Landmark } from './until.ts';

// The bridges of src/protocol/channel.ts for a recorder that speaks CDP. Reports go to node through a binding.

/** The isolated world of the bridge in documents, and the binding: known to no script of the page. */
export const WORLD = 'wasmscope bridge';
export const BINDING = 'wasmscopeReport';
/** Beside the agent's reports: the page came to where the recording ends. */
export const REACHED = 'reached';

const start = (settings: Settings): string =>
  JSON.stringify(JSON.stringify({ type: 'start', settings }));

/** For an isolated world of every document. There `wasmscopeCommand(text)` says whether an agent listens. */
export const documentBridge = (settings: Settings, landmark: Landmark | null): string => `{
  let agent = null;
  globalThis.wasmscopeCommand = (detail) => {
    agent?.dispatchEvent(new CustomEvent('${COMMAND}', { detail }));
    return agent !== null;
  };
  addEventListener('${HELLO}', ({ ports }) => {
    if (!ports?.[0] || agent) return;
    agent = ports[0];
    agent.addEventListener('${REPORT}', ({ detail }) => ${BINDING}(detail));
    wasmscopeCommand(${start(settings)});
  });
  dispatchEvent(new MessageEvent('${HELLO}'));
  ${landmark ? watch(landmark) : ''}
}`;

/** The isolated world has the page's timeline, and objects of its own that no page script has changed. */
const watch = ({ kind, name }: Landmark): string => `new PerformanceObserver((list) => {
    if (list.getEntriesByName(${JSON.stringify(name)}, '${kind}').length > 0) ${BINDING}('{"type":"${REACHED}"}');
  }).observe({ type: '${kind}', buffered: true });`;

/**
 * The agent and its bridge for a worker that has not run its first line; nothing of them is left in its global. The
 * value is what takes commands, and says whether an agent listens.
 */
export const workerScript = (settings: Settings, agent: string): string => `(() => {
  const report = globalThis.${BINDING};
  delete globalThis.${BINDING};
  let hear = null;
  const wasmscopeBridge = (given) => {
    hear = given;
    return report;
  };
  // Missing while a worker waits for the debugger.
  const atob = globalThis.atob ?? ((text) => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    let [bits, held, binary] = [0, 0, ''];
    for (const letter of text.replace(/=+$/, '')) {
      bits = (bits << 6) | letters.indexOf(letter);
      held += 6;
      if (held >= 8) binary += String.fromCharCode((bits >> (held -= 8)) & 255);
    }
    return binary;
  });
  {
    ${agent}
  }
  const command = (text) => {
    hear?.(text);
    return hear !== null;
  };
  command(${start(settings)});
  return command;
})()`;

/** The same where it is not known what the target is: does nothing unless it is a shared worker. */
export const sharedWorkerOnly = (script: string): string =>
  `typeof SharedWorkerGlobalScope === 'function' && self instanceof SharedWorkerGlobalScope && ${script}`;
