/// <reference types="vite/client" />
import { render } from 'preact';
import { App } from '../../../panel/App.tsx';
import { followTheme } from '../../../panel/state/theme.ts';
import '../../../panel/style/panel.css';
import { openStore, resetStore } from '../../../src/store/store.ts';
import { createGalleryClient } from './galleryClient.ts';
import { isGalleryFixture, storeFixture } from './galleryFixtures.ts';
import { showGalleryBar } from './showGalleryBar.tsx';

// The whole panel over made-up sessions in a real database, for tests and for `npm run dev`.
// `?sessions=` names a fixture of galleryFixtures.ts; `&recording`, `&devtools`, `&theme=dark`.
// The title becomes `ready` once the sessions are stored and the panel is there.

const query = new URLSearchParams(location.search);
const fixture = query.get('sessions') ?? 'small';
if (!isGalleryFixture(fixture)) throw new Error(`There is no fixture called ${fixture}.`);
const recording = query.has('recording');
await resetStore('gallery');
const store = await openStore('gallery');
await storeFixture(store, fixture, recording);

const root = document.getElementById('app') ?? document.body;
const client = createGalleryClient({
  place: query.has('devtools') ? 'devtools' : 'window',
  recording: recording ? 'synthetic' : null,
  onStop: async (session) => {
    await store.update(session, { state: 'complete' });
  },
});
let Panel = App;
let theme: string | null = null;
const draw = (): void => {
  if (theme !== null) render(<Panel store={store} client={client} theme={theme} />, root);
};
followTheme(null, (next) => {
  theme = next;
  draw();
});
// Only in the development server.
if (import.meta.hot) showGalleryBar();
// A change of the panel replaces it; its sessions stay.
import.meta.hot?.accept('../../../panel/App.tsx', (changed) => {
  if (changed) Panel = changed.App;
  draw();
});
document.title = 'ready';
