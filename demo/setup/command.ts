import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { endGroup, spawnGroup } from './processGroup';

/** Takes one line of progress for a person. */
export type Report = (line: string) => void;

/** What every long step gets: where to tell its progress, and when to give up. */
export interface StepContext {
	report: Report;
	/** Aborted when the user ends the demo; the step then ends what it started. */
	signal?: AbortSignal;
}

export interface Command {
	/** What it does, in words for a person: "Installing n8n". */
	doing: string;
	file: string;
	args: string[];
	cwd: string;
	env?: NodeJS.ProcessEnv;
	/** Gets stdout and stderr; kept for the case that something goes wrong. */
	logFile: string;
}

const HEARTBEAT_MS = 15_000;
const PATIENCE_MS = 5_000;

/**
 * Runs a program to its end and reports every 15 seconds that it still runs.
 *
 * @throws if it cannot be started or ends with anything but 0; the error shows the last lines of its log and where the log is
 */
export async function runCommand(command: Command, { report, signal }: StepContext): Promise<void> {
	signal?.throwIfAborted();
	const started = Date.now();
	const log = openSync(command.logFile, 'a');
	// No shell but on Windows, where npm is a .cmd file.
	const child = spawnGroup(command.file, command.args, {
		cwd: command.cwd,
		env: command.env ?? process.env,
		stdio: ['ignore', log, log],
		shell: process.platform === 'win32' && !path.isAbsolute(command.file),
	});
	closeSync(log);
	const exited = new Promise<string>((resolve) => {
		child.once('error', (error) => resolve(`could not be started: ${error.message}`));
		child.once('exit', (code, killedBy) => resolve(code === 0 ? '' : `ended with ${killedBy ?? `code ${code}`}`));
	});
	const heartbeat = setInterval(() => report(`  ${command.doing} ... ${secondsSince(started)} s`), HEARTBEAT_MS);
	const abort = () => void endGroup(child, exited, PATIENCE_MS);
	signal?.addEventListener('abort', abort, { once: true });
	const failure = await exited;
	clearInterval(heartbeat);
	signal?.removeEventListener('abort', abort);
	signal?.throwIfAborted();
	if (failure) throw new Error(`${command.doing}: "${path.basename(command.file)} ${command.args.join(' ')}" ${failure}.\n${await lastLines(command.logFile)}`);
}

/** The end of a log file, with the place of the whole, to be shown in an error. */
export async function lastLines(logFile: string, count = 20): Promise<string> {
	const text = await readFile(logFile, 'utf8').catch(() => '');
	const lines = text.trimEnd().split('\n').slice(-count);
	return `Its last lines were:\n${lines.map((line) => `    ${line}`).join('\n')}\nThe whole log: ${logFile}`;
}

export function secondsSince(instant: number): number {
	return Math.round((Date.now() - instant) / 1000);
}
