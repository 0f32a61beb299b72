/* What it means that a connection has ended, by the code that WhatsApp or the client gives (DisconnectReason of Baileys). */

/** Why the session rests until a person does something. */
export type Rest = 'LOGGED_OUT' | 'BANNED' | 'CONFLICT';

export type Ending =
	/** The session is over, or somebody else has it. `forget`: its keys are worth nothing any more. */
	| { kind: 'rests'; why: Rest; forget: boolean }
	/** It was linked this moment, and is to log in. */
	| { kind: 'restart' }
	/** The line is bad, or the server is. */
	| { kind: 'again' };

const RESTS: Record<number, Rest> = { 401: 'LOGGED_OUT', 403: 'BANNED', 411: 'LOGGED_OUT', 419: 'LOGGED_OUT', 440: 'CONFLICT' };
const RESTART_REQUIRED = 515;

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 10 * 60_000;

/** @param code of the end; 0 where it has none */
export function endingOf(code: number): Ending {
	const why = RESTS[code];
	if (why) return { kind: 'rests', why, forget: why !== 'CONFLICT' };
	return code === RESTART_REQUIRED ? { kind: 'restart' } : { kind: 'again' };
}

/** How long to wait before the next attempt to connect: twice as long each time, up to ten minutes, and spread. Milliseconds. */
export function reconnectMs(failures: number, random: () => number): number {
	const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures, 20));
	return Math.round(wait * (0.75 + 0.5 * random()));
}
