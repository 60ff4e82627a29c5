import { render } from 'preact';
import { connectBackground } from '../src/extension/client.ts';
import { openStore } from '../src/store/store.ts';
import { App } from './App.tsx';
import { followTheme } from './state/theme.ts';
import { StoreFailure } from './views/sessions/StoreFailure.tsx';

const root = document.getElementById('app') ?? document.body;
const tab = new URLSearchParams(location.search).get('tab');
const client = tab === null ? null : connectBackground(Number(tab));

let attempts = 0;

async function start(): Promise<void> {
  try {
    const store = await openStore();
    followTheme(client?.theme ?? null, (theme) =>
      render(<App store={store} client={client} theme={theme} />, root),
    );
  } catch (error) {
    followTheme(client?.theme ?? null, () =>
      render(<StoreFailure key={attempts++} error={error} onRetry={() => void start()} />, root),
    );
  }
}

await start();
