export interface LockHolder {
	pid: number;
	host: string;
}

export interface LockOptions {
	/** Milliseconds after which a lock counts as left behind, whoever holds it. */
	maxAgeMs?: number;
	signal?: AbortSignal;
	/** Called once, when waiting begins. */
	onWait?: (holder: LockHolder) => void;
}

/** Takes a lock between processes of one machine and returns the function that gives it back; waits for it unless `wait` is false. */
export function takeLock(file: string, options?: LockOptions & { wait?: true }): Promise<() => void>;
export function takeLock(file: string, options: LockOptions & { wait: false }): Promise<(() => void) | undefined>;

/** Runs `work` while holding the lock. */
export function withLock<T>(file: string, work: () => Promise<T>, options?: LockOptions): Promise<T>;
