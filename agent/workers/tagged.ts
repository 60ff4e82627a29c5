import type { Command, Report } from '../../src/protocol/command.ts';
import type { Thread } from '../crossings/counts.ts';
import { getterOf } from '../page/natives.ts';
import type { SharedMessage } from './sharing.ts';

// The agents of a page and of its worker exchange messages over the page's own channel, marked with
// their secret, so that they arrive in order with the page's messages. Each agent listens before
// any script can, and stops the event, so that no script receives it.

export type FromWorker = ['here', Thread | null] | ['report', Report] | SharedMessage;
export type ToWorker = ['command', Command] | SharedMessage;

// Saved before the page replaces them.
const { isArray } = Array;
const { apply } = Reflect;
const add = EventTarget.prototype.addEventListener;
const dataOf = getterOf(MessageEvent, 'data');
const stop = Event.prototype.stopImmediatePropagation;

export const tag = (secret: string, message: FromWorker | ToWorker): unknown[] => [secret, message];

/** Receives the messages of the other agent. */
export function listen<Message extends FromWorker | ToWorker>(
  target: EventTarget,
  secret: string,
  receive: (message: Message) => void,
): void {
  apply(add, target, [
    'message',
    (event: MessageEvent) => {
      const data = dataOf(event) as unknown;
      if (!isArray(data) || data[0] !== secret) return;
      apply(stop, event, []);
      receive(data[1] as Message);
    },
  ]);
}
