/** Without the fields of which nothing is known. */
export function present<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
	const known: { [K in keyof T]?: Exclude<T[K], undefined> } = {};
	for (const field in fields) if (fields[field] !== undefined) known[field] = fields[field] as Exclude<T[typeof field], undefined>;
	return known;
}
