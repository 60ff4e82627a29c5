import { CrossingsView } from './crossings/CrossingsView.tsx';
import { FlameView } from './flame/FlameView.tsx';
import { LoadView } from './load/LoadView.tsx';
import { MemoryView } from './memory/MemoryView.tsx';
import { NetworkView } from './network/NetworkView.tsx';
import { OverviewView } from './overview/OverviewView.tsx';
import type { ViewProps } from './view.ts';

/** The views of one session, as the panel and the report show them. */
export const SESSION_VIEWS = [
  { id: 'overview', title: 'Overview', View: OverviewView },
  { id: 'load', title: 'Load', View: LoadView },
  { id: 'crossings', title: 'Crossings', View: CrossingsView },
  { id: 'memory', title: 'Memory', View: MemoryView },
  { id: 'network', title: 'Network', View: NetworkView },
  { id: 'flame', title: 'Flame', View: FlameView },
] as const satisfies readonly { id: string; title: string; View: (props: ViewProps) => unknown }[];

export type SessionViewId = (typeof SESSION_VIEWS)[number]['id'];
