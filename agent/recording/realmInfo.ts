import type { RealmInfo, RealmKind } from '../../src/protocol/rows.ts';
import { clockResolution } from './clock.ts';

/** Describes the realm. Takes up to 1 ms, because it waits for the clock to tick. */
export function realmInfo(late: boolean, cleanUrl: (url: string) => string): RealmInfo {
  return {
    kind: realmKind(),
    url: cleanUrl(location.href),
    name: typeof name === 'string' ? name : '',
    timeOrigin: performance.timeOrigin,
    crossOriginIsolated: Boolean(crossOriginIsolated),
    clockResolution: clockResolution(),
    userAgent: navigator.userAgent,
    hardwareConcurrency: navigator.hardwareConcurrency ?? 0,
    startedLate: late,
  };
}

function realmKind(): RealmKind {
  if (typeof document === 'object') return window === window.top ? 'page' : 'frame';
  if ('SharedWorkerGlobalScope' in globalThis) return 'sharedworker';
  return 'ServiceWorkerGlobalScope' in globalThis ? 'serviceworker' : 'worker';
}
