import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '../../scripts/serve.mjs';
import { ISOLATED } from '../../src/cli/serve.mjs';
import { COUNTING } from '../fixtures/countingModule.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

type Routes = NonNullable<Parameters<typeof serve>[0]['routes']>;

const as =
  (type: string, body: string | Uint8Array): Routes[string] =>
  (_, response) =>
    response
      .writeHead(200, {
        'Content-Type': type,
        ...ISOLATED,
        'Cross-Origin-Resource-Policy': 'same-origin',
      })
      .end(body);
const page = (script: string): Routes[string] =>
  as('text/html', `<!doctype html><title>page</title><script type="module">${script}</script>`);
const script = (text: string): Routes[string] => as('text/javascript', text);

/** What every realm does: `crossings` calls of `nothing`, through one call of `repeat`. */
const WORK = `
  const none = () => {};
  const imports = { env: new Proxy({}, { get: (_, name) => (name === 'nothing' ? none : (value) => value) }) };
  const work = async (module, crossings) => {
    const instance = await WebAssembly.instantiate(module, imports);
    instance.exports.repeat(crossings);
  };
`;
/** Posts a message when the work is done, and stays. */
const WORKER = `${WORK}
  addEventListener('message', async ({ data: { crossings, module } }) => {
    await work(module ?? (await WebAssembly.compileStreaming(fetch('/counting.wasm'))), crossings);
    postMessage('done');
  });
`;
/** Posts a message to a worker, and waits for its answer. */
const PAGE = `
  const answers = (worker, message) => new Promise((resolve, reject) => {
    worker.onmessage = resolve;
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(message);
  });
`;

/** Serves the pages that the tests record; the examples are under `/examples/`. */
export const openPages = (): ReturnType<typeof serve> =>
  serve({
    root: join(repository, 'test/fixtures'),
    mounts: { '/examples/': join(repository, 'examples') },
    routes: {
      '/counting.wasm': as('application/wasm', COUNTING),
      '/broken': as(
        'text/html',
        '<!doctype html><title>broken</title><script src="/gone.js?token=1"></script>',
      ),
      '/empty': as('text/html', '<!doctype html><title>empty</title>'),
      '/worker.js': script(WORKER),
      '/nested.js': script(`
      const inner = new Worker('/worker.js', { type: 'module' });
      addEventListener('message', ({ data }) => inner.postMessage(data));
      inner.onmessage = ({ data }) => postMessage(data);
    `),
      '/shared.js': script(`${WORK}
      addEventListener('connect', async ({ ports: [port] }) => {
        await work(await WebAssembly.compileStreaming(fetch('/counting.wasm')), 400);
        port.postMessage('done');
      });
    `),
      '/workers': page(`${PAGE}
      const blob = URL.createObjectURL(new Blob([${JSON.stringify(WORKER.replace("fetch('/", "fetch('__ORIGIN__/"))}.replace('__ORIGIN__', origin)]));
      await Promise.all([
        answers(new Worker('/worker.js', { type: 'module' }), { crossings: 100 }),
        answers(new Worker(blob), { crossings: 200 }),
        answers(new Worker('/nested.js'), { crossings: 300 }),
        new Promise((resolve) => { new SharedWorker('/shared.js').port.onmessage = resolve; }),
      ]);
      performance.mark('all done');
    `),
      // Like Emscripten's threads: the page posts its compiled module to a pool of workers.
      '/pthreads': page(`${PAGE}
      const module = await WebAssembly.compileStreaming(fetch('/counting.wasm'));
      const memory = new WebAssembly.Memory({ initial: 1, maximum: 4, shared: true });
      const pool = [100, 200, 300].map((crossings) => answers(new Worker('/worker.js', { type: 'module' }), { crossings, module, memory }));
      await Promise.all(pool);
      performance.mark('all done');
    `),
      // Ten calls into wasm, each of which calls an import that computes for `?ms=` ms.
      // `?extra` adds one crossing.
      '/burn': page(`
      const asked = new URLSearchParams(location.search);
      const none = () => {};
      const burn = (ms) => { for (const end = performance.now() + ms; performance.now() < end;); };
      const own = { nothing: none, burn };
      const imports = { env: new Proxy({}, { get: (_, name) => own[name] ?? ((value) => value) }) };
      const { instance: { exports } } = await WebAssembly.instantiateStreaming(fetch('/counting.wasm'), imports);
      for (let round = 0; round < 10; round++) exports.burn_outside(Number(asked.get('ms')));
      exports.repeat(asked.has('extra') ? 101 : 100);
      performance.mark('all done');
    `),
      '/endless.js': script(`${WORK}
      const module = await WebAssembly.compileStreaming(fetch('/counting.wasm'));
      const { exports } = await WebAssembly.instantiate(module, imports);
      exports.repeat(500);
      postMessage('begun');
      for (;;) exports.repeat(0);
    `),
      '/waiting.js': script(`
      postMessage('begun');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    `),
      '/stuck': page(`
      const begun = (worker) => new Promise((resolve) => { worker.onmessage = resolve; });
      await Promise.all([begun(new Worker('/endless.js', { type: 'module' })), begun(new Worker('/waiting.js'))]);
      performance.mark('begun');
    `),
      '/opener': page(`
      open('/empty');
      open('/empty', '_blank', 'noopener');
      setTimeout(() => performance.mark('opened'), 500);
    `),
      '/never': (_, response) => {
        response
          .writeHead(200, { 'Content-Type': 'text/html' })
          .write('<!doctype html><title>never</title>');
      },
      '/favicon.ico': (_, response) => response.writeHead(204).end(),
    },
  });
