import { useMemo, useState } from 'preact/hooks';
import { loadBadges, loadPhases } from '../../../src/analysis/load.ts';
import type { Module } from '../../../src/session/model.ts';
import { Badge } from '../../components/Badge.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatBytes, formatCount, formatDuration, formatTime } from '../../components/format.ts';
import type { ViewProps } from '../view.ts';
import { ModuleParts } from './ModuleParts.tsx';

/** A waterfall a module: where the time to running code went, and what the bytes are. */
export function LoadView({ session, range }: ViewProps) {
  const [selected, setSelected] = useState(0);
  const modules = useMemo(() => session.modules
    .map((module, index) => ({ module, index, phases: loadPhases(module) }))
    .filter(({ phases }) => !range || phases.some(({ from, to }) => to >= range.from && from <= range.to)), [session, range]);
  if (modules.length === 0) {
    return (
      <EmptyState title={session.modules.length > 0 ? 'No module was loaded in this range' : 'No module was loaded'}>
        <p>{session.modules.length > 0 ? 'Clear the range to see all modules.' : 'The page made no WebAssembly module while it was recorded. Modules loaded before a recording are not measured: use Record, which reloads the page.'}</p>
      </EmptyState>
    );
  }
  const all = modules.flatMap(({ phases }) => phases);
  const from = Math.min(...all.map((phase) => phase.from));
  const length = Math.max(Math.max(...all.map((phase) => phase.to)) - from, 1);
  const chosen = session.modules[selected];
  return (
    <div>
      <div class="legend">
        {(['request', 'download', 'compile', 'instantiate', 'until first call'] as const).map((name) => (
          <span key={name}><i class={`swatch phase-${name.split(' ')[0]}`} style={{ position: 'static' }} />{name}</span>
        ))}
        <span>{formatTime(from)} to {formatTime(from + length)}</span>
      </div>
      {modules.map(({ module, index, phases }) => (
        <section key={index} class="load-module" data-selected={index === selected} aria-label={module.name}>
          <div class="load-head">
            <button type="button" aria-pressed={index === selected} title={module.url ?? 'no URL: made from bytes'} onClick={() => setSelected(index)}>{module.name}</button>
            <span class="dim">{module.method}</span>
            <span class="badges">{loadBadges(module).map((badge) => <Badge key={badge.text} {...badge} />)}</span>
          </div>
          <div class="waterfall" role="img" aria-label={phases.map(({ name, from: start, to }) => `${name} ${formatDuration(to - start)}`).join(', ')}>
            {phases.map((phase) => (
              <span
                key={phase.name} class={`phase phase-${phase.name.split(' ')[0]}`} title={`${phase.name}: ${formatDuration(phase.to - phase.from)}`}
                style={{ left: `${((phase.from - from) / length) * 100}%`, width: `${((phase.to - phase.from) / length) * 100}%` }}
              />
            ))}
          </div>
          <Facts module={module} />
        </section>
      ))}
      {chosen && <ModuleParts module={chosen} />}
    </div>
  );
}

function Facts({ module }: { module: Module }) {
  const kinds = (counts: Module['imports']): string =>
    counts ? Object.entries(counts).filter(([, count]) => count > 0).map(([kind, count]) => `${formatCount(count)} ${kind}${count === 1 ? '' : 's'}`).join(', ') || 'none' : 'not known';
  const facts: [string, string][] = [
    ...loadPhases(module).map(({ name, from, to }): [string, string] => [name, formatDuration(to - from)]),
    ['size', module.bytes === null ? 'not known' : formatBytes(module.bytes)],
    ...(module.wireBytes === null ? [] : [['on the wire', formatBytes(module.wireBytes)] as [string, string]]),
    ['instances', formatCount(module.instances)],
    ['imports', kinds(module.imports)],
    ['exports', kinds(module.exports)],
    ...(module.features?.length ? [['features', module.features.join(', ')] as [string, string]] : []),
    ...(module.producers?.length ? [['made by', module.producers.join('; ')] as [string, string]] : []),
  ];
  return <div class="load-facts">{facts.map(([name, value]) => <span key={name}>{name} <b>{value}</b></span>)}</div>;
}
