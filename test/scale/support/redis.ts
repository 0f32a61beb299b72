import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { freePort, LOOPBACK } from '../../../demo/setup/ports';
import { ask, ProgramPart, type Part } from './part';

const PROGRAM = 'redis-server';
const INSTALL = ['install', '-y', '--no-install-recommends', PROGRAM];

/**
 * A Redis with an empty queue, not started yet. It writes down what it is told, so that it has the queue again after a kill, but for the last second.
 * @throws where there is none on this machine and none can be installed
 */
export async function redisPart(folder: string): Promise<Part> {
	installRedis();
	const port = await freePort();
	const data = path.join(folder, 'redis');
	await mkdir(data, { recursive: true });
	return new ProgramPart({
		name: 'redis',
		port,
		file: PROGRAM,
		args: ['--bind', LOOPBACK, '--port', String(port), '--dir', data, '--appendonly', 'yes', '--save', ''],
		logFile: path.join(folder, 'redis.log'),
		// While it reads what it has written down, it answers, but not with PONG.
		isReady: async () => (await ask(port, 'PING\r\n'))?.startsWith('+PONG') ?? false,
	});
}

/** Redis comes from Debian or Ubuntu: there is none in npm. */
function installRedis(): void {
	if (runs(PROGRAM, ['--version'])) return;
	const byHand = `Install it with: sudo apt-get ${INSTALL.join(' ')}`;
	if (!runs('apt-get', ['--version'])) throw new Error(`There is no ${PROGRAM} on this machine, and without apt-get it cannot be installed from here. Install Redis 6 or later so that "${PROGRAM}" can be found.`);
	if (process.getuid?.() !== 0) throw new Error(`There is no ${PROGRAM} on this machine, and only root may install it. ${byHand}`);
	process.stderr.write('Installing Redis from the packages of this system ...\n');
	// The first time the lists of a bare system may be missing.
	if (apt(INSTALL) || (apt(['update']) && apt(INSTALL))) return;
	throw new Error(`apt-get could not install ${PROGRAM}. ${byHand}`);
}

function apt(args: string[]): boolean {
	// RUNLEVEL: the service of the system is not started, only our own.
	return spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' } }).status === 0;
}

function runs(program: string, args: string[]): boolean {
	return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}
