/** A WhatsApp message as the phone shows it. */
export interface WhatsAppParts {
	header?: string;
	body: string;
	footer?: string;
	buttons: string[];
}

/** Labels in square brackets on the last line, as the composer writes them. */
const BUTTONS = /^(?:\[[^\]\n]+\] ?)+$/;

/** Takes the whole text apart again around its personal part: what stands above it, below it, and the buttons. */
export function whatsAppParts(text: string, body: string): WhatsAppParts {
	const from = body === '' ? -1 : text.indexOf(body);
	if (from < 0) return { body: text.trim(), buttons: [] };
	const header = text.slice(0, from).trim();
	const below = text.slice(from + body.length).trim().split('\n\n');
	const buttons = BUTTONS.test(below.at(-1) ?? '') ? ((below.pop() as string).match(/[^[\]]+(?=\])/g) ?? []) : [];
	const footer = below.join('\n\n').trim();
	return { ...(header && { header }), body, ...(footer && { footer }), buttons };
}
