import browser from 'webextension-polyfill';

/** False once the extension was updated, disabled or removed, and only this script is left. */
export function extensionIsAlive(): boolean {
  try {
    return browser.runtime.id !== undefined;
  } catch {
    return false;
  }
}
