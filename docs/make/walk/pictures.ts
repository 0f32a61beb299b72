// `npm run docs:pictures`: the tutorial's pictures, out of a real n8n and a real browser.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { secondsSince } from '../../../demo/setup/command';
import { ensureN8n } from '../../../demo/setup/n8nInstall';
import { startN8n } from '../../../demo/setup/n8nServer';
import { startMailbox } from '../../../demo/standins/mailbox';
import { startBrowser } from '../../../test/e2e/support/browser';
import { installByHand } from './install';
import { OWNER, walk } from './walk';

const say = (line: string) => process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
	const folder = await mkdtemp(path.join(tmpdir(), 'optical-crm-tutorial-'));
	const installation = await ensureN8n({ report: say });
	const userFolder = path.join(folder, 'n8n');
	const begun = Date.now();
	await installByHand(userFolder, folder, installation.node, { report: say });
	say(`installByHand: ${secondsSince(begun)} s`);
	const mailbox = await startMailbox({ folder: path.join(folder, 'mails') });
	const server = await startN8n({ installation, userFolder, owner: OWNER });
	const browser = await startBrowser();
	try {
		await walk({ server, browser, mailbox, folder });
	} catch (error) {
		// What was on the screen tells more than the error.
		for (const page of browser.contexts().flatMap((context) => context.pages())) await page.screenshot({ path: path.join(tmpdir(), `tutorial-failed-${Date.now()}.png`) }).catch(() => undefined);
		throw error;
	} finally {
		await browser.close();
		await server.stop();
		await mailbox.stop();
		await rm(folder, { recursive: true, force: true });
	}
}

main().catch((error: Error) => {
	console.error(error.stack);
	process.exitCode = 1;
});
