import { loadTime } from '../../../src/analysis/loadTime.ts';
import type { Module } from '../../../src/session/model.ts';
import { countOf } from '../../../src/text/countOf.ts';
import { formatBytes, formatCount, formatDuration } from '../../../src/text/format.ts';
import { LOAD_TEXT } from '../../../src/text/panel/loadText.ts';
import type { Fact } from '../../components/Facts.tsx';

/** Everything about a module but its phases and parts. */
export function moduleFacts(module: Module): Fact[] {
  const { method, bytes, transferSize, instances, imports, exports, features, producers } = module;
  const ready = loadTime(module);
  return [
    ['Loaded with', module.origin === null ? method : LOAD_TEXT.otherRealmPosted],
    ...(ready === null ? [] : [['Load time', formatDuration(ready)] as const]),
    ['Size', bytesText(bytes)],
    ['Transferred', bytesText(transferSize)],
    ['Instances', formatCount(instances)],
    ['Imports', countsByKind(imports)],
    ['Exports', countsByKind(exports)],
    ...(features ? [['Features', features.join(', ') || LOAD_TEXT.noFeatures] as const] : []),
    ...(producers?.length ? [['Producers', producers.join('; ')] as const] : []),
  ];
}

const bytesText = (bytes: number | null): string =>
  bytes === null ? 'unknown' : formatBytes(bytes);

/** `14 functions, 2 globals`. */
function countsByKind(counts: Module['imports']): string {
  if (!counts) return 'unknown';
  const { function: functions, table, memory, global, tag } = counts;
  const texts = [
    functions > 0 && countOf(functions, 'function'),
    table > 0 && countOf(table, 'table'),
    memory > 0 && countOf(memory, 'memory', 'memories'),
    global > 0 && countOf(global, 'global'),
    tag > 0 && countOf(tag, 'tag'),
  ];
  return texts.filter(Boolean).join(', ') || 'none';
}
