import { loadFindings } from '../../../src/analysis/loadFindings.ts';
import { loadPhases } from '../../../src/analysis/loadPhases.ts';
import { readyAfter } from '../../../src/analysis/readyAfter.ts';
import type { Module } from '../../../src/session/model.ts';
import { formatBytes, formatCount, formatDuration } from '../../../src/text/format.ts';
import { loadBadge } from '../../../src/text/loadBadge.ts';
import { Badge } from '../../components/Badge.tsx';
import { PhaseTable } from '../../components/PhaseTable.tsx';
import { ModuleParts } from './ModuleParts.tsx';

/** One module's load in numbers, what is to be known of it, and its bytes. */
export function ModuleDetails({ module }: { module: Module }) {
  const phases = loadPhases(module);
  const advice = loadFindings(module)
    .filter(({ severity }) => severity !== 'good')
    .map(loadBadge);
  return (
    <section class="module-details" aria-label={module.name}>
      <h2>
        {module.name} <span class="dim url">{module.url ?? 'made from bytes, without a URL'}</span>
      </h2>
      {advice.length > 0 && (
        <ul class="advice">
          {advice.map((badge) => (
            <li key={badge.text}>
              <Badge {...badge} /> {badge.title}
            </li>
          ))}
        </ul>
      )}
      <div class="module-figures">
        <PhaseTable
          phases={phases}
          label={`Phases of loading ${module.name}`}
          last="until first call"
        />
        <dl class="facts">
          {factsOf(module).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      <ModuleParts key={`${module.realm} ${module.name} ${module.compileStart}`} module={module} />
    </section>
  );
}

function factsOf(module: Module): [string, string][] {
  const ready = readyAfter(module);
  return [
    ['Loaded by', module.same === null ? module.method : 'another realm, which posted it here'],
    ...(ready === null ? [] : [['Ready after', formatDuration(ready)] as [string, string]]),
    ['Size', module.bytes === null ? 'not known' : formatBytes(module.bytes)],
    ['On the wire', module.wireBytes === null ? 'not known' : formatBytes(module.wireBytes)],
    ['Instances', formatCount(module.instances)],
    ['Imports', byKind(module.imports)],
    ['Exports', byKind(module.exports)],
    ...(module.features
      ? [
          ['Features', module.features.join(', ') || 'none beyond the first version'] as [
            string,
            string,
          ],
        ]
      : []),
    ...(module.producers?.length
      ? [['Made by', module.producers.join('; ')] as [string, string]]
      : []),
  ];
}

const PLURALS = {
  function: 'functions',
  table: 'tables',
  memory: 'memories',
  global: 'globals',
  tag: 'tags',
} as const;

function byKind(counts: Module['imports']): string {
  if (!counts) return 'not known';
  const kinds = (Object.keys(PLURALS) as (keyof typeof PLURALS)[]).filter(
    (kind) => counts[kind] > 0,
  );
  return (
    kinds
      .map((kind) => `${formatCount(counts[kind])} ${counts[kind] === 1 ? kind : PLURALS[kind]}`)
      .join(', ') || 'none'
  );
}
