import browser from 'webextension-polyfill';
import type { Conditions } from '../session/model.ts';

/** The conditions of a recording that starts now. */
export async function conditions(devtools: Conditions['devtools']): Promise<Conditions> {
  const { os, arch } = await browser.runtime.getPlatformInfo();
  return {
    browser: browserName(navigator.userAgent),
    platform: `${os} ${arch}`,
    version: browser.runtime.getManifest().version,
    devtools,
  };
}

/** `Chromium 156.0` or `Firefox 153.0`, from the user agent. */
function browserName(userAgent: string): string {
  const [, name = '', version = ''] = /(Firefox|Edg|Chrome)\/([\d.]+)/.exec(userAgent) ?? [];
  return name === '' ? userAgent : `${name === 'Chrome' ? 'Chromium' : name} ${version}`;
}
