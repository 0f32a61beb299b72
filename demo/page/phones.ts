import type { Standins } from '../standins/standins';

export type Way = 'sms' | 'whatsapp';
/** How the ways are called on the page. */
export const WAY_NAMES: Record<Way | 'push', string> = { sms: 'SMS', whatsapp: 'WhatsApp', push: 'App' };

/** What stands on a phone: something of the shop, or what its owner wrote. */
export interface Bubble {
	/** UTC instant, ISO 8601. */
	at: string;
	via: Way | 'push';
	from: 'shop' | 'customer';
	title?: string;
	text: string;
	/** Where the provider reported it. */
	state?: string;
}

/** A phone, or an app on one, to which something was sent. */
export interface Phone {
	/** A number in E.164, or the token of an app. */
	address: string;
	owner?: string;
	/** Oldest first. */
	bubbles: Bubble[];
	/** How its owner can answer, the last used first; an app cannot. */
	ways: Way[];
}

/** The phones of the demo's customers: what the stand-ins hold, and what was typed on the page. */
export class Phones {
	private readonly said: Array<Bubble & { address: string }> = [];

	/** @param owners names by number or token */
	constructor(private readonly standins: Pick<Standins, 'sms' | 'whatsApp' | 'push'>, private readonly owners: ReadonlyMap<string, string>) {}

	/** The one with the newest message first. */
	list(): Phone[] {
		const phones = Map.groupBy(this.all(), ({ address }) => address);
		return [...phones].map(([address, bubbles]) => this.phone(address, bubbles)).sort((one, other) => other.bubbles[other.bubbles.length - 1].at.localeCompare(one.bubbles[one.bubbles.length - 1].at));
	}

	find(address: string | null): Phone | undefined {
		return this.list().find((phone) => phone.address === address);
	}

	/**
	 * The owner answers, by way of the provider's webhook.
	 * @returns what went wrong, in words
	 */
	async answer({ address, ways }: Phone, via: Way, text: string): Promise<string | undefined> {
		if (!ways.includes(via)) return `Nothing came to this phone by ${WAY_NAMES[via]} that could be answered.`;
		const { sms, whatsApp } = this.standins;
		// The stand-in for SMS throws where it has nothing to answer to, and both do where n8n cannot be reached.
		const status = await (via === 'sms' ? sms : whatsApp).reply(address, text).catch((error: Error) => error.message);
		if (status !== 200) return typeof status === 'number' ? `The shop did not take the answer (status ${status}).` : `The answer did not reach the shop: ${status}`;
		this.said.push({ address, at: new Date().toISOString(), via, from: 'customer', text });
		return undefined;
	}

	private phone(address: string, all: Bubble[]): Phone {
		const bubbles = all.sort((one, other) => one.at.localeCompare(other.at));
		const ways = bubbles.map(({ via }) => via).filter((via) => via !== 'push').reverse();
		return { address, owner: this.owners.get(address), bubbles, ways: [...new Set(ways)] };
	}

	private all(): Array<Bubble & { address: string }> {
		const { sms, whatsApp, push } = this.standins;
		return [
			...sms.messages.map(({ to, text, at, state }) => ({ address: to, at, via: 'sms' as const, from: 'shop' as const, text, state })),
			...whatsApp.messages.map(({ to, text, at }) => ({ address: to, at: new Date(at).toISOString(), via: 'whatsapp' as const, from: 'shop' as const, text })),
			...push.messages.map(({ token, title, body, at }) => ({ address: token, at, via: 'push' as const, from: 'shop' as const, title, text: body })),
			...this.said,
		];
	}
}
