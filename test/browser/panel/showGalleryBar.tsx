import { render } from 'preact';
import { GALLERY_FIXTURES } from './galleryFixtures.ts';

const THEMES = { '': 'System theme', light: 'Light theme', dark: 'Dark theme' } as const;
const PLACES = { '': 'In a window', devtools: 'In DevTools' } as const;
const STATES = { '': 'Recorded', recording: 'Recording' } as const;

/**
 * A bar above the panel that chooses what the gallery shows. It reloads the page, as the address
 * holds the choice.
 */
export function showGalleryBar(): void {
  const bar = document.createElement('div');
  document.body.prepend(bar);
  document.body.style.cssText = 'display: grid; grid-template-rows: auto minmax(0, 1fr)';
  render(<GalleryBar query={new URLSearchParams(location.search)} />, bar);
}

function GalleryBar({ query }: { query: URLSearchParams }) {
  const set = (change: (next: URLSearchParams) => void): void => {
    const next = new URLSearchParams(query);
    change(next);
    location.search = next.toString();
  };
  return (
    <nav class="toolbar" aria-label="Gallery">
      <Options
        label="Sessions"
        options={GALLERY_FIXTURES}
        chosen={query.get('sessions') ?? 'small'}
        onChoose={(fixture) => set((next) => next.set('sessions', fixture))}
      />
      <Options
        label="Theme"
        options={THEMES}
        chosen={query.get('theme') ?? ''}
        onChoose={(theme) =>
          set((next) => (theme === '' ? next.delete('theme') : next.set('theme', theme)))
        }
      />
      <Options
        label="Place"
        options={PLACES}
        chosen={query.has('devtools') ? 'devtools' : ''}
        onChoose={(place) => set((next) => setFlag(next, 'devtools', place !== ''))}
      />
      <Options
        label="State"
        options={STATES}
        chosen={query.has('recording') ? 'recording' : ''}
        onChoose={(state) => set((next) => setFlag(next, 'recording', state !== ''))}
      />
    </nav>
  );
}

function setFlag(query: URLSearchParams, flag: string, on: boolean): void {
  if (on) query.set(flag, '');
  else query.delete(flag);
}

function Options({
  label,
  options,
  chosen,
  onChoose,
}: {
  label: string;
  options: Record<string, string>;
  chosen: string;
  onChoose(id: string): void;
}) {
  return (
    <select
      aria-label={label}
      value={chosen}
      onChange={(event) => onChoose(event.currentTarget.value)}
    >
      {Object.entries(options).map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
