import { COMMAND, HELLO, REPORT } from '../../protocol/channel.ts';
import type { Settings } from '../../protocol/command.ts';
import type { Landmark } from './until.ts';

// The bridges of src/protocol/channel.ts for a recorder that uses CDP. A binding carries reports to
// Node.

/** The bridge's isolated world in documents, and the binding. No script of the page sees them. */
export const WORLD = 'wasmscope bridge';
export const BINDING = 'wasmscopeReport';
/** What the bridge itself reports: the page has set the landmark that ends the recording. */
export const REACHED = '{"type":"reached"}';

/** A string literal with the command that starts the agent. */
const startCommand = (settings: Settings): string =>
  JSON.stringify(JSON.stringify({ type: 'start', settings }));

/**
 * For an isolated world of every document. There `wasmscopeCommand(text)` hands over a command, and
 * returns whether an agent is listening.
 */
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
    wasmscopeCommand(${startCommand(settings)});
  });
  dispatchEvent(new MessageEvent('${HELLO}'));
  ${landmark ? landmarkObserver(landmark) : ''}
}`;

/** The isolated world shares the page's timeline, but no page script has changed its classes. */
const landmarkObserver = ({ kind, name }: Landmark): string => `new PerformanceObserver((list) => {
    if (list.getEntriesByName(${JSON.stringify(name)}, '${kind}').length > 0) ${BINDING}('${REACHED}');
  }).observe({ type: '${kind}', buffered: true });`;

/**
 * The agent and its bridge for a worker that has not run its first line; they leave nothing in its
 * global. The script's value is a function that takes commands, and returns whether an agent is
 * listening.
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
  command(${startCommand(settings)});
  return command;
})()`;

/** The same for a target of unknown kind: does nothing unless it is a shared worker. */
export const sharedWorkerOnly = (script: string): string =>
  `typeof SharedWorkerGlobalScope === 'function' && self instanceof SharedWorkerGlobalScope && ${script}`;
