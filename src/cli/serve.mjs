// A static server on the loopback interface, for local builds that the command line records, the
// examples, the tests and the bench. Plain JavaScript, because scripts/ runs it without a build.
import { createServer } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { isUtf8MimeType, mime, send } from '@fastify/send';

// As RFC 9239 has it; the library still says application/javascript.
mime.define({ 'text/javascript': ['js', 'mjs'] }, true);

/** Headers that make a page cross-origin isolated: SharedArrayBuffer, and a clock of 5 µs. */
export const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Encodings of precompressed files, the smallest first. */
const PRECOMPRESSED = [
  { encoding: 'br', extension: '.br' },
  { encoding: 'gzip', extension: '.gz' },
];

/**
 * @typedef {import('node:http').IncomingMessage} Request
 * @typedef {import('node:http').ServerResponse} Response
 * @typedef {(request: Request, response: Response) => void} Route
 * @typedef {object} ServeOptions
 * @property {string} root the folder to serve
 * @property {number} [port] 0, the default, takes a free port
 * @property {Record<string, Record<string, string>>} [headers] more headers, by the beginning of
 *   the path that they apply to
 * @property {Record<string, Route>} [routes] handlers by exact path; they come before files
 * @property {Record<string, string>} [mounts] more folders, by path with a slash at both ends
 * @property {boolean} [precompressed] whether `FILE.br` or `FILE.gz` is sent instead of `FILE` to
 *   a client that accepts it; nothing is compressed otherwise
 * @typedef {object} Server
 * @property {string} url of the root, with a slash at the end
 * @property {() => Promise<void>} close closes open connections as well
 */

/**
 * Serves a folder on the loopback interface. A folder's `index.html` answers for it; folders are
 * never listed, and nothing outside the root is served.
 * @param {ServeOptions} options
 * @returns {Promise<Server>}
 */
export async function serve(options) {
  const server = createServer((request, response) => {
    answer(request, response, options).catch(() => response.destroy());
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => resolve(undefined));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * @param {Request} request
 * @param {Response} response
 * @param {ServeOptions} options
 */
async function answer(request, response, { root, headers, routes, mounts, precompressed }) {
  const [path = '', query] = (request.url ?? '/').split(/(?=\?)/, 2);
  for (const [start, more] of Object.entries(headers ?? {})) {
    if (path.startsWith(start)) response.setHeaders(new Map(Object.entries(more)));
  }
  const routed = new Map(Object.entries(routes ?? {})).get(path);
  if (routed) {
    routed(request, response);
    return;
  }
  const folders = Object.entries({ ...mounts, '/': root });
  const [prefix, folder] = folders.find(([start]) => path.startsWith(start)) ?? [];
  if (prefix === undefined) {
    response.writeHead(400).end();
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    return;
  }
  const file = path.slice(prefix.length);
  const options = { root: folder, cacheControl: false, dotfiles: /** @type {const} */ ('allow') };
  const found =
    (precompressed && (await sendPrecompressed(request, file, options))) ||
    (await send(request, file === '' ? '/' : file, options));
  if (precompressed) response.setHeader('Vary', 'Accept-Encoding');
  if (found.type === 'file') {
    response.setHeader('Cache-Control', 'no-cache');
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  } else if (found.type === 'directory') {
    // The library knows neither the mount nor the query.
    response.setHeader('Location', `${path}/${query ?? ''}`);
    delete found.headers.Location;
  }
  response.writeHead(found.statusCode, found.headers);
  await pipeline(found.stream, response);
}

/**
 * The compressed file beside a file, as the file; null if there is none that the client accepts.
 * @param {Request} request
 * @param {string} path
 * @param {import('@fastify/send').SendOptions} options
 * @returns {Promise<import('@fastify/send').FileSendResult | null>}
 */
async function sendPrecompressed(request, path, options) {
  const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
  const accepted = acceptedEncodings(request);
  for (const { encoding, extension } of PRECOMPRESSED) {
    if (!accepted.has(encoding)) continue;
    const found = await send(request, file + extension, { ...options, contentType: false });
    if (found.type !== 'file') continue;
    const type = mime.getType(file) ?? 'application/octet-stream';
    found.headers['Content-Type'] = isUtf8MimeType(type) ? `${type}; charset=utf-8` : type;
    found.headers['Content-Encoding'] = encoding;
    return found;
  }
  return null;
}

/** The encodings that a client names and does not refuse with `q=0`. @param {Request} request */
function acceptedEncodings({ headers }) {
  const named = String(headers['accept-encoding'] ?? '').split(',');
  return new Set(
    named
      .filter((item) => !/;\s*q=0(\.0*)?\s*$/.test(item))
      .map((item) => item.split(';', 1)[0]?.trim()),
  );
}
