import { RESERVED_TABLES } from '../protocol/chunk.ts';
import type { ModuleRow, RequestRow, SpanRow } from '../protocol/rows.ts';
import type { SessionInfo } from './model.ts';
import type { Segment } from './segment.ts';

/** Makes a copy of one session that can be shown to strangers. The original does not change. */
export interface Redactor {
  info(info: SessionInfo): SessionInfo;
  segment(segment: Segment): Segment;
}

/**
 * Removes what identifies the page: addresses, names chosen by the page or its modules, and free
 * text. Figures, times and ids stay, and so do names that Wasmscope or the browser chose (phases,
 * vitals, features, toolchain). Equal addresses get equal replacements, so that repeated requests
 * remain visible.
 * @param id the copy's own id, so that nobody can link it to the original
 */
export function createRedactor(id: string = crypto.randomUUID()): Redactor {
  const hosts = new Map<string, string>();
  const addresses = new Map<string, string>();

  const standIn = (
    known: Map<string, string>,
    key: string,
    make: (number: number) => string,
  ): string => {
    const made = known.get(key) ?? make(known.size + 1);
    known.set(key, made);
    return made;
  };

  /** `https://site-1.invalid/2`; equal hosts get equal numbers. */
  function address(url: string): string {
    if (url === '') return '';
    const host = URL.canParse(url) ? new URL(url).host : '';
    const site = standIn(hosts, host, (number) => `https://site-${number}.invalid`);
    return standIn(addresses, url, (number) => `${site}/${number}`);
  }
  const addressOrNull = (url: string | null): string | null => (url === null ? null : address(url));

  const module = (row: ModuleRow): ModuleRow => ({
    ...row,
    url: addressOrNull(row.url),
    name: `module ${row.id}`,
    error: removed(row.error),
    // Toolchains write these custom sections, so their names reveal nothing.
    sections:
      row.sections?.map((section) =>
        KNOWN_SECTIONS.has(section.name) ? section : { ...section, name: 'custom' },
      ) ?? null,
    bodies: row.bodies?.map((body) => ({ ...body, name: null })) ?? null,
  });

  const request = (row: RequestRow): RequestRow => ({
    ...row,
    url: address(row.url),
    error: removed(row.error),
  });

  const span = (row: SpanRow): SpanRow => {
    switch (row.kind) {
      case 'vital':
      case 'visibility':
      case 'gap':
        return row;
      case 'mark':
      case 'measure':
      case 'longtask':
      case 'long-animation-frame':
      case 'navigation':
        return { ...row, name: row.kind, detail: '' };
      default:
        return row.kind satisfies never;
    }
  };

  return {
    info: ({ label: _, commit: __, ...info }) => ({
      ...info,
      id,
      name: 'Redacted session',
      note: '',
      page: address(info.page),
      reason: info.reason && 'removed',
    }),
    segment(segment) {
      const copy: Segment = { ...segment };
      // No version has written these so far, and they are full of names.
      for (const table of RESERVED_TABLES) delete copy[table];
      if (segment.info) copy.info = { ...segment.info, url: address(segment.info.url), name: '' };
      if (segment.modules) copy.modules = segment.modules.map(module);
      if (segment.memories)
        copy.memories = segment.memories.map((row) => ({ ...row, name: `memory ${row.id}` }));
      if (segment.functions) {
        copy.functions = segment.functions.map((row) => ({
          ...row,
          name: `${row.kind} ${row.index ?? row.id}`,
          notMeasuredReason: removed(row.notMeasuredReason),
        }));
      }
      if (segment.requests) copy.requests = segment.requests.map(request);
      if (segment.spans) copy.spans = segment.spans.map(span);
      if (segment.unmeasured) {
        copy.unmeasured = segment.unmeasured.map((row) => ({
          ...row,
          what: 'removed',
          reason: 'removed',
        }));
      }
      return copy;
    },
  };
}

const KNOWN_SECTIONS = new Set([
  'type',
  'import',
  'function',
  'table',
  'memory',
  'global',
  'export',
  'start',
  'element',
  'code',
  'data',
  'data count',
  'tag',
  'name',
  'producers',
  'target_features',
  'linking',
  'dylink',
  'dylink.0',
  'sourceMappingURL',
  'external_debug_info',
  '.debug_abbrev',
  '.debug_info',
  '.debug_line',
  '.debug_ranges',
  '.debug_str',
  '.debug_loc',
]);

const removed = (text: string | null): string | null => (text === null ? null : 'removed');
