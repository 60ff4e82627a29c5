import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** @param {string} name of a file in the repository */
const readJson = (name) => JSON.parse(readFileSync(join(root, name), 'utf8'));

/**
 * Writes an extension's manifest.
 * @param {string} folder the extension's
 * @param {'chromium' | 'firefox'} browser
 * @param {boolean} allSites whether it may record every site without asking, as tests need
 */
export function writeManifest(folder, browser, allSites) {
  const manifest = { ...readJson('manifest.json'), version: readJson('package.json').version };
  if (browser === 'firefox') {
    delete manifest.minimum_chrome_version;
    manifest.background = { scripts: ['background.js'] };
    manifest.browser_specific_settings = {
      gecko: {
        id: 'wasmscope@wasmscope.dev',
        strict_min_version: '142.0',
        data_collection_permissions: { required: ['none'] },
      },
    };
  }
  if (allSites) {
    delete manifest.optional_host_permissions;
    manifest.host_permissions = ['<all_urls>'];
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest, null, 2));
}
