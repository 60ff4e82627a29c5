import { version } from '../../../package.json';
import type { Conditions } from '../../session/model.ts';

// Named as an extension's APIs name them, so that sessions of both can be compared.
const SYSTEMS = new Map([
  ['darwin', 'mac'],
  ['win32', 'win'],
]);
const PROCESSORS = new Map([
  ['x64', 'x86-64'],
  ['ia32', 'x86-32'],
]);

/**
 * The conditions under which the command line records. It never enables the debugger, so wasm is
 * compiled as it is for users.
 * @param browserVersion as CDP reports it: `HeadlessChrome/156.0.8078.79`
 * @param setup deliberate changes; '' for none
 */
export function conditions(browserVersion: string, setup: string): Conditions {
  const [, number = browserVersion] = browserVersion.split('/');
  const system = SYSTEMS.get(process.platform) ?? process.platform;
  const processor = PROCESSORS.get(process.arch) ?? process.arch;
  return {
    browser: `Chromium ${number.replace(/^(\d+)\..*/, '$1.0.0.0')}`,
    platform: `${system} ${processor}`,
    version,
    devtools: 'closed',
    ...(setup !== '' && { setup }),
  };
}
