/** Bytes in a page of linear memory (https://webassembly.github.io/spec/core/exec/runtime.html). */
export const PAGE_BYTES = 65_536;
