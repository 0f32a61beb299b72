import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines } from '../../../demo/setup/command';
import { LOOPBACK } from '../../../demo/setup/ports';
import { endGroup, killGroup, spawnGroup } from '../../../demo/setup/processGroup';

/** One process of the chain, with a port and a log of its own. Started again, it has its data again. */
export interface Part {
	readonly name: string;
	/** Of the loopback address; the same after each start. */
	readonly port: number;
	/** Absent while it does not run. */
	readonly pid?: number;
	/** What it has said, over all its starts. */
	log(): Promise<string>;
	/** Waits until it works. Does nothing where it runs. @throws with the end of its log */
	start(): Promise<void>;
	/** Lets it end what it does, for at most `patienceMs`. */
	stop(patienceMs?: number): Promise<void>;
	/** SIGKILL to it and to everything that it started; settled when they are gone. */
	kill(): Promise<void>;
}

/** How a program that is not n8n is run. */
export interface Program {
	name: string;
	port: number;
	file: string;
	args: string[];
	options?: SpawnOptions;
	logFile: string;
	/** Called again and again after a start until it says yes. */
	isReady(): Promise<boolean>;
}

const READY_WITHIN_MS = 120_000;
const PATIENCE_MS = 10_000;
const POLL_MS = 100;

/** A program that leads a group of its own. */
export class ProgramPart implements Part {
	readonly name: string;
	readonly port: number;
	private running?: { child: ChildProcess; exited: Promise<unknown> };

	constructor(private readonly program: Program) {
		[this.name, this.port] = [program.name, program.port];
	}

	get pid(): number | undefined {
		return this.running?.child.pid;
	}

	async log(): Promise<string> {
		return await readFile(this.program.logFile, 'utf8').catch(() => '');
	}

	async start(): Promise<void> {
		if (this.running) return;
		const { file, args, options, logFile, isReady, name } = this.program;
		const log = openSync(logFile, 'a');
		const child = spawnGroup(file, args, { ...options, stdio: ['ignore', log, log] });
		closeSync(log);
		let end: string | undefined;
		const exited = new Promise<void>((resolve) => {
			child.once('error', (error) => resolve(void (end = error.message)));
			child.once('exit', (code, signal) => resolve(void (end = `ended with ${signal ?? `code ${code}`}`)));
		});
		const running = { child, exited };
		this.running = running;
		void exited.then(() => this.running === running && (this.running = undefined));
		for (const deadline = Date.now() + READY_WITHIN_MS; !(await isReady()); await sleep(POLL_MS)) {
			if (end !== undefined) throw new Error(`${name}: ${end} while it was starting. ${await lastLines(logFile)}`);
			if (Date.now() < deadline) continue;
			await this.kill();
			throw new Error(`${name} was not ready after ${READY_WITHIN_MS / 1000} s. ${await lastLines(logFile)}`);
		}
	}

	async stop(patienceMs = PATIENCE_MS): Promise<void> {
		if (this.running) await endGroup(this.running.child, this.running.exited, patienceMs);
	}

	async kill(): Promise<void> {
		if (!this.running) return;
		const { child, exited } = this.running;
		killGroup(child);
		await exited;
	}
}

/** Says something to a port of the loopback address. @returns the first that it answers; nothing where it does not within two seconds */
export async function ask(port: number, said: string | Buffer): Promise<string | undefined> {
	return await new Promise((resolve) => {
		const socket = createConnection({ host: LOOPBACK, port }, () => socket.write(said));
		const done = (answer?: string) => {
			socket.destroy();
			resolve(answer);
		};
		socket.setTimeout(2_000, () => done()).once('error', () => done()).once('close', () => done()).once('data', (data) => done(data.toString('latin1')));
	});
}
