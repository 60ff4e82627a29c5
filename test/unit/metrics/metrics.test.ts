import { describe, expect, it } from 'vitest';
import { allMetricsOf, definitionOf, metricsOf } from '../../../src/metrics/metricsOf.ts';
import { createFold } from '../../../src/session/fold.ts';
import type { Session } from '../../../src/session/model.ts';
import { syntheticInfo, syntheticSegments } from '../../fixtures/synthetic.ts';
import type { Part } from '../sessionBuilder.ts';
import { moduleRow, recordingOf, requestRow, segmentsOf, sessionFrom } from '../sessionBuilder.ts';

const valuesOf = (session: Session): Record<string, number> =>
  Object.fromEntries(metricsOf(session).map(({ id, value }) => [id, value]));
const of = (...parts: Part[]): Record<string, number> => valuesOf(sessionFrom(segmentsOf(parts)));

describe('metricsOf', () => {
  const synthetic = (): Session => {
    const fold = createFold(syntheticInfo());
    for (const segment of syntheticSegments()) fold.add(segment);
    return fold.session();
  };

  it('gives every metric an id of its own', () => {
    const ids = allMetricsOf(synthetic()).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('gives every metric a subject and quantity of its own', () => {
    const keys = allMetricsOf(synthetic()).map(({ subject, quantity }) =>
      JSON.stringify([subject, quantity]),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('finds the definition of every metric by its id', () => {
    for (const { id, subject, quantity } of allMetricsOf(synthetic())) {
      expect(definitionOf(id), id).toMatchObject({ subject: subject.type, quantity });
    }
  });

  it('finds no definition for an id that no metric has', () => {
    expect(definitionOf('crossings/a.wasm/step/speed')).toBeNull();
  });

  it('leaves out what only budgets name', () => {
    const ids = metricsOf(synthetic()).map(({ id }) => id);
    expect(ids).not.toContain('modules/bytes');
  });

  it('names the module and the function that a metric is about', () => {
    const session = sessionFrom(
      recordingOf({
        functions: ['__wbg_now_e7c6795a7f81e10f'],
        nodes: [{ parent: 0, function: 0 }],
        seconds: [[[1, 4, 10]]],
      }),
    );
    const calls = metricsOf(session).find(({ id }) => id === 'crossings/a.wasm/__wbg_now/calls');
    expect(calls?.subject).toEqual({
      type: 'function',
      module: 'a.wasm',
      name: '__wbg_now',
      fullName: '__wbg_now_e7c6795a7f81e10f',
    });
  });

  it('gives calls and times of a boundary function', () => {
    const session = sessionFrom(
      recordingOf({
        functions: ['step', 'env.draw'],
        nodes: [
          { parent: 0, function: 0 },
          { parent: 1, function: 1 },
        ],
        seconds: [
          [
            [1, 4, 10],
            [2, 8, 6],
          ],
        ],
      }),
    );
    expect(valuesOf(session)).toMatchObject({
      'crossings/all/calls': 12,
      'crossings/all/time': 10,
      'crossings/a.wasm/step/calls': 4,
      'crossings/a.wasm/step/self': 4,
      'crossings/a.wasm/step/total': 10,
      'crossings/a.wasm/step/perCall': 1e6,
      'crossings/a.wasm/env.draw/self': 6,
    });
  });

  it('calls a module the same in every build, whatever its hash', () => {
    const bytes = of({ modules: [moduleRow({ name: 'app-3f9a12bc.wasm', bytes: 70 })] });
    expect(bytes['module/app.wasm/bytes']).toBe(70);
  });

  it('calls an import of wasm-bindgen the same in every build, unless two would be called so', () => {
    const session = sessionFrom(
      recordingOf({
        functions: [
          '__wbg_now_e7c6795a7f81e10f',
          '__wbg_new_0123456789abcdef',
          '__wbg_new_fedcba9876543210',
        ],
        nodes: [0, 1, 2].map((fn) => ({ parent: 0, function: fn })),
        seconds: [
          [
            [1, 1, 1],
            [2, 2, 1],
            [3, 3, 1],
          ],
        ],
      }),
    );
    expect(valuesOf(session)).toMatchObject({
      'crossings/a.wasm/__wbg_now/calls': 1,
      'crossings/a.wasm/__wbg_new_0123456789abcdef/calls': 2,
      'crossings/a.wasm/__wbg_new_fedcba9876543210/calls': 3,
    });
  });

  it('leaves the bytes over the network out while an answer is under way: the next run may know them', () => {
    const whole = requestRow({ transferSize: 300, responseEnd: 5 });
    const underWay = requestRow({ id: 1, responseUsed: 5 });
    expect(of({ requests: [whole] })['requests/bytes']).toBe(300);
    expect(of({ requests: [whole, underWay] })).not.toHaveProperty('requests/bytes');
    expect(
      of({ requests: [whole, { ...underWay, url: 'blob:https://example.org/1' }] })[
        'requests/bytes'
      ],
    ).toBe(300);
  });

  it('counts the bytes of a module once that several realms have', () => {
    const rows = [moduleRow({ bytes: 70 }), moduleRow({ id: 1, method: 'received', url: null })];
    expect(of({ modules: rows })['module/a.wasm/bytes']).toBe(70);
  });

  it('keeps two modules of one name apart', () => {
    const other = moduleRow({ id: 1, url: 'https://example.org/b/a.wasm', bytes: 9 });
    const values = of({ modules: [moduleRow({ bytes: 70 }), other] });
    expect(values).toMatchObject({ 'module/a.wasm/bytes': 70, 'module/a.wasm#2/bytes': 9 });
  });

  it('gives the size of each section', () => {
    const sections = [
      { id: 10, name: 'code', size: 40 },
      { id: 0, name: 'name', size: 3 },
    ];
    const values = of({ modules: [moduleRow({ sections })] });
    expect(values).toMatchObject({
      'module/a.wasm/section/code/bytes': 40,
      'module/a.wasm/section/name/bytes': 3,
    });
  });

  it('gives the phases of a load that were measured', () => {
    const module = moduleRow({
      streamed: false,
      requestStart: 10,
      responseStart: 15,
      responseEnd: 30,
      compileStart: 31,
      compileEnd: 40,
      instantiateStart: 41,
      instantiateEnd: 43,
    });
    const values = of({ modules: [module] });
    expect(values).toMatchObject({
      'load/a.wasm/request': 5,
      'load/a.wasm/compile': 9,
      'load/a.wasm/ready': 33,
    });
    expect(values).not.toHaveProperty('load/a.wasm/firstCall');
  });

  it('gives the peak of a memory and by how many pages it grew', () => {
    const memory = {
      id: 0,
      module: 0,
      name: 'memory',
      kind: 'defined',
      shared: false,
      address: 'i32',
      initialPages: 2,
      maximumPages: null,
      firstSeen: 0,
    } as const;
    const growths = [
      { memory: 0, time: 9, fromPages: 2, toPages: 5, node: null, observedLate: false },
    ];
    expect(of({ modules: [moduleRow()], memories: [memory], growths })).toMatchObject({
      'memory/a.wasm/memory/peak': 5 * 65536,
      'memory/a.wasm/memory/grownPages': 3,
      'memory/all/peak': 5 * 65536,
    });
  });

  it('gives request counts and latency', () => {
    const requests = [
      requestRow({ startTime: 0, responseEnd: 10 }),
      requestRow({ id: 1, startTime: 5, responseEnd: 25, status: 404 }),
    ];
    expect(of({ requests })).toMatchObject({
      'requests/count': 2,
      'requests/failed': 1,
      'requests/repeated': 1,
      'requests/latency/p50': 15,
    });
  });

  it('adds up a User Timing measure', () => {
    const span = { kind: 'measure', name: 'parse', start: 0, value: null, detail: '' } as const;
    expect(
      of({
        spans: [
          { ...span, duration: 4 },
          { ...span, duration: 8 },
        ],
      }),
    ).toMatchObject({
      'measure/parse/duration': 12,
      'measure/parse/mean': 6,
      'measure/parse/count': 2,
    });
  });

  it('takes the last value of a vital', () => {
    const vital = { kind: 'vital', name: 'LCP', start: 0, duration: 0, detail: '' } as const;
    expect(
      of({
        spans: [
          { ...vital, value: 90 },
          { ...vital, value: 120 },
        ],
      })['vital/LCP'],
    ).toBe(120);
  });
});
