'use strict';
// CommonJS without dependencies: project.mjs (before anything is installed), tsx and jest all load it.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { randomUUID } = require('node:crypto');
const { setTimeout: sleep } = require('node:timers/promises');

const POLL_MS = 250;

/**
 * Takes a lock between processes of one machine.
 *
 * The lock is a small file that names its holder; the lock of a dead process is taken over. It does not re-enter.
 *
 * @param {string} file the lock file; its folder must exist
 * @param {{ maxAgeMs?: number, wait?: boolean, signal?: AbortSignal, onWait?: (holder: {pid: number, host: string}) => void }} [options]
 *   maxAgeMs: a lock older than this counts as left behind even if a process with that id lives (ids are used again);
 *   wait: false gives undefined at once when somebody else holds it; onWait is called once, when waiting begins
 * @returns {Promise<undefined | (() => void)>} gives the lock back; undefined only with `wait: false`
 */
async function takeLock(file, options = {}) {
	const { maxAgeMs = Infinity, wait = true, signal, onWait } = options;
	const mine = { id: randomUUID(), pid: process.pid, host: os.hostname(), since: Date.now() };
	for (let told = false; ; ) {
		signal?.throwIfAborted();
		if (claim(file, mine)) return () => release(file, mine.id);
		const holder = read(file);
		if (holder && isLeftBehind(holder, maxAgeMs)) {
			// Only one of several waiters may remove the dead lock, or the second would remove the first one's new lock.
			const done = await takeLock(`${file}.takeover`, { maxAgeMs: 60_000, signal });
			if (read(file)?.id === holder.id) fs.rmSync(file, { force: true });
			done();
			continue;
		}
		if (!wait && holder) return undefined;
		if (!told && holder) onWait?.(holder);
		told = true;
		await sleep(POLL_MS, undefined, { signal });
	}
}

/** Runs `work` while holding the lock; waits for it first. Options as for takeLock. */
async function withLock(file, work, options = {}) {
	const giveBack = await takeLock(file, { ...options, wait: true });
	try {
		return await work();
	} finally {
		giveBack();
	}
}

// A link appears with its content or not at all, so that nobody ever reads half a lock.
function claim(file, mine) {
	const draft = path.join(path.dirname(file), `.${mine.id}.lock`);
	fs.writeFileSync(draft, JSON.stringify(mine));
	try {
		fs.linkSync(draft, file);
		return true;
	} catch (error) {
		if (error.code === 'EEXIST') return false;
		throw error;
	} finally {
		fs.rmSync(draft, { force: true });
	}
}

function release(file, id) {
	if (read(file)?.id === id) fs.rmSync(file, { force: true });
}

function read(file) {
	try {
		return JSON.parse(fs.readFileSync(file, 'utf8'));
	} catch (error) {
		if (error.code === 'ENOENT') return undefined;
		if (error instanceof SyntaxError) return { id: '', pid: 0, host: os.hostname(), since: 0 };
		throw error;
	}
}

function isLeftBehind(holder, maxAgeMs) {
	if (Date.now() - holder.since > maxAgeMs) return true;
	return holder.host === os.hostname() && !isAlive(holder.pid);
}

function isAlive(pid) {
	try {
		return pid > 0 && process.kill(pid, 0);
	} catch (error) {
		return error.code === 'EPERM';
	}
}

module.exports = { takeLock, withLock };
