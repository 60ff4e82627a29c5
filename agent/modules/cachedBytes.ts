import type { Kernel } from '../crossings/kernel.ts';
import type { HookContext } from '../recording/context.ts';
import { describeBytes } from './describeModule.ts';
import type { LoadedModule } from './loadedModule.ts';

// Saved before the page or the agent replaces it.
const nativeFetch = fetch;

/** A larger body is not read. */
const LARGEST = 256 * 2 ** 20;

/**
 * After the recording, reads the bytes of modules that were compiled while streaming. They come
 * from the browser's cache only: `only-if-cached` (Fetch, HTTP-network-or-cache fetch) never
 * reaches the network, and works for the page's own origin only. A module that is not cached keeps
 * the description from its head.
 */
export async function readCachedBytes(
  context: HookContext,
  kernel: () => Kernel,
  modules: readonly LoadedModule[],
): Promise<void> {
  // A service worker would see the request, and the page must not notice it.
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
      // Not cached, or no longer a module: the row already says `head`.
    }
  }
}

/** Whether a module's bytes have not been read yet. */
export const isUnread = (module: LoadedModule): boolean =>
  module.fetchedUrl !== undefined && module.row.bytesRead === 'head';
