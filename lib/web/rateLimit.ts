/** How many requests one may make. */
export interface Rate {
	/** At once. */
	burst: number;
	perMinute: number;
}

/**
 * Lets so many requests through for each key, in this process and in bounded memory: the keys that were not seen for longest are forgotten first.
 * Against flooding, not against guessing: what must count over all processes is counted in the store.
 */
export class RateLimit {
	private readonly kept = new Map<string, { left: number; at: number }>();

	constructor(private readonly rate: Rate, private readonly keys = 5000) {}

	/** Takes one request of a key. @returns seconds to wait; 0 where it may pass */
	take(key: string, nowMs: number): number {
		const { burst, perMinute } = this.rate;
		const { left, at } = this.kept.get(key) ?? { left: burst, at: nowMs };
		const refilled = Math.min(burst, left + (Math.max(0, nowMs - at) / 60_000) * perMinute);
		const passes = refilled >= 1;
		// Set anew, so that it is the youngest.
		this.kept.delete(key);
		this.kept.set(key, { left: passes ? refilled - 1 : refilled, at: nowMs });
		if (this.kept.size > this.keys) this.kept.delete(this.kept.keys().next().value as string);
		return passes ? 0 : Math.max(1, Math.ceil(((1 - refilled) / perMinute) * 60));
	}
}
