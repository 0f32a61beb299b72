import { basisOf, purposeOf } from '../../../../lib/consent/basis';
import { contactPointFor } from '../../../../lib/consent/contactPoint';
import { decide } from '../../../../lib/consent/decide';
import type { Channel, MessageClass } from '../../../../lib/domain/glossary';
import { shopToday } from '../../../../lib/domain/shop';
import type { Instant } from '../../../../lib/domain/time';
import type { ReachCount } from '../../../../lib/report/dataQuality';
import { presentCustomers } from '../../../../lib/store/dataQuality';
import { customerFacts } from '../../../../lib/store/facts';
import type { Store } from '../../../../lib/store/open';

/** Occasion kinds with the class that the shop's workflows give them. */
export const KINDS: ReadonlyArray<{ kind: string; class: MessageClass }> = [
	{ kind: 'birthday', class: 'relational' },
	{ kind: 'welcome', class: 'relational' },
	{ kind: 'recall.vision', class: 'recall' },
	{ kind: 'recall.eyewear', class: 'recall' },
	{ kind: 'recall.lenses', class: 'recall' },
	{ kind: 'recall.dormant', class: 'recall' },
	{ kind: 'progressive', class: 'service' },
	{ kind: 'order.ready', class: 'service' },
	{ kind: 'appointment.missed', class: 'service' },
	{ kind: 'quote.open', class: 'promotional' },
	{ kind: 'campaign', class: 'promotional' },
];

/** Customers decided about at once. */
const BATCH = 2000;

/**
 * How many customers each occasion kind could reach on each channel today: asks the very rules that the Consent Check asks when a message
 * is planned, so that the two never differ. Kinds of one purpose and legal basis are decided once, as are channels without an address that
 * works (rules C01 and R28 stop them all). Nothing is recorded.
 */
export async function reachToday(store: Store, channels: readonly Channel[], now: Instant): Promise<ReachCount[]> {
	const today = shopToday(store.shop, now);
	const alike = (request: (typeof KINDS)[number]) => `${purposeOf(request)} ${basisOf(request, store.shop.policy)}`;
	const asked = [...Map.groupBy(KINDS, alike)].flatMap(([key, [first]]) =>
		channels.map((channel) => ({ key, channel, request: { ...first, channels: [channel], moment: 'plan' as const, today, now }, reachable: 0 })),
	);
	for (let after = 0; ; ) {
		const ids = await presentCustomers(store, after, BATCH);
		if (ids.length === 0) break;
		const facts = await customerFacts(store, ids);
		for (const customer of facts.values()) {
			const usable = channels.filter((channel) => contactPointFor(customer.contactPoints, channel)?.status === 'valid');
			for (const question of asked) if (usable.includes(question.channel) && decide(question.request, customer, store.shop).outcome === 'allow') question.reachable++;
		}
		after = ids[ids.length - 1];
	}
	return KINDS.flatMap((kind) => asked.filter(({ key }) => key === alike(kind)).map(({ channel, reachable }) => ({ kind: kind.kind, channel, reachable })));
}
