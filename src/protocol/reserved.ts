import * as is from './shape.ts';

// Tables that later recorders will fill. They are part of the format, so that this version keeps
// what a later one writes; no agent of this version fills them, and no view shows them.

/** Calls that took long, kept one by one. */
export const longCallColumns = is.columns(
  {},
  {
    /** The crossing. */
    node: is.idOf('node'),
    /** When the call began. */
    start: is.time,
    /** How long it took. */
    duration: is.duration,
  },
);

/** Objects that wrap wasm memory (wasm-bindgen, embind), by class, since the chunk before. */
export const wrapperRow = is.record({
  /** The module that they belong to. */
  module: is.idOf('module'),
  /** Name of the class. */
  className: is.pageText,
  /** The crossing that created them; null: none, or unknown. */
  node: is.nullable(is.idOf('node')),
  /** Created. */
  created: is.count,
  /** Freed by the page. */
  freed: is.count,
  /** Collected without being freed. */
  collected: is.count,
});

/** Frames of a sampling profile. */
export const frameColumns = is.columns(
  {},
  {
    /** Index of its name in `strings`. */
    name: is.count,
    /** Index of the URL of its script or module in `strings`. */
    url: is.count,
    /** Line of a script, from 1; 0 if unknown. */
    line: is.count,
    /** Column of a script, from 1; function index of a module. */
    column: is.count,
  },
);

/** Stacks: each is a frame on top of an earlier stack. */
export const stackColumns = is.columns(
  {},
  {
    /** Index of the stack beneath, plus 1; 0: none. */
    parent: is.count,
    /** Index of its innermost frame. */
    frame: is.count,
  },
);

/** Samples. */
export const sampleColumns = is.columns(
  {},
  {
    /** When. */
    time: is.time,
    /** Index of the stack, plus 1; 0: idle. */
    stack: is.count,
  },
);

/** New entries of a sampling profile. Each table continues the realm's earlier entries. */
export const profileTables = is.record({
  /** Names and URLs, each once. */
  strings: is.list(is.pageText, 1_000_000),
  /** Frames, in columns. */
  frames: frameColumns,
  /** Stacks, in columns. */
  stacks: stackColumns,
  /** Samples, in columns. */
  samples: sampleColumns,
});

/** What the agent knows to be missing from its counts. */
export const incompleteRow = is.record({
  /** What is missing. */
  what: is.oneOf('instances', 'functions', 'slots', 'realms'),
  /** How many of them were not counted. */
  count: is.count,
  /** How many there are; null if unknown. */
  total: is.nullable(is.count),
});
