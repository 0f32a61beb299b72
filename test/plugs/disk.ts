import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A small disk of its own, which can be filled up. */
export interface Disk {
	folder: string;
	/** Writes until nothing more fits; so many bytes are then set free again. */
	fill(free: number): void;
	empty(): void;
	remove(): void;
}

const PIECE = Buffer.alloc(64 * 1024, 'x');

/** Makes a disk in memory. Undefined where this user may not mount one: then nothing is filled up. */
export function makeDisk(megabytes: number): Disk | undefined {
	const folder = mkdtempSync(path.join(tmpdir(), 'optical-crm-disk-'));
	try {
		// Others must get through to what is theirs on it.
		execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', folder], { stdio: 'ignore' });
	} catch {
		rmSync(folder, { recursive: true });
		return undefined;
	}
	const [filler, rest] = ['filler', 'rest'].map((name) => path.join(folder, name));
	const empty = () => [filler, rest].forEach((file) => rmSync(file, { force: true }));
	return {
		folder,
		fill: (free) => {
			write(rest, free);
			write(filler, Infinity);
			rmSync(rest, { force: true });
		},
		empty,
		remove: () => {
			// Whoever was killed a moment ago may still hold a file.
			execFileSync('umount', ['-l', folder]);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** Writes so many bytes, or as many as fit. */
function write(file: string, bytes: number): void {
	const handle = openSync(file, 'w');
	try {
		for (let written = 0; written < bytes; ) written += writeSync(handle, PIECE, 0, Math.min(PIECE.length, bytes - written));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
	} finally {
		closeSync(handle);
	}
}
