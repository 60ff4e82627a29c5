import type { Session } from '../session/model.ts';
import { foldCrossings } from './source.ts';
import type { ExportSource, OnProgress } from './source.ts';
import { frameName, stacks } from './stacks.ts';
import type { StackWeight } from './stacks.ts';

/**
 * speedscope's own format (speedscope.app/file-format-schema.json): for each realm a sampled profile weighted
 * by self time in µs, and one weighted by calls.
 */
export async function* writeSpeedscope(source: ExportSource, onProgress?: OnProgress): AsyncGenerator<string> {
  const session = await foldCrossings(source, onProgress);
  const frames = session.functions.map((_, fn) => ({ name: frameName(session, fn) }));
  yield `{"$schema":"https://www.speedscope.app/file-format-schema.json","exporter":"wasmscope ${source.info.conditions.version}",`;
  yield `"name":${JSON.stringify(source.info.name || source.info.page)},"activeProfileIndex":0,`;
  yield `"shared":{"frames":${JSON.stringify(frames)}},"profiles":[`;
  let first = true;
  for (const weight of ['µs', 'calls'] as const) {
    for (const profile of profiles(session, weight)) {
      yield `${first ? '' : ','}\n${JSON.stringify(profile)}`;
      first = false;
    }
  }
  yield '\n]}\n';
}

function profiles(session: Session, weight: StackWeight): object[] {
  const all = stacks(session, weight);
  return session.realms.map((realm, index) => {
    const own = all.filter((stack) => stack.realm === index);
    const weights = own.map((stack) => stack.weight);
    return {
      type: 'sampled',
      name: `${realm.name || realm.url} (${weight === 'µs' ? 'self time' : 'calls'})`,
      unit: weight === 'µs' ? 'microseconds' : 'none',
      startValue: 0,
      endValue: weights.reduce((sum, value) => sum + value, 0),
      samples: own.map(({ functions }) => functions),
      weights,
    };
  });
}
