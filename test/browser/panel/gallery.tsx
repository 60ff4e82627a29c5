import { render } from 'preact';
import { App } from '../../../panel/App.tsx';
import { followTheme } from '../../../panel/state/theme.ts';
import type { BackgroundClient, RecordingStatus } from '../../../src/extension/client.ts';
import { openStore, resetStore } from '../../../src/store/store.ts';
import { LARGE, SMALL, syntheticInfo, syntheticSegments } from '../../fixtures/synthetic.ts';

// The whole panel over made-up sessions in a real database. `?sessions=large|small|plain|none`, `&recording`,
// `&theme=dark`. The title becomes `ready` once the sessions are stored and the panel is there.

const query = new URLSearchParams(location.search);
const kind = query.get('sessions') ?? 'small';
await resetStore('gallery');
const store = await openStore('gallery');

if (kind !== 'none') {
  const size = kind === 'large' ? LARGE : SMALL;
  await store.create(syntheticInfo({ ...(query.has('recording') ? { state: 'recording', ended: null } : {}) }));
  let segments = [...syntheticSegments(size)];
  // A page without wasm.
  if (kind === 'plain') {
    segments = segments.map(({ modules, functions, nodes, memories, growths, crossings, unmeasured, ...rest }) => rest);
  }
  for (let at = 0; at < segments.length; at += 50) await store.append('synthetic', segments.slice(at, at + 50));
  const started = Date.UTC(2026, 10, 22, 9);
  const older = {
    id: 'older', name: 'Import of 500 rows', page: 'https://sql.example/', started, ended: started + 4000, state: 'cut' as const, mode: 'attach' as const,
    reason: 'The browser was closed.', conditions: { browser: 'Firefox 145', platform: 'Linux', version: '0.1.0', devtools: 'open' as const },
  };
  await store.create(syntheticInfo(older));
  await store.append('older', [...syntheticSegments({ seconds: 4, functions: 8, requests: 4, nodes: 30 })]);
}

let status: RecordingStatus = query.has('recording')
  ? { state: 'recording', session: 'synthetic', since: Date.now() - 30_000, mode: 'reload' }
  : { state: 'idle' };
const listeners = new Set<(status: RecordingStatus) => void>();
const become = (next: RecordingStatus): void => {
  status = next;
  for (const listener of listeners) listener(status);
};
const client: BackgroundClient = {
  theme: null,
  onStatus(listener) {
    listeners.add(listener);
    listener(status);
    return () => listeners.delete(listener);
  },
  async record() {
    throw new Error('The gallery cannot record.');
  },
  stop() {
    void store.update('synthetic', { state: 'complete' }).then(() => become({ state: 'idle' }));
  },
};

followTheme(null, (theme) => {
  render(<App store={store} client={client} theme={theme} />, document.getElementById('app') as HTMLElement);
});
document.title = 'ready';
