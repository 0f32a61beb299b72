/** A message as the person saw it. Decide only while its content hash is still this one. */
export interface SeenMessage {
	id: number;
	contentHash: string;
}

/** Longest free word of the staff, in characters. */
export const NOTE_LIMIT = 300;

/** A message and the text that is on show, as one form value. */
export function seenField({ id, contentHash }: SeenMessage): string {
	return `${id}:${contentHash}`;
}

/** The field that seenField() wrote. */
export function seen(field: string): SeenMessage | undefined {
	const [, id, contentHash] = /^([1-9]\d{0,14}):([\w+/=-]{8,128})$/.exec(field) ?? [];
	return id ? { id: Number(id), contentHash } : undefined;
}
