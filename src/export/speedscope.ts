import type { TreeFigures } from '../analysis/treeFigures.ts';
import { treeFigures } from '../analysis/treeFigures.ts';
import { validityOf } from '../analysis/validity/validityOf.ts';
import type { RealmIndex, Session } from '../session/model.ts';
import { conditionsText } from '../text/conditionsText.ts';
import type { ExportSource, OnProgress } from './source.ts';
import { foldTotals, onlyPass } from './source.ts';
import type { StackWeight } from './stacks.ts';
import { frameName, stacks } from './stacks.ts';

const SCHEMA = 'https://www.speedscope.app/file-format-schema.json';

/**
 * speedscope's own format (https://www.speedscope.app/file-format-schema.json): for each realm with
 * crossings a sampled profile weighted by self time in µs, and one weighted by calls. Its samples
 * are the paths of the crossing tree, one each, in the order of the tree, not of time. `exporter`
 * names the conditions of the session.
 */
export async function* writeSpeedscope(
  source: ExportSource,
  onProgress?: OnProgress,
): AsyncGenerator<string> {
  const session = await foldTotals(source, onlyPass(onProgress), []);
  const figures = treeFigures(session);
  const frames = session.functions.map((_, fn) => ({ name: frameName(session, fn) }));
  const unknown = frames.push({ name: 'unknown function' }) - 1;
  const exporter = JSON.stringify(
    `wasmscope ${source.info.conditions.version}; ${conditionsText(validityOf(session))}`,
  );
  const name = JSON.stringify(source.info.name || source.info.page || 'session');
  yield `{"$schema":"${SCHEMA}","exporter":${exporter},"name":${name},"activeProfileIndex":0,`;
  yield `"shared":{"frames":${JSON.stringify(frames)}},"profiles":[`;
  const called = session.intervals.filter(({ node }) => node.length > 0).map(({ realm }) => realm);
  let separator = '\n';
  for (const weight of ['µs', 'calls'] as const) {
    // speedscope 1.25 freezes if there is no profile.
    for (const realm of called.length > 0 ? called : [-1]) {
      yield separator;
      yield* profile(session, figures, realm, weight, unknown);
      separator = ',\n';
    }
  }
  yield '\n]}\n';
}

function* profile(
  session: Session,
  figures: TreeFigures,
  realm: RealmIndex,
  weight: StackWeight,
  unknown: number,
): Generator<string> {
  const row = session.realms[realm];
  const [kind, unit] = weight === 'µs' ? ['self time', 'microseconds'] : ['calls', 'none'];
  const name = JSON.stringify(
    `${row ? row.name || row.url || row.kind : 'no crossings'} (${kind})`,
  );
  yield `{"type":"sampled","name":${name},"unit":"${unit}","startValue":0,"samples":[`;
  const weights: number[] = [];
  let end = 0;
  for (const { functions, weight: value } of stacks(session, figures, weight, realm)) {
    const sample = functions.map((fn) => (fn < 0 ? unknown : fn));
    yield `${weights.length > 0 ? ',' : ''}[${sample.join()}]`;
    weights.push(value);
    end += value;
  }
  yield `],"weights":${JSON.stringify(weights)},"endValue":${end}}`;
}
