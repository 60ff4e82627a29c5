import type { Segment } from '../../../src/session/segment.ts';
import type { SessionStore } from '../../../src/store/store.ts';
import { LARGE, SMALL, syntheticInfo, syntheticSegments } from '../../fixtures/synthetic.ts';

/** The sets of sessions that the gallery can show. */
export const GALLERY_FIXTURES = {
  small: 'Two small sessions',
  large: 'A large session: 100,000 nodes, 5,000 requests',
  threads: 'A page with three workers',
  plain: 'A page without WebAssembly',
  runs: 'Four runs of two builds',
  none: 'No session',
} as const;

export type GalleryFixture = keyof typeof GALLERY_FIXTURES;

export const isGalleryFixture = (name: string): name is GalleryFixture => name in GALLERY_FIXTURES;

/**
 * Stores a set of made-up sessions.
 * @param recording whether the first of them is still being recorded
 */
export async function storeFixture(
  store: SessionStore,
  fixture: GalleryFixture,
  recording: boolean,
): Promise<void> {
  if (fixture === 'none') return;
  if (fixture === 'runs') return await storeRuns(store);
  await store.create(syntheticInfo({ ...(recording ? { state: 'recording', ended: null } : {}) }));
  const segments = segmentsOf(fixture);
  for (let from = 0; from < segments.length; from += 50)
    await store.append('synthetic', segments.slice(from, from + 50));
  await storeSlowed(store);
}

function segmentsOf(fixture: GalleryFixture): Segment[] {
  const segments = [...syntheticSegments(fixture === 'large' ? LARGE : SMALL)];
  if (fixture === 'plain') {
    return segments.map(
      ({ modules, functions, nodes, memories, growths, crossings, unmeasured, ...rest }) => rest,
    );
  }
  if (fixture === 'threads') {
    const workers = ['pthread-1', 'pthread-2', 'decoder'].map((name) => workerOf(segments, name));
    return [...segments, ...workers.flat()];
  }
  return segments;
}

/** An older session that was cut short, and slowed down by DevTools. */
async function storeSlowed(store: SessionStore): Promise<void> {
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
      tierProbes: segment.tierProbes?.map((probe) => ({ ...probe, wasm: 3 * probe.js })) ?? [],
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

/**
 * Four runs of two builds in turn; in the second rapier's functions take a third longer, and 8 more
 * pages are grown.
 */
async function storeRuns(store: SessionStore): Promise<void> {
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
      crossings: crossings.map((step) => ({
        ...step,
        certainTime: times(step.certainTime, pace),
        weightedTime: times(step.weightedTime, pace),
        weightedTimeSquared: times(step.weightedTimeSquared, pace * pace),
      })),
    }),
    ...(growths && {
      growths: growths.map((growth) => ({ ...growth, toPages: growth.toPages + pages })),
    }),
  };
}
