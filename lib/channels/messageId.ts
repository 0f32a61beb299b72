/** The id that our mails carry: `<ocrm-message-attempt@domain>`. */
const OURS = /<?(ocrm-\d+-\d+@[^\s<>]+)>?/;

/** Of one sending of a message. */
export function messageId({ id, attempt }: { id: number; attempt: number }, domain: string): string {
	return `<ocrm-${id}-${attempt}@${domain}>`;
}

/** The first of our ids in a text, in its angle brackets: what a mail was recorded as at its provider. */
export function ourMessageId(text: string): string | undefined {
	const found = OURS.exec(text)?.[1];
	return found && `<${found}>`;
}
