import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import options from './chromium.json' with { type: 'json' };

export type { Browser, BrowserContextOptions, Page } from 'playwright-core';

const EXECUTABLE = process.env.CFN_TX_LINT_CHROMIUM ?? '/usr/bin/chromium';

/** Whether the person at the keyboard said that there is no browser and that this is fine. */
export const browserOptedOut = process.env.CFN_TX_LINT_SKIP_BROWSER_TESTS === '1';

/** A real headless Chromium without background traffic. Fails with what to do where there is none. */
export async function launchBrowser(): Promise<Browser> {
  if (!existsSync(EXECUTABLE)) {
    throw new Error(
      `There is no Chromium at ${EXECUTABLE}. Install one (Debian: apt-get install chromium), name one with ` +
        'CFN_TX_LINT_CHROMIUM=/path/to/chromium, or leave these tests out with CFN_TX_LINT_SKIP_BROWSER_TESTS=1.',
    );
  }
  return chromium.launch({ executablePath: EXECUTABLE, ...options });
}
