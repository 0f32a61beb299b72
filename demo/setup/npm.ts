import path from 'node:path';
import { runCommand, type StepContext } from './command';

export interface NpmCall {
	/** What it does, in words for a person. */
	doing: string;
	args: string[];
	cwd: string;
	logFile: string;
	/** The Node program that npm and the install scripts run with; by default this process's. */
	node?: string;
}

/**
 * Runs npm: the one that runs this script if there is one, else the one on PATH.
 *
 * @throws as runCommand
 */
export async function runNpm({ doing, args, cwd, logFile, node = process.execPath }: NpmCall, context: StepContext): Promise<void> {
	const cli = process.env.npm_execpath;
	const viaNode = cli !== undefined && path.basename(cli) === 'npm-cli.js';
	const [file, ...first] = viaNode ? [node, cli] : ['npm'];
	// Install scripts say `node`: they must get the Node for which they compile, and may use all cores.
	const env = { ...process.env, JOBS: 'max', PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}` };
	await runCommand({ doing, file, args: [...first, ...args], cwd, env, logFile }, context);
}
