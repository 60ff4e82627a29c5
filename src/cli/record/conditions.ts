import { version } from '../../../package.json';
import type { Conditions } from '../../session/model.ts';

// As an extension names them, so that sessions of both can be compared.
const SYSTEMS: Record<string, string> = { darwin: 'mac', win32: 'win', linux: 'linux' };
const PROCESSORS: Record<string, string> = { x64: 'x86-64', ia32: 'x86-32' };

/**
 * Under which conditions the command line records. Nothing enables the debugger, so wasm is compiled as for users.
 * @param browserVersion as CDP has it: `HeadlessChrome/156.0.8078.79`
 * @param setup what was changed on purpose: `warm cache`, `CPU 4× slower`
 */
export function conditions(browserVersion: string, setup: readonly string[]): Conditions {
  const [, number = browserVersion] = browserVersion.split('/');
  return {
    browser: `Chromium ${number.replace(/^(\d+)\..*/, '$1.0.0.0')}`,
    platform: `${SYSTEMS[process.platform] ?? process.platform} ${PROCESSORS[process.arch] ?? process.arch}`,
    version,
    devtools: 'closed',
    ...(setup.length > 0 && { setup: setup.join(', ') }),
  };
}
