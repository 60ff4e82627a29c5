import type { WorkerBridge } from '../../src/protocol/channel.ts';
import { COMMAND, HELLO, REPORT } from '../../src/protocol/channel.ts';
import type { Command, Report } from '../../src/protocol/command.ts';
import { schedule } from './schedule.ts';
import { toJson } from './toJson.ts';

export interface Channel {
  /** Hands over a report at once: when this returns, the bridge has it (if there is one). */
  send(report: Report): void;
  close(): void;
}

declare const wasmscopeBridge: WorkerBridge | undefined;

// Saved before the page replaces them.
const { parse } = JSON;
const add = EventTarget.prototype.addEventListener;
const remove = EventTarget.prototype.removeEventListener;
const dispatch = EventTarget.prototype.dispatchEvent;
const { apply } = Reflect;
const NativeMessageEvent = MessageEvent;
const NativeCustomEvent = CustomEvent;
const detailOf = Reflect.getOwnPropertyDescriptor(CustomEvent.prototype, 'detail')
  ?.get as () => unknown;

/** The agent's end of src/protocol/channel.ts, which explains how the two ends find each other. */
export function openChannel(target: Window, onCommand: (command: Command) => void): Channel {
  const { port1: port } = new MessageChannel();
  let greeting = false;
  const hear = (event: Event): void => {
    apply(onCommandText, undefined, [apply(detailOf, event, [])]);
  };
  const onCommandText = (text: unknown): void => {
    stopListening();
    if (typeof text === 'string') onCommand(parse(text) as Command);
  };
  const greet = (): void => {
    greeting = true;
    apply(dispatch, target, [new NativeMessageEvent(HELLO, { ports: [port] })]);
    greeting = false;
  };
  const answer = (): void => {
    // Once a script of the page may have run, a greeting could come from the page.
    if (!greeting && target.document.getElementsByTagName('script').length === 0) greet();
  };
  const stopListening = (): void => {
    apply(remove, target, [HELLO, answer]);
  };
  apply(add, port, [COMMAND, hear]);
  apply(add, target, [HELLO, answer]);
  greet();
  schedule(stopListening, 0);

  return {
    send(report) {
      apply(dispatch, port, [new NativeCustomEvent(REPORT, { detail: toJson(report) })]);
    },
    close() {
      stopListening();
      apply(remove, port, [COMMAND, hear]);
    },
  };
}

/** The same in a worker; null if nobody records it. */
export function openWorkerChannel(onCommand: (command: Command) => void): Channel | null {
  if (typeof wasmscopeBridge !== 'function') return null;
  const report = wasmscopeBridge((text) => onCommand(parse(text) as Command));
  return { send: (given) => report(toJson(given)), close() {} };
}
