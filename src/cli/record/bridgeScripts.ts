import { COMMAND, HELLO, REPORT } from '../../protocol/channel.ts';
import type { Settings } from '../../protocol/command.ts';
import type { Landmark } from './until.ts';

// The bridges of src/protocol/channel.ts for a recorder that speaks CDP. Reports go to node through a binding.

/** The isolated world of the bridge in documents, and the binding: known to no script of the page. */
export const WORLD = 'wasmscope bridge';
export const BINDING = 'wasmscopeReport';
/** Beside the agent's reports: the page came to where the recording ends. */
export const REACHED = 'reached';

const start = (settings: Settings): string => JSON.stringify(JSON.stringify({ type: 'start', settings }));

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
 * For a worker that has not run its first line: it has one world, so that nothing may be left in it. Its value is
 * what takes commands, and says whether an agent listens.
 */
export const workerBridge = (settings: Settings): string => `(() => {
  const report = globalThis.${BINDING};
  delete globalThis.${BINDING};
  const { apply } = Reflect;
  const { dispatchEvent, addEventListener: listen } = EventTarget.prototype;
  const OwnEvent = CustomEvent;
  const detailOf = Object.getOwnPropertyDescriptor(CustomEvent.prototype, 'detail').get;
  let agent = null;
  const command = (detail) => {
    if (agent) apply(dispatchEvent, agent, [new OwnEvent('${COMMAND}', { detail })]);
    return agent !== null;
  };
  addEventListener('${HELLO}', ({ ports }) => {
    agent = ports[0];
    apply(listen, agent, ['${REPORT}', (event) => report(apply(detailOf, event, []))]);
    command(${start(settings)});
  }, { once: true });
  return command;
})()`;

/** The same where it is not known what the target is: does nothing unless it is a shared worker. */
export const sharedWorkerOnly = (script: string): string =>
  `typeof SharedWorkerGlobalScope === 'function' && self instanceof SharedWorkerGlobalScope && (${script})`;
