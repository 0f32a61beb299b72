import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCommand, secondsSince, type StepContext } from './command';
import type { N8nInstallation } from './n8nInstall';
import { runNpm } from './npm';

export interface PackageInstall {
	installation: N8nInstallation;
	/** The folder of the package, already built. */
	packageFolder: string;
	/** n8n's user folder; n8n must not be running on it. */
	userFolder: string;
}

interface Manifest {
	name: string;
	version: string;
	[field: string]: unknown;
}

const MARKER = '.packed-from';

/**
 * Packs a node package and installs the tarball into n8n in the way n8n's own installer does: unpacked into
 * `.n8n/nodes/node_modules/<name>`, without dev, peer and optional dependencies, and without running any install script.
 * Nothing is done if this very tarball is installed already.
 *
 * @returns whether something was installed
 * @throws if npm or tar fails: with the end of the log
 */
export async function installPackage({ installation, packageFolder, userFolder }: PackageInstall, context: StepContext): Promise<boolean> {
	const started = Date.now();
	const nodesFolder = path.join(userFolder, '.n8n', 'nodes');
	const logFile = path.join(userFolder, 'package-install.log');
	await mkdir(nodesFolder, { recursive: true });
	await rm(logFile, { force: true });
	const scratch = await mkdtemp(path.join(tmpdir(), 'optical-crm-pack-'));
	try {
		const pack = ['pack', '--ignore-scripts', '--pack-destination', scratch];
		await runNpm({ doing: 'Packing the nodes', args: pack, cwd: packageFolder, logFile }, context);
		const [name] = await readdir(scratch);
		const tarball = path.join(scratch, name);
		const fingerprint = createHash('sha256').update(await readFile(tarball)).digest('hex');
		const target = path.join(nodesFolder, 'node_modules', (await readManifest(packageFolder)).name);
		if ((await readFile(path.join(target, MARKER), 'utf8').catch(() => '')) === fingerprint) return false;

		context.report('Installing the nodes into n8n ...');
		// Not under node_modules, where n8n looks for packages: a half-installed one must not be found.
		const partial = path.join(nodesFolder, 'partial');
		const manifest = await unpack(tarball, partial, logFile, context);
		const install = ['install', '--audit=false', '--fund=false', '--bin-links=false', '--install-strategy=shallow', '--ignore-scripts=true', '--package-lock=false', '--prefer-offline'];
		await runNpm({ doing: 'Installing what the nodes need', args: install, cwd: partial, logFile, node: installation.node }, context);
		await writeFile(path.join(partial, MARKER), fingerprint);

		await rm(target, { recursive: true, force: true });
		await mkdir(path.dirname(target), { recursive: true });
		await rename(partial, target);
		await listPackage(nodesFolder, manifest);
		context.report(`The nodes are installed (${secondsSince(started)} s).`);
		return true;
	} finally {
		await rm(scratch, { recursive: true, force: true });
	}
}

async function unpack(tarball: string, folder: string, logFile: string, context: StepContext): Promise<Manifest> {
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder);
	await runCommand({ doing: 'Unpacking the nodes', file: 'tar', args: ['-xzf', tarball, '-C', folder, '--strip-components=1'], cwd: folder, logFile }, context);
	const { devDependencies: _dev, peerDependencies: _peer, optionalDependencies: _optional, ...kept } = await readManifest(folder);
	await writeFile(path.join(folder, 'package.json'), JSON.stringify(kept, null, 2));
	return kept;
}

async function readManifest(folder: string): Promise<Manifest> {
	return JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as Manifest;
}

// n8n keeps a list of its community packages in this file.
async function listPackage(nodesFolder: string, { name, version }: Manifest): Promise<void> {
	const file = path.join(nodesFolder, 'package.json');
	const list = JSON.parse(await readFile(file, 'utf8').catch(() => '{"name":"installed-nodes","private":true}')) as { dependencies?: Record<string, string> };
	await writeFile(file, JSON.stringify({ ...list, dependencies: { ...list.dependencies, [name]: version } }, null, 2));
}
