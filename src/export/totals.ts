import type { CrossingInterval, NodeIndex, Session } from '../session/model.ts';
import { CALL_SUMS, callSums } from '../session/model.ts';

/** Sums intervals for each node. */
export interface Totals {
  add(interval: CrossingInterval): void;
  /** One interval per realm, over the whole session, with the nodes that were called. */
  intervals(session: Session): CrossingInterval[];
}

export function createTotals(): Totals {
  let room = 1024;
  const sums = callSums(() => new Float64Array(room));

  function makeRoom(node: NodeIndex): void {
    if (node < room) return;
    room = Math.max(2 * room, node + 1);
    for (const name of CALL_SUMS) {
      const larger = new Float64Array(room);
      larger.set(sums[name]);
      sums[name] = larger;
    }
  }

  return {
    add(interval) {
      for (const node of interval.node) makeRoom(node);
      for (const name of CALL_SUMS) addColumn(sums[name], interval.node, interval[name]);
    },
    intervals({ nodes, realms, duration }) {
      const called: NodeIndex[][] = realms.map(() => []);
      for (let node = 0; node < Math.min(nodes.length, room); node++) {
        const wasCalled = CALL_SUMS.some((name) => sums[name][node] !== 0);
        if (wasCalled) called[nodes.realm[node] ?? -1]?.push(node);
      }
      return called.map((own, realm) => ({
        realm,
        from: 0,
        to: duration,
        node: Int32Array.from(own),
        ...callSums((name) => Float64Array.from(own, (node) => sums[name][node] ?? 0)),
      }));
    },
  };
}

function addColumn(sums: Float64Array, nodes: Int32Array, values: Float64Array): void {
  for (let row = 0; row < nodes.length; row++) {
    const node = nodes[row] ?? 0;
    sums[node] = (sums[node] ?? 0) + (values[row] ?? 0);
  }
}
