import type { MetaBody } from './whatsAppBody';

/** What Meta allows. Characters, or pieces. Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components */
const LONGEST = { body: 1024, header: 60, footer: 60, label: 25, url: 2000, phone: 20 };
const MOST = { all: 10, url: 2, phone: 1 };
/**
 * Words of fixed text for each place to fill in, and one more. Meta refuses "too many variables for its length" (2388293) and tells no number:
 * this one is what others have found to pass.
 */
const WORDS_FOR_EACH_SLOT = 3;

const PLACE = /\{\{[^}]+\}\}/g;

/**
 * What Meta would refuse in a text. Source: .../whatsapp/templates/template-review, "Common rejection reasons", and .../support/error-codes,
 * "Template creation errors".
 */
export function bodyProblems({ text, slots }: MetaBody): string[] {
	const problems: string[] = [];
	const fixed = text.replace(PLACE, ' ').match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
	const places = text.match(PLACE)?.length ?? 0;
	if (text.length > LONGEST.body) problems.push(`the text has ${text.length} characters, at most ${LONGEST.body} are allowed`);
	if (!/[\p{L}\p{N}]/u.test(text.slice(0, placeAt(text, 0)))) problems.push('the text begins with something to fill in');
	if (!/[\p{L}\p{N}]/u.test(text.slice(lastPlaceEnd(text)))) problems.push('the text ends with something to fill in');
	if (/\}\}[\s]*\{\{/.test(text)) problems.push('two places to fill in have no text between them');
	if (places > 0 && fixed < places * WORDS_FOR_EACH_SLOT + 1) problems.push(`${places} places to fill in are too many for ${fixed} words of text`);
	if (slots.some(({ name }) => !/^[a-z][a-z_]*$/.test(name))) problems.push('names at Meta hold small letters and underscores only');
	return problems;
}

function placeAt(text: string, from: number): number {
	const index = text.indexOf('{{', from);
	return index === -1 ? text.length : index;
}

function lastPlaceEnd(text: string): number {
	const index = text.lastIndexOf('}}');
	return index === -1 ? 0 : index + 2;
}

/** A button as Meta takes it. */
export interface MetaButton {
	type: 'QUICK_REPLY' | 'URL' | 'PHONE_NUMBER';
	text: string;
	url?: string;
	phone_number?: string;
	example?: string[];
}

/** What Meta would refuse in the lines around the text. */
export function frameProblems({ header = '', footer = '', buttons }: { header?: string; footer?: string; buttons: readonly MetaButton[] }): string[] {
	const problems: string[] = [];
	if (header.length > LONGEST.header) problems.push(`the header has more than ${LONGEST.header} characters`);
	if (footer.length > LONGEST.footer) problems.push(`the footer has more than ${LONGEST.footer} characters`);
	if (/[*_~`\n]/.test(header)) problems.push('the header holds a mark or a line break that is not allowed there');
	if (/\{\{/.test(header + footer)) problems.push('header and footer hold nothing to fill in');
	const count = (type: MetaButton['type']) => buttons.filter((button) => button.type === type).length;
	if (buttons.length > MOST.all) problems.push(`there are more than ${MOST.all} buttons`);
	if (count('URL') > MOST.url) problems.push(`there are more than ${MOST.url} buttons with an address`);
	if (count('PHONE_NUMBER') > MOST.phone) problems.push(`there is more than ${MOST.phone} button that calls`);
	if (buttons.some(({ text }) => text.length > LONGEST.label)) problems.push(`a label has more than ${LONGEST.label} characters`);
	if (buttons.some(({ url = '' }) => url.length > LONGEST.url)) problems.push('an address is too long');
	if (buttons.some(({ phone_number: phone = '' }) => phone.length > LONGEST.phone)) problems.push('a phone number is too long');
	// Replies on one side, all others on the other.
	const turns = buttons.filter((button, index) => index > 0 && (button.type === 'QUICK_REPLY') !== (buttons[index - 1].type === 'QUICK_REPLY')).length;
	if (turns > 1) problems.push('replies and other buttons are mixed');
	return problems;
}
