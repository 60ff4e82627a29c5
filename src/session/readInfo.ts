import { DEFAULT_SETTINGS } from '../protocol/command.ts';
import type { SessionInfo } from './model.ts';
import { SessionFileError } from './sessionFileError.ts';

/** A session's info out of a file: what is missing gets a neutral value, what is of another type is refused. */
export function readInfo(value: unknown): SessionInfo {
  if (typeof value !== 'object' || value === null) throw broken('info');
  const fields = value as Record<string, unknown>;
  const conditions = record(fields.conditions);
  const settings = record(fields.settings);
  const state = oneOf(fields.state, ['recording', 'complete', 'cut'] as const, 'complete');
  return {
    id: text(fields.id, 'id'),
    name: text(fields.name, 'name'),
    note: text(fields.note, 'note'),
    page: text(fields.page, 'page'),
    started: time(fields.started) ?? 0,
    ended: time(fields.ended),
    state,
    reason: text(fields.reason, 'reason'),
    source: oneOf(fields.source, ['extension', 'cli', 'agent'] as const, 'extension'),
    mode: oneOf(fields.mode, ['reload', 'attach'] as const, 'reload'),
    settings: {
      crossings: flag(settings.crossings, DEFAULT_SETTINGS.crossings),
      network: flag(settings.network, DEFAULT_SETTINGS.network),
      page: flag(settings.page, DEFAULT_SETTINGS.page),
      keepQuery: flag(settings.keepQuery, DEFAULT_SETTINGS.keepQuery),
      copies: flag(settings.copies, DEFAULT_SETTINGS.copies),
      isolated: flag(settings.isolated, DEFAULT_SETTINGS.isolated),
    },
    conditions: {
      browser: text(conditions.browser, 'browser'),
      platform: text(conditions.platform, 'platform'),
      version: text(conditions.version, 'version'),
      devtools: oneOf(
        conditions.devtools,
        ['open', 'closed', 'mixed', 'unknown'] as const,
        'unknown',
      ),
      ...(conditions.setup !== undefined && { setup: text(conditions.setup, 'setup') }),
    },
    bytes: time(fields.bytes) ?? 0,
    segments: time(fields.segments) ?? 0,
  };
}

const broken = (field: string): SessionFileError =>
  new SessionFileError(
    'no info',
    `The session's ${field} cannot be read. Export the session again.`,
  );

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

function text(value: unknown, field: string): string {
  if (value === undefined) return '';
  if (typeof value !== 'string' || value.length > 100_000) throw broken(field);
  return value;
}

const time = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

const flag = (value: unknown, otherwise: boolean): boolean =>
  typeof value === 'boolean' ? value : otherwise;

function oneOf<Value extends string>(
  value: unknown,
  values: readonly Value[],
  otherwise: Value,
): Value {
  return values.includes(value as Value) ? (value as Value) : otherwise;
}
