import { loadFindings } from '../../../src/analysis/loadFindings.ts';
import { loadPhases } from '../../../src/analysis/loadPhases.ts';
import type { Module } from '../../../src/session/model.ts';
import { loadBadge } from '../../../src/text/loadBadge.ts';
import { LOAD_TEXT } from '../../../src/text/panel/loadText.ts';
import { Badge } from '../../components/Badge.tsx';
import { Facts } from '../../components/Facts.tsx';
import { PhaseTable } from '../../components/PhaseTable.tsx';
import { ModuleParts } from './ModuleParts.tsx';
import { moduleFacts } from './moduleFacts.ts';

/** One module's load in numbers, what to improve, and what its bytes are spent on. */
export function ModuleDetails({ module }: { module: Module }) {
  const advice = loadFindings(module)
    .filter(({ severity }) => severity !== 'good')
    .map(loadBadge);
  return (
    <section class="module-details" aria-label={module.name}>
      <h2>
        {module.name} <span class="dim url">{module.url ?? LOAD_TEXT.noUrl}</span>
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
          phases={loadPhases(module)}
          label={`Phases of loading ${module.name}`}
          last="until first call"
        />
        <Facts facts={moduleFacts(module)} />
      </div>
      <ModuleParts key={`${module.realm} ${module.name} ${module.compileStart}`} module={module} />
    </section>
  );
}
