/** Where the keys of a session are kept: texts by kind and name. It encrypts what it keeps. */
export interface KeyShelf {
	read(kind: string, names: readonly string[]): Promise<Map<string, string>>;
	/**
	 * In one transaction; null takes a key away.
	 * @throws LostHold where this process does not hold the session any more: its keys would lie over newer ones
	 */
	write(rows: ReadonlyArray<{ kind: string; name: string; value: string | null }>): Promise<void>;
}
