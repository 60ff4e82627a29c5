import { render } from 'preact';
import { App } from '../../../panel/App.tsx';
import { followTheme } from '../../../panel/state/theme.ts';
import type { BackgroundClient, RecordingStatus } from '../../../src/extension/client.ts';
import type { Segment } from '../../../src/session/segment.ts';
import { openStore, resetStore } from '../../../src/store/store.ts';
import { LARGE, SMALL, syntheticInfo, syntheticSegments } from '../../fixtures/synthetic.ts';

// The whole panel over made-up sessions in a real database. `?sessions=large|small|plain|threads|none|runs`, `&recording`,
// `&theme=dark`. The title becomes `ready` once the sessions are stored and the panel is there.

const query = new URLSearchParams(location.search);
const kind = query.get('sessions') ?? 'small';
await resetStore('gallery');
const store = await openStore('gallery');

if (kind === 'runs') await storeRuns();
else if (kind !== 'none') {
  const size = kind === 'large' ? LARGE : SMALL;
  await store.create(
    syntheticInfo({ ...(query.has('recording') ? { state: 'recording', ended: null } : {}) }),
  );
  let segments = [...syntheticSegments(size)];
  // A page without wasm.
  if (kind === 'plain') {
    segments = segments.map(
      ({ modules, functions, nodes, memories, growths, crossings, unmeasured, ...rest }) => rest,
    );
  }
  if (kind === 'threads')
    for (const name of ['pthread-1', 'pthread-2', 'decoder'])
      segments.push(...workerOf(segments, name));
  for (let at = 0; at < segments.length; at += 50)
    await store.append('synthetic', segments.slice(at, at + 50));
  const started = Date.UTC(2026, 10, 22, 9);
  const older = {
    id: 'older',
    name: 'Import of 500 rows',
    page: 'https://sql.example/',
    started,
    ended: started + 4000,
    state: 'cut' as const,
    mode: 'attach' as const,
    reason: 'The browser was closed.',
    conditions: {
      browser: 'Firefox 145',
      platform: 'Linux',
      version: '0.1.0',
      devtools: 'open' as const,
    },
  };
  await store.create(syntheticInfo(older));
  const slowed = [...syntheticSegments({ seconds: 4, functions: 8, requests: 4, nodes: 30 })].map(
    (segment) => ({
      ...segment,
      tiers: segment.tiers?.map((tier) => ({ ...tier, wasm: 3 * tier.js })) ?? [],
    }),
  );
  await store.append('older', slowed);
}

/** A worker that does what the page did, later and for a shorter time. */
function workerOf(segments: readonly Segment[], name: string): Segment[] {
  const later = 3000 * name.length - 20_000;
  return segments
    .filter(({ realm }) => realm === segments[0]?.realm)
    .slice(0, 14)
    .map(({ info, requests, spans, unmeasured, ...rest }) => ({
      ...rest,
      realm: name,
      ...(info && {
        info: {
          ...info,
          kind: 'worker' as const,
          url: 'https://demo.example/physics/worker.js',
          name,
          timeOrigin: info.timeOrigin + later,
        },
      }),
    }));
}

/** Four runs of two builds in turn; in the second rapier's functions take a third longer, and 8 more pages are grown. */
async function storeRuns(): Promise<void> {
  for (let run = 0; run < 8; run++) {
    const isHead = run % 2 === 1;
    const id = `run-${run}`;
    const started = Date.UTC(2026, 10, 23, 9, run);
    const name = `${isHead ? 'After' : 'Before'}, run ${Math.floor(run / 2) + 1}`;
    await store.create(syntheticInfo({ id, name, started, ended: started + 8000 }));
    const pace = (isHead ? 4 / 3 : 1) * (1 + 0.004 * ((run * 3) % 5));
    const segments = [...syntheticSegments({ seconds: 8, functions: 12, requests: 10, nodes: 60 })];
    await store.append(
      id,
      segments.map((segment) => paced(segment, pace, isHead ? 8 : 0)),
    );
  }
}

function paced(segment: Segment, pace: number, pages: number): Segment {
  const { crossings, growths } = segment;
  const times = (values: readonly number[], by: number): number[] =>
    values.map((value) => value * by);
  return {
    ...segment,
    ...(crossings && {
      crossings: {
        ...crossings,
        certainTime: times(crossings.certainTime, pace),
        time: times(crossings.time, pace),
        square: times(crossings.square, pace * pace),
      },
    }),
    ...(growths && {
      growths: growths.map((growth) => ({ ...growth, toPages: growth.toPages + pages })),
    }),
  };
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
  place: query.has('devtools') ? 'devtools' : 'window',
  onStatus(listener) {
    listeners.add(listener);
    listener(status);
    return () => listeners.delete(listener);
  },
  async record() {
    throw new Error('The gallery cannot record.');
  },
  async arm() {
    become({ state: 'armed' });
  },
  disarm() {
    become({ state: 'idle' });
  },
  async openWindow() {
    throw new Error('The gallery has no other window.');
  },
  stop() {
    void store.update('synthetic', { state: 'complete' }).then(() => become({ state: 'idle' }));
  },
};

followTheme(null, (theme) => {
  render(
    <App store={store} client={client} theme={theme} />,
    document.getElementById('app') as HTMLElement,
  );
});
document.title = 'ready';
