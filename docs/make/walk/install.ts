import { mkdir, mkdtemp, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { StepContext } from '../../../demo/setup/command';
import { runNpm } from '../../../demo/setup/npm';
import { projectRoot } from '../../../demo/setup/paths';

/** Packs the package and installs it as the tutorial says: by npm, in n8n's folder `nodes`. */
export async function installByHand(userFolder: string, scratch: string, node: string, context: StepContext): Promise<void> {
	const [packed, nodes, logFile] = [await mkdtemp(path.join(scratch, 'pack-')), path.join(userFolder, '.n8n', 'nodes'), path.join(scratch, 'npm.log')];
	await mkdir(nodes, { recursive: true });
	await runNpm({ doing: 'Packing the nodes', args: ['pack', '--ignore-scripts', '--pack-destination', packed], cwd: projectRoot, logFile }, context);
	const [tarball] = await readdir(packed);
	await runNpm({ doing: 'Installing them', args: ['install', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--prefer-offline', path.join(packed, tarball)], cwd: nodes, logFile, node }, context);
}
