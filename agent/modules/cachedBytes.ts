import type { Kernel } from '../crossings/kernel.ts';
import type { HookContext } from '../recording/context.ts';
import { describeBytes } from './describeModule.ts';
import type { LoadedModule } from './loadedModule.ts';

// Held before the page or the agent puts anything in its place.
const nativeFetch = fetch;

/** A body larger than this is left unread. */
const LARGEST = 256 * 2 ** 20;

/**
 * Reads the bytes of modules that streamed into the engine, after the recording, from the browser's cache and
 * nowhere else: `only-if-cached` (Fetch, HTTP-network-or-cache fetch) never reaches the network, and exists for
 * the page's own origin only. What is not cached stays as it is: known by its head.
 */
export async function readCachedBytes(
  context: HookContext,
  kernel: () => Kernel,
  modules: readonly LoadedModule[],
): Promise<void> {
  // A service worker would see the request: the page must not.
  if (navigator.serviceWorker?.controller) return;
  for (const module of modules) {
    const url = module.fetchedUrl;
    if (!url || new URL(url).origin !== location.origin) continue;
    try {
      const response = await nativeFetch(url, { cache: 'only-if-cached', mode: 'same-origin' });
      if (!response.ok || Number(response.headers.get('content-length') ?? 0) > LARGEST) continue;
      const bytes = new Uint8Array(await response.arrayBuffer());
      const head = kernel().readHead(bytes, true);
      if (head) describeBytes(module.row, bytes, head);
      context.modules.changed(module.row);
    } catch {
      // Not in the cache, or no longer a module: the row says `head` already.
    }
  }
}

/** Whether a module's bytes are still to be read. */
export const isUnread = (module: LoadedModule): boolean =>
  module.fetchedUrl !== undefined && module.row.bytesRead === 'head';
