import RAPIER from '/node_modules/@dimforge/rapier3d-compat/dist/rapier.mjs';
import { COLOURS, createRandom, part, picture, short, show, stage } from '../shared/stage.js';

const BOXES = short ? 120 : 300;
const RAYS = 40;
/** Steps of physics in one round. */
const STEPS = short ? 10 : 1;

const random = createRandom();
const { context, width, height } = picture();
let world;
const boxes = [];
let dropped = 0;
let hits = 0;

async function load() {
  await RAPIER.init();
  world = new RAPIER.World({ x: 0, y: -9.81, z: 0 });
  world.createCollider(RAPIER.ColliderDesc.cuboid(14, 0.1, 14));
}

/** Drops a box from above, and removes the oldest if there are too many. */
function drop() {
  const half = 0.3 + random() * 0.5;
  const body = world.createRigidBody(
    RAPIER.RigidBodyDesc.dynamic()
      .setTranslation((random() - 0.5) * 9, 9 + random() * 6, (random() - 0.5) * 9)
      .setAngvel({ x: random() * 4, y: random() * 4, z: random() * 4 }),
  );
  world.createCollider(RAPIER.ColliderDesc.cuboid(half, half, half).setRestitution(0.2), body);
  boxes.push({ body, half, colour: COLOURS[dropped % COLOURS.length] });
  dropped++;
  if (boxes.length > BOXES) world.removeRigidBody(boxes.shift().body);
}

function castRays() {
  for (let ray = 0; ray < RAYS; ray++) {
    const from = { x: (ray / RAYS - 0.5) * 12, y: 8, z: -10 };
    if (world.castRay(new RAPIER.Ray(from, { x: 0, y: -0.6, z: 1 }), 40, true)) hits++;
  }
}

async function round() {
  for (let count = 0; count < 2; count++) drop();
  await part('step', () => {
    for (let step = 0; step < STEPS; step++) world.step();
  });
  await part('cast rays', castRays);
  await part('read and draw', draw);
  show('boxes', boxes.length);
  show('rays that hit', hits);
}

const CORNERS = [
  [-1, -1, -1],
  [1, -1, -1],
  [1, 1, -1],
  [-1, 1, -1],
  [-1, -1, 1],
  [1, -1, 1],
  [1, 1, 1],
  [-1, 1, 1],
];
const FACES = [
  [0, 1, 2, 3],
  [5, 4, 7, 6],
  [4, 0, 3, 7],
  [1, 5, 6, 2],
  [3, 2, 6, 7],
  [4, 5, 1, 0],
];

/** Rotates a vector by a quaternion. */
function turn([x, y, z], q) {
  const a = 2 * (q.y * z - q.z * y);
  const b = 2 * (q.z * x - q.x * z);
  const c = 2 * (q.x * y - q.y * x);
  return [
    x + q.w * a + q.y * c - q.z * b,
    y + q.w * b + q.z * a - q.x * c,
    z + q.w * c + q.x * b - q.y * a,
  ];
}

/** Isometric projection: across, up, and depth. */
const view = ([x, y, z]) => [(x - z) * 0.7, y * 0.82 - (x + z) * 0.41, x + z + y];

const scale = Math.min(width / 22, height / 17);
const toPixels = ([across, up]) => [width / 2 + across * scale, height * 0.62 - up * scale];

function quad(points, colour) {
  context.fillStyle = colour;
  context.beginPath();
  for (const point of points) context.lineTo(...toPixels(point));
  context.closePath();
  context.fill();
}

function draw() {
  context.clearRect(0, 0, width, height);
  quad(
    [
      [-9, 0, -9],
      [9, 0, -9],
      [9, 0, 9],
      [-9, 0, 9],
    ].map(view),
    '#8890a040',
  );
  const shapes = boxes.map(({ body, half, colour }) => {
    const place = body.translation();
    const rotation = body.rotation();
    const corners = CORNERS.map((corner) => {
      const [x, y, z] = turn(corner, rotation);
      return view([place.x + x * half, place.y + y * half, place.z + z * half]);
    });
    return { corners, colour, near: place.x + place.z + place.y };
  });
  for (const { corners, colour } of shapes.sort((a, b) => a.near - b.near)) {
    FACES.forEach((face, side) => {
      const [a, b, c] = face.map((index) => corners[index]);
      // Skip faces that point away.
      if ((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) >= 0) return;
      quad(
        face.map((index) => corners[index]),
        colour,
      );
      quad(
        face.map((index) => corners[index]),
        ['#0002', '#fff1', '#0003', '#0000', '#fff3', '#0004'][side],
      );
    });
  }
}

stage({
  load,
  round,
  rounds: 40,
  finish() {
    const places = boxes.map(({ body }) => body.translation());
    show(
      'answer',
      places.reduce((sum, { x, y, z }) => sum + x + 2 * y + 3 * z, 0),
    );
  },
});
