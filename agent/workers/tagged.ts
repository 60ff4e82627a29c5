import type { Command, Report } from '../../src/protocol/command.ts';
import type { Thread } from '../crossings/counts.ts';
import { getterOf } from '../page/natives.ts';
import type { News } from './sharing.ts';

// Agents of a page and its worker speak over the page's own channel, marked with their secret: what one says then
// arrives in order with what the page says. Each listens before any script can, and lets no other hear it.

export type FromWorker = ['here', Thread | null] | ['report', Report] | News;
export type ToWorker = ['command', Command] | News;

// Held before the page replaces them.
const { isArray } = Array;
const { apply } = Reflect;
const add = EventTarget.prototype.addEventListener;
const dataOf = getterOf(MessageEvent, 'data');
const stop = Event.prototype.stopImmediatePropagation;

export const tag = (secret: string, message: FromWorker | ToWorker): unknown[] => [secret, message];

/** Hears what the other agent says. */
export function listen<Message extends FromWorker | ToWorker>(
  target: EventTarget,
  secret: string,
  hear: (message: Message) => void,
): void {
  apply(add, target, [
    'message',
    (event: MessageEvent) => {
      const data = dataOf(event) as unknown;
      if (!isArray(data) || data[0] !== secret) return;
      apply(stop, event, []);
      hear(data[1] as Message);
    },
  ]);
}
