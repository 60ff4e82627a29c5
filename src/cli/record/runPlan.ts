import type { PredefinedNetworkConditions } from 'puppeteer-core';
import type { Settings } from '../../protocol/command.ts';
import type { Until } from './until.ts';

/** The choices of `--network`, with the names of puppeteer's conditions. */
export const NETWORKS = [
  { name: 'slow-3g', preset: 'Slow 3G' },
  { name: 'fast-3g', preset: 'Fast 3G' },
  { name: 'slow-4g', preset: 'Slow 4G' },
  { name: 'fast-4g', preset: 'Fast 4G' },
] as const satisfies readonly { name: string; preset: keyof typeof PredefinedNetworkConditions }[];
export type NetworkName = (typeof NETWORKS)[number]['name'];

/** One recording to make. */
export interface RunPlan {
  url: string;
  name: string;
  /** Of the session file. */
  path: string;
  settings: Settings;
  until: Until;
  /** The longest wait for the page to load, and then for the recording's end, in s each. */
  timeout: number;
  /** Whether the page is visited once before, so that caches are filled. */
  warm: boolean;
  /** How many times slower the page's thread runs; 1 leaves it as it is. */
  cpu: number;
  network: NetworkName | null;
  /** Whether the local server sends precompressed files. */
  precompressed: boolean;
  /** Whether a recording in which a realm sent no data is accepted. */
  partial: boolean;
}

/** Deliberate changes, for the session's conditions: `warm cache, CPU 4× slower`. */
export function setupOf({ warm, cpu, network, precompressed }: RunPlan): string {
  const parts = [
    warm ? 'warm cache' : '',
    cpu > 1 ? `CPU ${cpu}× slower` : '',
    network ? `network ${network}` : '',
    precompressed ? 'precompressed files' : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}
