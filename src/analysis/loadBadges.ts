import type { Module } from '../session/model.ts';

export interface LoadBadge {
  text: string;
  tone: 'good' | 'warning' | 'bad' | 'neutral';
  /** What it means and what to do. */
  title: string;
}

/** Bytes above which a module is over the default budget. */
export const MODULE_BUDGET = 5_000_000;
/** Modules of fewer bytes, as toolchains make for glue, load in no time however they are loaded. */
const SMALL = 4096;

export function loadBadges(module: Module): LoadBadge[] {
  const badges: LoadBadge[] = [];
  const gravity = (module.bytes ?? Infinity) < SMALL ? 'neutral' : 'warning';
  if (module.error) badges.push({ text: 'failed', tone: 'bad', title: module.error });
  else if (module.notStreamed === 'failed')
    badges.push({
      text: 'failed',
      tone: 'bad',
      title: 'The server answered with an error: the status of its request says which.',
    });
  if (module.streamed) {
    badges.push({ text: 'streamed', tone: 'good', title: 'Compiled while it downloaded.' });
  } else if (module.notStreamed && module.notStreamed !== 'failed') {
    const title = {
      'bytes given':
        'The page gave bytes: compilation began after the download. Use instantiateStreaming.',
      'wrong MIME type':
        'The server must send Content-Type: application/wasm for streaming compilation.',
      'rebuilt Response': 'The page made the Response itself; the engine cannot cache its code.',
    }[module.notStreamed];
    badges.push({ text: `not streamed: ${module.notStreamed}`, tone: gravity, title });
  }
  if (module.onMainThread && module.method === 'new Module') {
    badges.push({
      text: 'compiled on the main thread',
      tone: gravity,
      title:
        'new WebAssembly.Module blocks the page while it compiles. Use WebAssembly.instantiateStreaming.',
    });
  }
  if ((module.bytes ?? 0) > MODULE_BUDGET) {
    badges.push({
      text: 'over 5 MB',
      tone: 'warning',
      title:
        'Larger than the budget of 5 MB. Strip names and debug information, have it optimised for size (wasm-opt -Oz), and load later what the start does not need.',
    });
  }
  if (module.wireBytes === 0) {
    badges.push({
      text: 'probably cached',
      tone: 'neutral',
      title: 'The browser says that no bytes crossed the network.',
    });
  }
  if (module.same !== null) {
    badges.push({
      text: 'posted',
      tone: 'neutral',
      title:
        'The module that another thread or frame loaded and posted here: one module, with the same code.',
    });
  } else if (module.method === 'received') {
    badges.push({
      text: 'not measured',
      tone: 'neutral',
      title: 'It came from elsewhere or from before the recording; its bytes were not to be had.',
    });
  }
  return badges;
}
