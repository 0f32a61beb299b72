import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Random } from '../../demo/shop/random';
import type { Acknowledged } from './books/books';
import type { Pool } from './pool';
import type { WorkerOrders } from './worker';

/** What the workers said of themselves. */
export interface Heard {
	acknowledged: Acknowledged[];
	/** What went wrong for them, and how often. */
	problems: Map<string, number>;
	killed: number;
}

/** Orders of all workers; each has steps of its own. */
export type CrewOrders = Omit<WorkerOrders, 'seed' | 'steps' | 'diesAfter' | 'clockOffset'>;

/** The processes of a run: each works until somebody kills it, or it kills itself between two statements. */
export class Crew {
	clockOffset = 0;
	readonly heard: Heard = { acknowledged: [], problems: new Map(), killed: 0 };
	private readonly posts: Array<ChildProcess | undefined>;
	private isOver = false;
	private begun = 0;
	private allBegun: () => void = () => undefined;
	/** All of the first have begun to work. */
	readonly hasBegun = new Promise<void>((resolve) => (this.allBegun = resolve));

	/** @param steps of each process */
	constructor(private readonly pool: Pool, private readonly orders: CrewOrders, private readonly steps: ReadonlyArray<WorkerOrders['steps']>, private readonly random: Random) {
		this.posts = steps.map(() => undefined);
	}

	/** Starts whoever is not there. @param mayDie some of them kill themselves later */
	start(mayDie: boolean): void {
		this.posts.forEach((post, index) => {
			if (post || this.isOver) return;
			const child = this.pool.take();
			this.posts[index] = child;
			child.on('message', (message: { begun?: true; acknowledged?: Acknowledged; problem?: string }) => {
				if (message.begun && ++this.begun === this.posts.length) this.allBegun();
				if (message.acknowledged) this.heard.acknowledged.push(message.acknowledged);
				if (message.problem) this.heard.problems.set(message.problem, (this.heard.problems.get(message.problem) ?? 0) + 1);
			});
			// It was killed while something was being said to it.
			child.on('error', () => undefined);
			child.on('exit', () => {
				this.heard.killed++;
				if (this.posts[index] === child) this.posts[index] = undefined;
			});
			const diesAfter = mayDie && this.random.chance(0.5) ? this.random.integer(1, 400) : undefined;
			child.send({ start: { ...this.orders, seed: this.random.integer(0, 2 ** 31), steps: this.steps[index], clockOffset: this.clockOffset, diesAfter } satisfies WorkerOrders });
		});
	}

	/** Kills one, or all of them. */
	kill(index?: number): void {
		(index === undefined ? this.posts : [this.posts[index]]).forEach((post) => post?.kill('SIGKILL'));
	}

	moveClock(offset: number): void {
		this.clockOffset = offset;
		for (const post of this.posts) if (post?.connected) post.send({ clockOffset: offset });
	}

	/** Kills all, and waits until they are gone and everything that they said was heard. */
	async end(): Promise<void> {
		this.isOver = true;
		const living = this.posts.filter((post) => post !== undefined);
		const gone = living.map(async (post) => await once(post, 'exit'));
		this.kill();
		await Promise.all(gone);
	}
}
