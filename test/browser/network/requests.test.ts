import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../../src/session/model.ts';
import type { Harness } from '../harness.ts';
import { requestTo } from '../harness.ts';
import { openNetworkHarness, recorded } from './networkSite.ts';

type Request = Session['requests'][number];

let harness: Harness;
beforeAll(async () => {
  harness = await openNetworkHarness();
});
afterAll(() => harness?.close());

/** The only request to a path. */
function onlyRequest(session: Session, path: string): Request {
  const [request, ...others] = requestTo(session, path);
  if (!request || others.length > 0) throw new Error(`${1 + others.length} requests to ${path}`);
  return request;
}

describe('a fetch', () => {
  let session: Session;
  let request: Request;
  let messages: string[];
  beforeAll(async () => {
    const { session: recording, opened } = await recorded(
      harness,
      async () => void (await (await fetch('/text?secret=1#part')).text()),
    );
    session = recording;
    request = onlyRequest(session, '/text');
    messages = opened.messages;
    await opened.close();
  });

  test('is recorded with method, status, type, protocol and size', () => {
    expect(request).toMatchObject({
      method: 'GET',
      initiator: 'fetch',
      status: 200,
      contentType: 'text/plain; charset=utf-8',
      protocol: 'http/1.1',
      decodedBodySize: 9,
      cache: 'network',
      stream: null,
      error: null,
    });
  });

  test('is recorded without query and fragment', () => {
    expect(request.url).toBe(`${harness.url}text`);
  });

  test('has its phases in order', () => {
    expect(request.responseStart).toBeGreaterThanOrEqual(request.requestStart as number);
    expect(request.responseUsed).toBeGreaterThanOrEqual(request.startTime);
  });

  test('is recorded beside the navigation to the page', () => {
    expect(requestTo(session, '/blank')).toMatchObject([{ initiator: 'navigation', status: 200 }]);
  });

  test('puts nothing on the console', () => {
    expect(messages).toEqual([]);
  });
});

describe('a request', () => {
  let session: Session;
  beforeAll(async () => {
    const { session: recording, opened } = await recorded(
      harness,
      async () => {
        await fetch('/missing');
        await (await fetch('/moved')).text();
        await fetch('http://127.0.0.1:9/refused').catch(() => {});
        const controller = new AbortController();
        const slow = fetch('/slow', { signal: controller.signal }).catch(() => {});
        await fetch('/arrived');
        controller.abort();
        await slow;
        await fetch(new Request('/text', { method: 'POST', body: 'x' }));
        await (await fetch('/cached')).text();
        await (await fetch('/cached')).text();
        const request = new XMLHttpRequest();
        request.open('GET', '/text');
        const loaded = new Promise((resolve) => request.addEventListener('load', resolve));
        request.send();
        await loaded;
      },
      { requests: 9 },
    );
    session = recording;
    await opened.close();
  });

  test('that finds nothing has its status and is no error', () => {
    expect(requestTo(session, '/missing')).toMatchObject([{ status: 404, error: null }]);
  });

  test('that is moved has the status and size of where it went', () => {
    expect(requestTo(session, '/moved')).toMatchObject([{ status: 200, decodedBodySize: 9 }]);
  });

  test('that is refused is an error', () => {
    expect(requestTo(session, '/refused')).toMatchObject([
      { initiator: 'fetch', error: expect.stringMatching(/fail/i) },
    ]);
  });

  test('that the page aborts is an error', () => {
    expect(requestTo(session, '/slow')).toMatchObject([
      { initiator: 'fetch', error: expect.stringMatching(/abort/i) },
    ]);
  });

  test('has its method and what made it', () => {
    const made = requestTo(session, '/text').map(({ method, initiator }) => [method, initiator]);
    expect(made.sort()).toEqual([
      ['GET', 'xmlhttprequest'],
      ['POST', 'fetch'],
    ]);
  });

  test('says whether it came from the cache', () => {
    const caches = requestTo(session, '/cached').map(({ cache }) => cache);
    expect(caches).toEqual(['network', 'cache']);
  });
});

describe('requests for one URL at one time', () => {
  let rows: Request[];
  beforeAll(async () => {
    const { session, opened } = await recorded(
      harness,
      async () => {
        await Promise.all(Array.from({ length: 12 }, async () => (await fetch('/text')).text()));
      },
      { requests: 12 },
    );
    rows = requestTo(session, '/text');
    await opened.close();
  });

  test('are each recorded', () => {
    expect(rows).toHaveLength(12);
  });

  test('each have their size', () => {
    expect(rows.map(({ decodedBodySize }) => decodedBodySize)).toEqual(Array(12).fill(9));
  });

  test('each have an end of their own', () => {
    const ends = rows.map(({ responseEnd }) => responseEnd);
    expect(ends).not.toContain(null);
    expect(new Set(ends).size).toBeGreaterThan(1);
  });
});

test('a module streams from a blob URL as without the agent', async () => {
  const both = await harness.bothWays(async () => {
    const blob = new Blob([await (await fetch('/counting.wasm')).arrayBuffer()], {
      type: 'application/wasm',
    });
    const promise = fetch(URL.createObjectURL(blob));
    const module = await WebAssembly.compileStreaming(promise);
    return [
      String(module),
      String(promise),
      promise instanceof Promise,
      WebAssembly.Module.exports(module).length > 0,
    ];
  });
  expect(both.with).toEqual(both.without);
  expect(both.without).toEqual(['[object WebAssembly.Module]', '[object Promise]', true, true]);
});

test('a streamed module has the sizes and times of its request', async () => {
  const { session, opened } = await recorded(harness, async () => {
    await WebAssembly.compileStreaming(fetch('/counting.wasm'));
  });
  const request = requestTo(session, '/counting.wasm')[0] as Session['requests'][number];
  expect(session.modules).toMatchObject([
    {
      url: `${harness.url}counting.wasm`,
      streamed: true,
      transferSize: request.transferSize,
      requestStart: request.requestStart,
      responseStart: request.responseStart,
      responseEnd: request.responseEnd,
    },
  ]);
  expect(request.transferSize).toBeGreaterThan(0);
  await opened.close();
});

describe('under a strict policy with Trusted Types', () => {
  let session: Session;
  let violations: string[];
  let messages: string[];
  beforeAll(async () => {
    const { session: recording, opened } = await recorded(
      harness,
      async () => void (await (await fetch('/text')).text()),
      { path: 'strict' },
    );
    session = recording;
    violations = await opened.page.evaluate(
      () => (globalThis as unknown as { violations: string[] }).violations,
    );
    messages = opened.messages;
    await opened.close();
  });

  test('requests are recorded', () => {
    expect(requestTo(session, '/text')).toMatchObject([{ status: 200 }]);
  });

  test('nothing is violated', () => {
    expect(violations).toEqual([]);
  });

  test('nothing is on the console', () => {
    expect(messages).toEqual([]);
  });
});
