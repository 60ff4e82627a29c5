import type { BoundaryFunction, NodeIndex, Session } from '../../../src/session/model.ts';
import { DIRECTION_LABELS } from '../../../src/text/directionLabels.ts';
import { FLAME_TEXT } from '../../../src/text/panel/flameText.ts';
import { directionOf } from '../../state/directionOf.ts';
import { shownName } from '../../state/shownName.ts';
import type { FlameKind } from './drawFlame.ts';

/** A node's function; undefined for a realm's root. */
const functionOf = ({ nodes, functions }: Session, node: NodeIndex): BoundaryFunction | undefined =>
  functions[nodes.function[node] ?? -1];

/** A node's name: that of its function, or, for a root, that of its realm. */
export function nodeLabel(session: Session, node: NodeIndex): string {
  const { nodes, realms } = session;
  if (functionOf(session, node)) return shownName(session, nodes.function[node] ?? -1);
  const realm = realms[nodes.realm[node] ?? -1];
  return realm?.name || realm?.url || 'page';
}

/** What a node's colour shows. */
export function nodeKind(session: Session, node: NodeIndex): FlameKind {
  const fn = functionOf(session, node);
  return fn ? directionOf(fn) : 'root';
}

/** A node's direction and module. */
export function nodePlace(session: Session, node: NodeIndex): string {
  const fn = functionOf(session, node);
  if (!fn) return FLAME_TEXT.realmRoot;
  return `${DIRECTION_LABELS[directionOf(fn)]}, ${session.modules[fn.module]?.name ?? 'module'}`;
}
