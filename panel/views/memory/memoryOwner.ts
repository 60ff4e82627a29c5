import type { Memory, Session } from '../../../src/session/model.ts';

/**
 * The module that defines or first imports a memory; `the page` where script made it and no module
 * has imported it.
 */
export const memoryOwner = ({ modules }: Session, { module }: Memory): string =>
  module === null ? 'the page' : (modules[module]?.name ?? '');
