// What the examples share: the Start button, progress, figures, and the end of the work.
//
// With `?work=short`, an example starts at once and does a fixed amount of work from a fixed seed
// (`?seed=`) in a few seconds, for tests and benchmarks. Otherwise it works for a minute after Start.

const query = new URLSearchParams(location.search);

export const short = query.get('work') === 'short';

/** How long the work takes after a click on Start, ms. */
const MINUTE = 60_000;

const element = (id) => document.getElementById(id);
const { port1: here, port2: there } = new MessageChannel();

/** Random numbers from 0 to 1, reproducible from the seed (mulberry32). */
export function createRandom(seed = Number(query.get('seed') ?? 1)) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Waits for the next frame, or for the next task in the short mode. */
export function breathe() {
  if (!short) return new Promise(requestAnimationFrame);
  return new Promise((resume) => {
    here.onmessage = resume;
    there.postMessage(0);
  });
}

/** Shows one of the application's own figures. Tests read `data-value`. */
export function show(name, value, unit = '') {
  let cell = document.querySelector(`[data-figure="${name}"]`);
  if (!cell) {
    const label = document.createElement('dt');
    label.textContent = name;
    cell = document.createElement('dd');
    cell.dataset.figure = name;
    element('figures').append(label, cell);
  }
  cell.dataset.value = String(value);
  const digits = unit === 'ms' ? 0 : 2;
  cell.textContent =
    typeof value === 'number'
      ? `${value.toLocaleString('en', { maximumFractionDigits: digits })} ${unit}`
      : value;
}

const elapsed = new Map();

/** Does a part of the work, and adds its time to a figure and to User Timing. */
export async function part(name, work) {
  const start = performance.now();
  const result = await work();
  const end = performance.now();
  performance.measure(name, { start, end });
  elapsed.set(name, (elapsed.get(name) ?? 0) + end - start);
  show(name, elapsed.get(name), 'ms');
  return result;
}

/**
 * Runs the application once.
 * @param load prepares everything
 * @param round does one round of work; gets its number, from 0
 * @param rounds the number of rounds in the short mode
 * @param finish runs after the last round
 */
export function stage({ load, round, rounds, finish = () => {} }) {
  const button = element('start');
  const progress = element('progress');
  const say = (text) => {
    element('state').textContent = text;
  };

  async function run() {
    button.disabled = true;
    try {
      say('Loading …');
      await part('load', load);
      say('Working …');
      const start = performance.now();
      for (let number = 0; ; number++) {
        const share = short ? number / rounds : (performance.now() - start) / MINUTE;
        progress.value = Math.min(share, 1);
        if (share >= 1) break;
        await round(number);
        show('rounds', number + 1);
        await breathe();
      }
      await finish();
      say('Done.');
      // For `wasmscope record --until-mark done`.
      performance.mark('done');
      document.title = 'done';
    } catch (error) {
      element('state').className = 'error';
      say(String(error));
      document.title = 'failed';
      throw error;
    }
  }

  if (short) run();
  else button.addEventListener('click', run);
}

/** The context of the canvas, at full resolution, in units of CSS pixels. */
export function picture() {
  const canvas = element('picture');
  const { width, height } = canvas.getBoundingClientRect();
  canvas.width = width * devicePixelRatio;
  canvas.height = height * devicePixelRatio;
  const context = canvas.getContext('2d');
  context.scale(devicePixelRatio, devicePixelRatio);
  return { context, width, height };
}

/** Eight colours that are distinct on light and dark backgrounds. */
export const COLOURS = [
  '#5b8ff9',
  '#5ad8a6',
  '#f6bd16',
  '#e8684a',
  '#6dc8ec',
  '#9270ca',
  '#ff9d4d',
  '#269a99',
];
