// npm run dev: serves the panel on fixture sessions, with hot reload. Its page has links that
// select the sessions and the theme.
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

const server = await createServer({
  root: fileURLToPath(new URL('../test/browser/panel', import.meta.url)),
  configFile: false,
  // The gallery imports from the whole repository.
  server: { host: '127.0.0.1', fs: { allow: [root] } },
});
await server.listen();
const url = server.resolvedUrls?.local[0];
console.log(`The panel is at ${url}gallery.html; press Ctrl+C to stop.`);
