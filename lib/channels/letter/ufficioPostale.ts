import { addressParts, envelopeLines, type PostalAddress } from '../../domain/postalAddress';
import type { Channel, Delivery, Outgoing } from '../channel';
import { NoAnswer, type Http, type HttpAnswer, type HttpRequest } from '../http';
import { unprintableFields } from './characters';
import type { Letter, LetterFrame, LetterSettings, LetterWords } from './letter';
import { printLetters } from './pdf';
import type { Instant } from '../../domain/time';

export const UFFICIO_POSTALE_URL = 'https://ws.ufficiopostale.com';
/** A product of Poste Italiane, by its name in the provider's addresses. */
export type PostProduct = 'ordinarie' | 'prioritarie' | 'posta_4_pro' | 'posta_massiva' | 'raccomandate' | 'raccomandate_smart';

/** What the credential "Optical Letter" holds. */
export interface UfficioPostaleSettings {
	token: string;
	/** The provider's own address, or that of its sandbox. */
	baseUrl: string;
	product: PostProduct;
	colour: boolean;
	duplex: boolean;
	/** What a letter costs, for the report; 0: not known. */
	priceCents?: number;
}

/** The shop's own part of each letter. */
export interface UfficioPostaleShop {
	sender: { name: string; address: PostalAddress; email?: string };
	frame: LetterFrame;
	words: LetterWords;
	homeCountry: string;
	font?: Buffer;
	madeAt: Instant;
}

const ANSWER_MS = 25_000;

/**
 * Letters that Poste Italiane print and deliver, through Openapi "Ufficio Postale": an order is made first, which costs nothing and prints nothing, and
 * is confirmed by a second call. So only the second can be of unknown outcome, and confirming an order twice sends one letter. Source:
 * console.openapi.com/apis/ufficiopostale/documentation.
 */
export function ufficioPostaleChannel(settings: UfficioPostaleSettings, shop: UfficioPostaleShop, http: Http): Channel {
	const call = async (method: HttpRequest['method'], path: string, json?: unknown) =>
		await http({
			method, url: `${settings.baseUrl.replace(/\/+$/, '')}/${settings.product}/${path}`, timeoutMs: ANSWER_MS,
			headers: { authorization: `Bearer ${settings.token}`, accept: 'application/json' }, ...(json !== undefined && { json }),
		});
	return {
		send: async (message) => {
			const order = await create(message, settings, shop, call);
			return 'outcome' in order ? order : await confirm(order.id, settings, call);
		},
		close: async () => undefined,
	};
}

type Call = (method: HttpRequest['method'], path: string, json?: unknown) => Promise<HttpAnswer>;

/** Step one. Whatever goes wrong here, nothing is printed: it may be tried again. */
async function create(message: Outgoing, settings: UfficioPostaleSettings, shop: UfficioPostaleShop, call: Call): Promise<Delivery | { id: string }> {
	const letter: Letter = { id: message.id, recipientName: message.recipientName, addressLines: envelopeLines(message.recipient, shop.homeCountry), subject: message.subject, text: message.text };
	const address = addressParts(message.recipient);
	if (!address?.street || !address.town) return { outcome: 'refused', code: 'ADDRESS_IN_PARTS_MISSING', retry: false };
	if (!shop.font && unprintableFields(letter).length > 0) return { outcome: 'refused', code: 'CHARACTERS', retry: false };
	// The provider puts the address on a sheet, or into the window, by itself.
	const print: LetterSettings = { window: { x: 0, y: 0, width: 0, height: 0 }, duplex: settings.duplex, withoutAddress: true, font: shop.font };
	const { pdf } = await printLetters({ letters: [letter], frame: shop.frame, words: shop.words, settings: print, title: message.subject ?? shop.sender.name, madeAt: shop.madeAt, list: false });
	const order = {
		mittente: { ...addressFields(shop.sender.address, shop.homeCountry), ragione_sociale: shop.sender.name, ...(shop.sender.email && { email: shop.sender.email }) },
		destinatari: [{ ...addressFields(address, shop.homeCountry), ...nameFields(message.recipientName) }],
		documento: [`data:application/pdf;base64,${pdf.toString('base64')}`],
		opzioni: { fronteretro: settings.duplex, colori: settings.colour, autoconfirm: false },
	};
	try {
		const answer = await call('POST', '', order);
		const id = idOf(answer);
		if (isSuccess(answer) && id) return { id };
		// Without an id nobody can confirm the order, so that it is never printed.
		return isSuccess(answer) ? { outcome: 'refused', code: 'ANSWER_UNREADABLE', retry: true } : notTaken(answer);
	} catch (error) {
		if (!(error instanceof NoAnswer)) throw error;
		return error.mayHaveLeft ? { outcome: 'refused', code: error.code, retry: true } : { outcome: 'down', code: error.code };
	}
}

