import { getterOf } from '../page/natives.ts';
import { randomId } from '../recording/randomId.ts';
import { toJson } from '../recording/toJson.ts';
import { dataUrlWith } from './dataUrl.ts';
import type { ScriptBlob } from './hookBlobs.ts';
import { scriptUrl } from './scriptUrl.ts';
import type { WorkerStart } from './workerStart.ts';
import { startStatement } from './workerStart.ts';

/** A worker's script with the agent inserted before it. */
export interface InjectedScript {
  /** The URL to start the worker from; may be revoked at once. */
  url: string;
  start: WorkerStart;
  /** URLs to revoke once the worker has started. */
  urls: string[];
}

// Saved before the page replaces them.
const NativeURL = URL;
const protocolOf = getterOf(URL, 'protocol');
const originOf = getterOf(URL, 'origin');
const { origin } = globalThis;
const query = typeof document === 'object' ? document.querySelector.bind(document) : null;
const types = (globalThis as { trustedTypes?: { defaultPolicy: unknown } }).trustedTypes;

/**
 * Inserts the agent before a worker's script.
 * @param href the script's absolute address; '' if it is not a plain URL
 * @param isModule whether the worker has `type: 'module'`
 * @param blob what the page put behind a `blob:` URL
 * @param noPolicy no content security policy came with the document
 * @returns the reason as text, if the page could notice the agent
 */
export function injectAgent(
  href: string,
  isModule: boolean,
  blob: ScriptBlob | null,
  noPolicy: boolean,
): InjectedScript | string {
  if (href === '' || types?.defaultPolicy) return 'its address uses Trusted Types';
  const url = new NativeURL(href);
  const protocol = protocolOf(url);
  const start: WorkerStart = { secret: randomId(), url: href, moved: false, noPolicy };
  if (protocol === 'data:' || protocol === 'blob:') {
    if (isModule) return 'a module knows its address (import.meta.url)';
    if (blob) return { url: scriptUrl(inFrontOf(blob, start)), start, urls: [] };
    if (protocol === 'blob:') return 'its blob was not made from text by this page';
    return { url: dataUrlWith(href, startStatement(start)), start, urls: [] };
  }
  if (originOf(url) !== origin) return 'it is cross-origin';
  if (!noPolicy || query?.('meta[http-equiv="content-security-policy" i]'))
    return 'the page’s content security policy may forbid the agent';
  start.moved = true;
  return isModule ? moduleScript(start) : classicScript(start);
}

const inFrontOf = ({ strict, blob, named }: ScriptBlob, start: WorkerStart): BlobPart[] => [
  strict ? '"use strict";' : '',
  startStatement(start),
  blob,
  named ? '' : `\n//# sourceURL=${start.url}`,
];

const classicScript = (start: WorkerStart): InjectedScript => ({
  url: scriptUrl([startStatement(start), `importScripts(${toJson(start.url)})`]),
  start,
  urls: [],
});

/** The agent comes first, in a module of its own, because a module's imports all run before it. */
function moduleScript(start: WorkerStart): InjectedScript {
  const agent = scriptUrl([startStatement(start)]);
  const url = scriptUrl([`import${toJson(agent)};import${toJson(start.url)}`]);
  return { url, start, urls: [agent] };
}
