import { existsSync } from 'node:fs';

const DEBIAN = '/usr/bin/chromium';

/** The browser that was found for the tests, else Debian's; undefined: Playwright's own. */
export const CHROMIUM = process.env.CHROMIUM_PATH ?? (existsSync(DEBIAN) ? DEBIAN : undefined);

/** No sandbox: it refuses root. The others keep the browser from talking to anybody but us. */
export const SWITCHES = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
