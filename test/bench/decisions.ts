import { sql } from 'kysely';
import { decide } from '../../lib/consent/decide';
import type { DecisionRequest } from '../../lib/domain/consent';
import type { NewCustomer } from '../../lib/domain/customer';
import { recentContacts } from '../../lib/store/contacts';
import { customerFacts } from '../../lib/store/facts';
import type { Store } from '../../lib/store/open';
import { recordRpoChecks } from '../../lib/store/rpo';
import { openTestStore, saved } from '../support/store';
import { sideBySide, type BenchFigure } from './figure';
import { NOW, TODAY } from './shopOfSize';

const CUSTOMERS = 10_000;
const BATCH = 1000;
const CHANNELS = ['email', 'sms', 'letter'] as const;
const REQUEST: DecisionRequest = { class: 'promotional', kind: 'campaign.x', channels: [...CHANNELS], choice: 'score', moment: 'plan', today: TODAY, now: NOW };
/** At most three times as long as the bare reading. */
const LIMIT = 1 / 3;

/** Decisions for 10,000 customers on three channels each, beside one hand-written join that only reads the facts they are taken from. */
export async function decisions(): Promise<BenchFigure[]> {
	const test = await openTestStore(NOW);
	try {
		const ids = await fill(test.store);
		const ours = async () => {
			const facts = await customerFacts(test.store, ids);
			const contacts = await recentContacts(test.store, ids, TODAY);
			let allowed = 0;
			for (const known of facts.values()) if (decide(REQUEST, { ...known, ...contacts.get(known.customerId) }, test.store.shop).outcome === 'allow') allowed++;
			if (facts.size !== CUSTOMERS || allowed < CUSTOMERS * 0.4 || allowed > CUSTOMERS * 0.9) throw new Error(`Of ${facts.size} customers ${allowed} were allowed.`);
		};
		const baseline = async () => {
			const { rows } = await bareJoin(test.store);
			if (rows.length < CUSTOMERS * CHANNELS.length) throw new Error(`Only ${rows.length} rows were read.`);
		};
		return [await sideBySide('decisions-10k-x3', ours, baseline, LIMIT, { rounds: 9 })];
	} finally {
		await test.close();
	}
}

/** A row for each contact point and what was said of its channel. */
async function bareJoin({ db, shop }: Store) {
	return await sql<object>`
		select customer.id, customer.birth_date, customer.deceased, customer.preferred_channel, point.id as point_id, point.kind, point.line, point.status, point.preferred,
			suppression.purpose as suppressed, rpo.checked_at, rpo.result, rpo.enrolled_on, bought.delivered_on, message.id as message_id, message.state, message.sent_on,
			consent.id as consent_id, consent.contact_point_id, consent.channel, consent.purpose, consent.status as said, consent.legal_basis, consent.captured_at, consent.recorded_at,
			consent.source, consent.method, consent.notice_version, consent.double_opt_in_at, consent.evidence, consent.effective_from, consent.effective_to, consent.withdrawn_at
		from customers as customer join contact_points as point on point.customer_id = customer.id
			left join consents as consent on consent.customer_id = customer.id and consent.channel = case point.kind when 'email' then 'email' when 'phone' then 'sms' else 'letter' end
			left join suppressions as suppression on suppression.shop_id = point.shop_id and suppression.address_hash = point.address_hash
			left join rpo_checks as rpo on rpo.shop_id = point.shop_id and rpo.address_hash = point.address_hash
			left join equipment as bought on bought.customer_id = customer.id
			left join messages as message on message.customer_id = customer.id
		where customer.shop_id = ${shop.id} and customer.merged_into is null order by customer.id, point.id, consent.sequence`.execute(db);
}

async function fill(store: Store): Promise<number[]> {
	const ids: number[] = [];
	for (let from = 0; from < CUSTOMERS; from += BATCH) ids.push(...(await saved(store, Array.from({ length: BATCH }, (_, index) => customerOf(from + index)), NOW)));
	const numbers = Array.from({ length: CUSTOMERS }, (_, index) => index).filter((number) => number % 2 === 0);
	await recordRpoChecks(store, numbers.map((number) => ({ number: numberOf(number), checkedAt: NOW, result: number % 10 === 0 ? 'listed' : 'notListed' })));
	return ids;
}

/** Everybody has three contact points and has said something of each channel; a third of them no. */
function customerOf(number: number): NewCustomer {
	return {
		code: `C${number}`, firstName: 'Anna', lastName: `Conti ${number}`, birthDate: `19${40 + (number % 50)}-05-${String(1 + (number % 28)).padStart(2, '0')}`,
		contactPoints: [
			{ kind: 'email', value: `cliente.${number}@posta.example` },
			{ kind: 'phone', value: numberOf(number), line: 'mobile' },
			{ kind: 'address', value: `Via Roma ${number}, 50100 Firenze` },
		],
		consents: CHANNELS.map((channel, position) => ({
			channel, purpose: 'marketing', status: (number + position) % 3 === 0 || number % 3 === 0 ? 'denied' : 'granted', capturedOn: '2023-02-03',
		})),
	};
}

function numberOf(number: number): string {
	return `+39333${String(1_000_000 + number)}`;
}
