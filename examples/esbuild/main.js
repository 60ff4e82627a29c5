import * as esbuild from '/node_modules/esbuild-wasm/esm/browser.js';
import {
  breathe,
  COLOURS,
  createRandom,
  part,
  picture,
  short,
  show,
  stage,
} from '../shared/stage.js';

const WASM = '/node_modules/esbuild-wasm/esbuild.wasm';
const FILES = short ? 40 : 120;

const random = createRandom();
const { context, width, height } = picture();

/** A TypeScript module that imports some of the modules before it. */
function source(number) {
  const needs = number === 0 ? [] : [...new Set([Math.floor(random() * number), number - 1])];
  const lines = needs.map((other) => `import { reckon${other} } from './file${other}';`);
  lines.push(
    `export interface Shape${number} { readonly width: number; height?: number; label: string }`,
  );
  const functions = 4 + Math.floor(random() * 30);
  for (let index = 0; index < functions; index++) {
    lines.push(
      `function helper${index}(shape: Shape${number}): number {`,
      `  const { width, height = ${Math.floor(random() * 100)}, label } = shape;`,
      '  return label?.length ? width ** 2 + height : Math.max(width, height ?? 1);',
      '}',
    );
  }
  const sum = [...Array(functions).keys()].map((index) => `helper${index}(shape)`).join(' + ');
  const others = needs.map((other) => ` + reckon${other}(shape)`).join('');
  lines.push(`export const reckon${number} = (shape: Shape${number}): number => ${sum}${others};`);
  return lines.join('\n');
}

const files = new Map(
  Array.from({ length: FILES }, (_, number) => [`file${number}`, source(number)]),
);

/** Serves the files to esbuild from memory, with a round trip to JavaScript for each. */
const inMemory = {
  name: 'in memory',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ path }) => ({
      path: path.replace('./', ''),
      namespace: 'memory',
    }));
    build.onLoad({ filter: /.*/, namespace: 'memory' }, ({ path }) => ({
      contents: files.get(path),
      loader: 'ts',
    }));
  },
};

async function load() {
  await esbuild.initialize({ wasmURL: WASM, worker: false });
  show('version', esbuild.version);
}

async function round() {
  let transformed = 0;
  await part('transform, file by file', async () => {
    for (const contents of files.values()) {
      const { code } = await esbuild.transform(contents, { loader: 'ts', target: 'es2018' });
      transformed += code.length;
    }
  });
  await breathe();
  const { outputFiles, metafile } = await part('bundle and minify', () =>
    esbuild.build({
      entryPoints: [`file${FILES - 1}`],
      bundle: true,
      minify: true,
      write: false,
      metafile: true,
      format: 'esm',
      outdir: '/',
      plugins: [inMemory],
    }),
  );
  show('transformed', transformed, 'bytes');
  show('answer', outputFiles[0].text.length);
  draw(Object.values(metafile.outputs)[0].inputs);
}

/** Draws a treemap: halves the longer side until one file is left. */
function draw(inputs) {
  context.clearRect(0, 0, width, height);
  const sizes = Object.entries(inputs).map(([name, { bytesInOutput }]) => ({
    name: name.replace('memory:', ''),
    size: bytesInOutput + 1,
  }));
  fill(
    sizes.sort((a, b) => b.size - a.size),
    0,
    0,
    width,
    height,
  );
}

function fill(items, x, y, w, h) {
  if (items.length === 1) {
    const [{ name }] = items;
    context.fillStyle = COLOURS[Number(name.replace('file', '')) % COLOURS.length];
    context.fillRect(x + 1, y + 1, Math.max(w - 2, 0), Math.max(h - 2, 0));
    context.fillStyle = '#10141a';
    context.font = '11px system-ui';
    if (w > 44 && h > 18) context.fillText(name, x + 6, y + 15);
    return;
  }
  const total = items.reduce((sum, { size }) => sum + size, 0);
  let count = 0;
  let first = 0;
  while (count < items.length - 1 && first < total / 2) {
    first += items[count].size;
    count++;
  }
  const share = first / total;
  if (w > h) {
    fill(items.slice(0, count), x, y, w * share, h);
    fill(items.slice(count), x + w * share, y, w * (1 - share), h);
  } else {
    fill(items.slice(0, count), x, y, w, h * share);
    fill(items.slice(count), x, y + h * share, w, h * (1 - share));
  }
}

stage({
  load,
  round,
  rounds: 2,
  async finish() {
    await esbuild.stop();
    const response = await fetch(WASM, { method: 'HEAD' });
    show('module', Number(response.headers.get('content-length')), 'bytes');
  },
});
