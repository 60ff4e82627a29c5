// What the examples have in common: the Start button, the progress, the figures, the end.
//
// `?work=short` starts at once, does a fixed amount of work from a fixed seed (`?seed=`) and takes some
// seconds: for tests and bench. Otherwise a person presses Start, and the work goes on for a minute.

const query = new URLSearchParams(location.search);

export const short = query.get('work') === 'short';

/** How long the work goes on where a person looks, ms. */
const MINUTE = 60_000;

const element = (id) => document.getElementById(id);
const { port1: here, port2: there } = new MessageChannel();

/** Random numbers from 0 to 1, the same ones for the same seed (mulberry32). */
export function createRandom(seed = Number(query.get('seed') ?? 1)) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Lets the page breathe: until the next frame, or in the short mode for one task. */
export function breathe() {
  if (!short) return new Promise(requestAnimationFrame);
  return new Promise((resume) => {
    here.onmessage = resume;
    there.postMessage(0);
  });
}

/** A figure of the application's own; tests read `data-value`. */
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

/** Does a part of the work, and adds its time to the part's figure and to the browser's own timeline. */
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
 * Runs the application once, when it is to start.
 * @param load gets everything ready
 * @param round one round of work, given its number from 0
 * @param rounds how many rounds the short mode has
 * @param finish after the last round
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

/** A canvas made sharp: its context, in units of CSS pixels. */
export function picture() {
  const canvas = element('picture');
  const { width, height } = canvas.getBoundingClientRect();
  canvas.width = width * devicePixelRatio;
  canvas.height = height * devicePixelRatio;
  const context = canvas.getContext('2d');
  context.scale(devicePixelRatio, devicePixelRatio);
  return { context, width, height };
}

/** Eight colours that can be told apart on light and dark. */
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
