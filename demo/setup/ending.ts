import { readFile } from 'node:fs/promises';

/** The user, or whoever started us, wants the demo to end. */
export class Ended extends Error {}

// One Ctrl-C can arrive twice: from the terminal and from the program that started us.
const SAME_KEYSTROKE_MS = 1000;

/**
 * A signal that is aborted (with an Ended) by Ctrl-C, SIGTERM, the closing of the terminal or the end of the npm that started us.
 *
 * @param insist called when the user asks a second time, because ending takes too long
 */
export function endSignal(insist: () => void): AbortSignal {
	const controller = new AbortController();
	let first = 0;
	const ask = (why: string) => {
		if (first === 0) {
			first = Date.now();
			controller.abort(new Ended(why));
		} else if (Date.now() - first > SAME_KEYSTROKE_MS) insist();
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ask(signal));
	void watchLauncher(() => ask('the npm that started the demo has ended'));
	return controller.signal;
}

// npm start is a chain: npm, a shell, tsx, this process. A SIGTERM to npm reaches the shell, which dies without a word
// to tsx. So we look whether the parent of our parent is still the same; only Linux shows it without another program.
async function watchLauncher(gone: () => void): Promise<void> {
	if (process.platform !== 'linux' || process.env.npm_lifecycle_event === undefined) return;
	const launcher = await parentOf(process.ppid);
	const look = async () => {
		if ((await parentOf(process.ppid)) === launcher) return;
		clearInterval(timer);
		gone();
	};
	const timer = setInterval(() => void look(), 1000).unref();
}

async function parentOf(pid: number): Promise<string | undefined> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
	return /^PPid:\s*(\d+)/m.exec(status)?.[1];
}
