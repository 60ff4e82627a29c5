// A static server on the loopback interface: for local builds that the command line records, for the examples, the
// tests and the bench. Plain JavaScript, as scripts/ runs it without a build.
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
};

/** For `headers`: 5 µs clock and SharedArrayBuffer. */
export const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * @typedef {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => void} Route
 * @typedef {object} Served
 * @property {string} url of the root, with a slash at the end
 * @property {() => Promise<void>} close ends open connections too
 */

/**
 * Serves a folder on the loopback interface.
 * @param {object} options
 * @param {string} options.root the folder
 * @param {number} [options.port] 0, the default: a free one
 * @param {Record<string, Record<string, string>>} [options.headers] more headers for every path that begins with the key
 * @param {Record<string, Route>} [options.routes] answers of one's own, by exact path; they come first
 * @param {Record<string, string>} [options.mounts] more folders, by path with a slash at both ends
 * @returns {Promise<Served>}
 */
export async function serve({ root, port = 0, headers = {}, routes = {}, mounts = {} }) {
  const folders = Object.entries({ ...mounts, '/': root });

  const server = createServer((request, response) => {
    const path = pathOf(request.url ?? '/');
    if (path === null) return refuse(response, 400, 'not a path');
    for (const [prefix, more] of Object.entries(headers)) {
      if (path.startsWith(prefix))
        for (const [name, value] of Object.entries(more)) response.setHeader(name, value);
    }
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (route) return route(request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(response, 405, 'only GET and HEAD');
    const [prefix, folder] = folders.find(([start]) => path.startsWith(start));
    sendFile(request, response, folder, path.slice(prefix.length));
  });
  await new Promise((listening, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', listening);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** The path of a request, decoded; null where it has none. */
function pathOf(url) {
  try {
    const path = decodeURIComponent(url.split(/[?#]/, 1)[0]);
    return path.startsWith('/') && !path.includes('\0') ? path : null;
  } catch {
    return null; // a stray %
  }
}

function sendFile(request, response, folder, path) {
  const top = resolve(folder);
  let file = resolve(top, `.${sep}${path}`);
  if (file !== top && !file.startsWith(top + sep))
    return refuse(response, 403, 'outside of what is served');
  let found = statSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory()) {
    if (path !== '' && !path.endsWith('/')) {
      // Relative links of the index need the slash.
      response
        .writeHead(301, {
          Location: `${request.url.split('?', 1)[0]}/${request.url.match(/\?.*/)?.[0] ?? ''}`,
        })
        .end();
      return;
    }
    file = join(file, 'index.html');
    found = statSync(file, { throwIfNoEntry: false });
  }
  if (!found?.isFile()) return refuse(response, 404, 'nothing here');
  const modified = found.mtime.toUTCString();
  response.setHeader('Last-Modified', modified);
  response.setHeader('Cache-Control', 'no-cache');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  if (request.headers['if-modified-since'] === modified) {
    response.writeHead(304).end();
    return;
  }
  response.writeHead(200, {
    'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
    'Content-Length': found.size,
  });
  if (request.method === 'HEAD') response.end();
  else
    createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response);
}

function refuse(response, status, why) {
  response
    .writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' })
    .end(`${status}: ${why}\n`);
}
