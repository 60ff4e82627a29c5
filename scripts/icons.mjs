import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

/** The mark: a trace that crosses a border. Drawn from its shape, so that each size is sharp. */
function colourAt(x, y) {
  const rounded = Math.max(Math.abs(x - 0.5), Math.abs(y - 0.5)) > 0.5 - 0.02 ? 0 : 1;
  if (!rounded) return [0, 0, 0, 0];
  const trace = 0.5 - 0.28 * Math.sin((x - 0.08) * 2 * Math.PI * 1.19);
  if (Math.abs(y - trace) < 0.075) return [255, 255, 255, 255];
  if (Math.abs(x - 0.5) < 0.03) return [190, 175, 255, 255];
  return [84, 60, 200, 255];
}

function png(size) {
  const rows = Buffer.alloc(size * (1 + 4 * size));
  const steps = 4;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const sum = [0, 0, 0, 0];
      for (let part = 0; part < steps * steps; part++) {
        const colour = colourAt(
          (x + ((part % steps) + 0.5) / steps) / size,
          (y + (Math.floor(part / steps) + 0.5) / steps) / size,
        );
        for (let channel = 0; channel < 4; channel++)
          sum[channel] += colour[channel] / (steps * steps);
      }
      rows.set(sum.map(Math.round), y * (1 + 4 * size) + 1 + 4 * x);
    }
  }
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const head = Buffer.alloc(4);
    head.writeUInt32BE(data.length);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([head, body, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Writes the icons as PNG files named by their size. */
export function writeIcons(folder) {
  mkdirSync(folder, { recursive: true });
  for (const size of [16, 32, 48, 128]) writeFileSync(join(folder, `${size}.png`), png(size));
}
