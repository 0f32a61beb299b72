import { chromium, type Browser } from 'playwright-core';
import { ensureChromium } from './chromiumInstall';

// As root Chromium cannot use its sandbox; the tests open only pages of this machine. The others keep it from calling home.
const FLAGS = [
	'--no-sandbox',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--disable-quic',
	'--disable-domain-reliability',
	'--no-first-run',
	'--no-pings',
	'--disable-dev-shm-usage',
	'--font-render-hinting=none',
];

/**
 * Starts a headless Chromium: the one in CHROME_PATH if that is set, else the one out of an npm package.
 * The caller closes it.
 *
 * @throws if there is none for this machine, with what to do
 */
export async function startBrowser(): Promise<Browser> {
	const own = process.env.CHROME_PATH;
	const { program, env } = own ? { program: own, env: {} } : await ensureChromium();
	return chromium.launch({ executablePath: program, headless: true, args: FLAGS, env: { ...process.env, ...env } as Record<string, string> });
}
