// How agent (MAIN world) and bridge (isolated world) of one document find each other.
//
// Both run at document start, before any script of the page. Each dispatches HELLO on `window` as a
// MessageEvent that carries a MessagePort, and listens for the other's. The port is only used as a
// private EventTarget that both worlds share: events dispatched on it are delivered synchronously
// (a last chunk at `pagehide` still arrives) and no script of the page can reach it. Seen working
// in
// Chromium 156; a `detail` that is a string crosses worlds, an object does not.
//
// The agent makes the port. If the bridge comes first it hears the agent's HELLO; if the agent
// comes
// first, its own HELLO falls on deaf ears and it answers the bridge's.

/** Event type of the handshake on `window`; both sides stop listening once it is done. */
export const HELLO = 'wasmscope:hello';
/** Event types on the shared port; `detail` is JSON. */
export const REPORT = 'report'; // detail: JSON of a Report
export const COMMAND = 'command'; // detail: JSON of a Command

/**
 * The bridge of a worker, which has one world only: a variable `wasmscopeBridge` of the scope that
 * the agent is
 * evaluated in, before the worker's first line. It is given what hears commands (JSON of a
 * Command), and gives what takes
 * reports (JSON of a Report), which has them when it returns.
 */
export type WorkerBridge = (hear: (command: string) => void) => (report: string) => void;
