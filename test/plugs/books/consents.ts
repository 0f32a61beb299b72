import type { BookRule } from './check';

/** The store's own verification finds every chain whole. */
export const consentChains: BookRule = { name: 'consent-chains', breaches: ({ brokenChains }) => brokenChains };

/** What a customer was told to be recorded is in the chain. */
export const acknowledgedConsents: BookRule = {
	name: 'acknowledged-consents',
	breaches: ({ acknowledged, consents }) => {
		const known = new Set(consents.map(({ customer_id, channel, purpose, status }) => `${customer_id} ${channel} ${purpose} ${status}`));
		return acknowledged.flatMap((one) =>
			one.done !== 'consent' || known.has(`${one.customerId} ${one.channel} ${one.purpose} ${one.status}`) ? [] : [`customer ${one.customerId} said ${one.status} (${one.channel}, ${one.purpose}), and the chain does not know`]);
	},
};

const MARKETING = ['relational', 'promotional'];

/** Once a refusal was accepted, nothing begins to leave that rests on the consent. Only where the clock stood: else nothing tells what came first. */
export const nothingAfterRefusal: BookRule = {
	name: 'nothing-after-refusal',
	breaches: ({ acknowledged, messages, history, clockMoved }) => {
		if (clockMoved) return [];
		const begun = Map.groupBy(history.filter(({ to_state }) => to_state === 'sending'), ({ message_id }) => message_id);
		return acknowledged.flatMap((said) => {
			if (said.done !== 'consent' || said.status !== 'withdrawn' || said.purpose !== 'marketing') return [];
			// A later yes makes the no a thing of the past.
			const isPast = acknowledged.some((other) => other.done === 'consent' && other.customerId === said.customerId && other.status === 'granted' && other.at >= said.at);
			if (isPast) return [];
			return messages
				.filter((message) => message.customer_id === said.customerId && MARKETING.includes(message.class) && ['any', message.channel].includes(said.channel))
				.filter(({ id }) => (begun.get(id) ?? []).some(({ at }) => at > said.at))
				.map(({ id }) => `message ${id} began to leave after its customer had refused`);
		});
	},
};
