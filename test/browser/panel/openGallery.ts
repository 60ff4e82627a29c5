import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import puppeteer from 'puppeteer-core';
import { build, preview } from 'vite';
import { CHROMIUM_FLAGS, findBrowser } from '../../../scripts/browser.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));

export interface Gallery {
  /** A page with the panel open on made-up sessions; options as gallery.tsx describes them. */
  open(
    options?: Record<string, string>,
    viewport?: { width: number; height: number },
  ): Promise<Page>;
  close(): Promise<void>;
}

/** Builds the gallery and opens a headless Chromium for it. */
export async function openGallery(): Promise<Gallery> {
  const outDir = mkdtempSync(join(tmpdir(), 'wasmscope-gallery-'));
  await build({
    root: folder,
    configFile: false,
    logLevel: 'warn',
    base: './',
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      rollupOptions: { input: join(folder, 'gallery.html') },
    },
  });
  const server = await preview({
    root: folder,
    configFile: false,
    logLevel: 'warn',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0 },
  });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('The gallery is not served.');
  const browser = await puppeteer.launch({
    executablePath: findBrowser(),
    headless: true,
    args: CHROMIUM_FLAGS,
  });
  return {
    async open(options = {}, viewport = { width: 1400, height: 900 }) {
      const page = await browser.newPage();
      await page.setViewport(viewport);
      await page.goto(`${url}gallery.html?${new URLSearchParams(options)}`);
      await page.waitForFunction(() => document.title === 'ready');
      if (options.sessions !== 'none') await page.waitForSelector('[role=tabpanel]');
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
      rmSync(outDir, { recursive: true });
    },
  };
}
