/** A script that begins with the directive, which it would lose behind something else. */
export const STRICT = /^(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)*(["'])use strict\1/;