/** Step two: from here on the letter costs money and cannot be called back. */
async function confirm(id: string, { priceCents, product }: UfficioPostaleSettings, call: Call): Promise<Delivery> {
	const sent: Delivery = { outcome: 'sent', providerId: `${product}/${id}`, ...(priceCents && { cost: { mills: Math.round(priceCents * 10) } }) };
	const path = encodeURIComponent(id);
	let code = 'NO_ANSWER';
	try {
		const answer = await call('PATCH', path, { confirmed: true });
		if (isSuccess(answer)) return sent;
		if (answer.status < 500 && answer.status !== 408) return notTaken(answer);
		code = `HTTP_${answer.status}`;
	} catch (error) {
		if (!(error instanceof NoAnswer)) throw error;
		// The order stays unconfirmed, and nothing of it is printed.
		if (!error.mayHaveLeft) return { outcome: 'down', code: error.code };
		code = error.code;
	}
	try {
		const answer = await call('GET', path);
		if (isSuccess(answer) && entriesOf(answer)[0]?.confirmed === true) return sent;
	} catch (error) {
		if (!(error instanceof NoAnswer)) throw error;
	}
	// Not confirmed as far as can be seen, and a late confirmation may still arrive: a person looks it up.
	return { outcome: 'unknown', code };
}

function notTaken(answer: HttpAnswer): Delivery {
	const code = errorCode(answer);
	const { status } = answer;
	if (status === 401 || status === 402 || status === 403) return { outcome: 'down', code, alert: true };
	if (status === 429) return { outcome: 'down', code, backOff: true };
	if (status >= 500) return { outcome: 'down', code };
	return { outcome: 'refused', code, retry: false };
}

/** The provider's number of the error; its sentence could hold an address. */
function errorCode({ status, body }: HttpAnswer): string {
	const { error } = objectOf(body);
	return /^\d{1,6}$/.test(String(error ?? '')) ? `UFFICIO_POSTALE_${String(error)}` : `HTTP_${status}`;
}

function isSuccess({ status, body }: HttpAnswer): boolean {
	return status >= 200 && status < 300 && objectOf(body).success === true;
}

/** `data` is a list, or the one entry itself. */
function entriesOf({ body }: HttpAnswer): Array<Record<string, unknown>> {
	return [objectOf(body).data].flat().map(objectOf);
}

function idOf(answer: HttpAnswer): string | undefined {
	const { id } = entriesOf(answer)[0] ?? {};
	return typeof id === 'string' && /^[\w-]{1,64}$/.test(id) ? id : undefined;
}

/** Street type ("Via"), street and number apart, as Poste Italiane want them. */
function addressFields({ street = '', postalCode, town, province, country }: PostalAddress, homeCountry: string): Record<string, string> {
	const [, type = '', name = street, number = ''] = /^(\S+)\s+(.+?)(?:[,\s]+(?:n\.?\s*)?(\d+\S*(?:\s.*)?|snc))?$/i.exec(street.trim()) ?? [];
	return Object.fromEntries(
		Object.entries({ dug: type, indirizzo: name, civico: number, comune: town, cap: postalCode, provincia: province, nazione: country ?? homeCountry }).filter((entry): entry is [string, string] => Boolean(entry[1])),
	);
}

/** The last word is the family name, as far as a line can tell. */
function nameFields(name: string): Record<string, string> {
	const words = name.trim().split(/\s+/);
	return words.length < 2 ? { ragione_sociale: name.trim() } : { nome: words.slice(0, -1).join(' '), cognome: words[words.length - 1] };
}

function objectOf(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
