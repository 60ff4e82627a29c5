import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));
/** Where the build writes. */
export const dist = join(root, 'dist');
/** Files that all extensions have in common, before they are copied to each. */
export const shared = join(dist, 'shared');
