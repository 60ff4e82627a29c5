import { render } from 'preact';
import { connectBackground } from '../src/extension/client.ts';
import { openStore } from '../src/store/store.ts';
import { App } from './App.tsx';
import { EmptyState } from './components/EmptyState.tsx';
import { followTheme } from './state/theme.ts';

const root = document.getElementById('app') as HTMLElement;
const tab = new URLSearchParams(location.search).get('tab');
const client = tab === null ? null : connectBackground(Number(tab));

try {
  const store = await openStore();
  followTheme(client?.theme ?? null, (theme) => render(<App store={store} client={client} theme={theme} />, root));
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  followTheme(client?.theme ?? null, () => render(<EmptyState title="Wasmscope could not start"><p>{message}</p></EmptyState>, root));
}
