import { COLOURS, createRandom, part, picture, short, show, stage } from '../shared/stage.js';

const WASM = '/node_modules/sql.js/dist/sql-wasm-browser.wasm';
const ROWS = short ? 1000 : 2000;
/** How many rounds of orders are kept: the table grows up to these, then stays that size. */
const KEPT = 40;
const WORDS = [
  'copper',
  'lantern',
  'harbour',
  'walnut',
  'marble',
  'thistle',
  'juniper',
  'saffron',
  'ember',
  'willow',
];

const random = createRandom();
const depots = COLOURS.map(() => ({ x: random(), y: random() }));
const { context, width, height } = picture();
let database;
let memory;
let answer = 0;
let asked = 0;

async function load() {
  const sql = await globalThis.initSqlJs({
    // Emscripten lets applications load the module themselves; that way the page gets its memory.
    instantiateWasm(imports, ready) {
      WebAssembly.instantiateStreaming(fetch(WASM), imports).then(({ instance, module }) => {
        memory = Object.values(instance.exports).find(
          (value) => value instanceof WebAssembly.Memory,
        );
        ready(instance, module);
      });
      return {};
    },
  });
  database = new sql.Database();
  database.run(
    'CREATE TABLE orders (round INT, name TEXT, x REAL, y REAL, amount REAL, depot INT)',
  );
  database.create_function('nearest_depot', (x, y) => {
    asked++;
    let best = 0;
    depots.forEach((depot, index) => {
      if (Math.hypot(depot.x - x, depot.y - y) < Math.hypot(depots[best].x - x, depots[best].y - y))
        best = index;
    });
    return best;
  });
}

const word = () => WORDS[Math.floor(random() * WORDS.length)];

function insert(number) {
  const statement = database.prepare('INSERT INTO orders VALUES (?, ?, ?, ?, ?, NULL)');
  database.run('BEGIN');
  for (let row = 0; row < ROWS; row++) {
    statement.run([
      number,
      `${word()} ${word()} ${Math.floor(random() * 1000)}`,
      random(),
      random(),
      Math.round(random() * 10_000) / 100,
    ]);
  }
  database.run('COMMIT');
  statement.free();
}

function draw(number) {
  context.globalAlpha = 0.06;
  context.fillStyle = '#808890';
  context.fillRect(0, 0, width, height);
  context.globalAlpha = 0.8;
  const points = database.prepare(
    'SELECT x, y, depot, amount FROM orders WHERE round = ? LIMIT 600',
  );
  points.bind([number]);
  while (points.step()) {
    const [x, y, depot, amount] = points.get();
    context.fillStyle = COLOURS[depot];
    context.beginPath();
    context.arc(x * width, y * height, 1 + amount / 25, 0, 2 * Math.PI);
    context.fill();
  }
  points.free();
  context.globalAlpha = 1;
}

async function round(number) {
  await part('insert, row by row', () => insert(number));
  await part('assign, asking JavaScript', () => {
    database.run('UPDATE orders SET depot = nearest_depot(x, y) WHERE round = ?', [number]);
  });
  await part('sort and rank', () => {
    const [
      {
        values: [[sum]],
      },
    ] = database.exec(`
      SELECT sum(place * amount) FROM (SELECT amount, row_number() OVER (PARTITION BY depot ORDER BY name, amount) AS place FROM orders)`);
    answer = sum;
  });
  database.run('DELETE FROM orders WHERE round <= ?', [number - KEPT]);
  draw(number);
  show('answer', answer);
  show('rows asked about', asked);
  show('linear memory', memory.buffer.byteLength, 'bytes');
}

stage({
  load,
  round,
  rounds: 8,
  async finish() {
    const response = await fetch(WASM, { method: 'HEAD' });
    show('module', Number(response.headers.get('content-length')), 'bytes');
  },
});
