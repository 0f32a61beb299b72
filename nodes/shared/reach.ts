import { basisOf, purposeOf } from '../../lib/consent/basis';
import { contactPointFor } from '../../lib/consent/contactPoint';
import { decide } from '../../lib/consent/decide';
import type { CustomerFacts } from '../../lib/domain/consent';
import type { Channel, MessageClass } from '../../lib/domain/glossary';
import { OCCASION_KINDS } from '../../lib/domain/occasionKinds';
import { shopToday, type Shop } from '../../lib/domain/shop';
import type { Instant } from '../../lib/domain/time';
import type { ReachCount } from '../../lib/report/dataQuality';

/** Occasion kinds with the class that the shop's workflows give them. */
export const KINDS: ReadonlyArray<{ kind: string; class: MessageClass }> = [
	...Object.entries(OCCASION_KINDS).map(([kind, { class: messageClass }]) => ({ kind, class: messageClass })),
	{ kind: 'campaign', class: 'promotional' },
];

/**
 * How many customers each occasion kind could reach on each channel today: asks the very rules that the Consent Check asks when a message
 * is planned, so that the two never differ. Kinds of one purpose and legal basis are asked about once. Nothing is recorded.
 */
export class Reach {
	private readonly questions: Array<{ key: string; channel: Channel; request: Parameters<typeof decide>[0]; reachable: number }>;

	constructor(private readonly shop: Shop, private readonly channels: readonly Channel[], now: Instant) {
		const today = shopToday(shop, now);
		this.questions = [...Map.groupBy(KINDS, (kind) => this.keyOf(kind))].flatMap(([key, [first]]) =>
			channels.map((channel) => ({ key, channel, request: { ...first, channels: [channel], moment: 'plan' as const, today, now }, reachable: 0 })),
		);
	}

	/** The questions, by their places, that are allowed for a customer with these facts. Without an address that works none is (rules C01 and R28a). */
	allowed(facts: CustomerFacts): number[] {
		const usable = this.channels.filter((channel) => contactPointFor(facts.contactPoints, channel)?.status === 'valid');
		return this.questions.flatMap(({ channel, request }, place) => (usable.includes(channel) && decide(request, facts, this.shop).outcome === 'allow' ? [place] : []));
	}

	/** Counts a customer for whom these questions are allowed. */
	count(allowed: readonly number[]): void {
		for (const place of allowed) this.questions[place].reachable++;
	}

	counts(): ReachCount[] {
		return KINDS.flatMap((kind) => this.questions.filter(({ key }) => key === this.keyOf(kind)).map(({ channel, reachable }) => ({ kind: kind.kind, channel, reachable })));
	}

	private keyOf(kind: (typeof KINDS)[number]): string {
		return `${purposeOf(kind)} ${basisOf(kind, this.shop.policy)}`;
	}
}
