import type { NewCustomer } from '../../lib/domain/customer';
import { plusDays, plusMonths, type Instant, type LocalDate } from '../../lib/domain/time';
import { shopToday } from '../../lib/domain/shop';
import { saveEquipment } from '../../lib/store/records/equipment';
import { saveExams } from '../../lib/store/records/exams';
import type { Store } from '../../lib/store/open';
import { saveCustomers } from '../../lib/store/customers/saveCustomers';
import type { Books } from './books/books';

/** What each customer is in the shop for, in turns. */
const REASONS = ['birthday', 'birthday', 'progressive', 'order.ready', 'recall.vision', 'birthday tomorrow', 'none'] as const;
/** Who is invited by the campaigns too: of those with a birthday one message has to wait. */
const INVITED: readonly string[] = ['birthday', 'birthday tomorrow', 'none'];
/** Campaigns to the same people: the caps leave room for one at a time. */
export const CAMPAIGNS = [
	{ kind: 'campaign.offer', class: 'promotional' },
	{ kind: 'campaign.greetings', class: 'relational' },
] as const;

/** The people of a run: half of them reached by SMS, half by mail, each with a reason to be contacted. Returns whom the shop has to notice. */
export async function settlePeople(store: Store, count: number, now: Instant): Promise<{ ids: number[]; invited: number[]; expected: Books['expected'] }> {
	const today = shopToday(store.shop, now);
	const reasonOf = (index: number) => REASONS[index % REASONS.length];
	const people = Array.from({ length: count }, (_, index) => personOf(index, reasonOf(index), today));
	const saved = await saveCustomers(store, people, { source: 'import', noticeVersion: store.shop.privacyNotices[0].version }, now);
	const ids = saved.map((result) => ('id' in result ? result.id : 0));
	const those = (reason: string) => ids.filter((_, index) => reasonOf(index) === reason);
	await saveEquipment(store, [
		...those('progressive').map((customerId) => ({ customerId, code: `P${customerId}`, kind: 'spectacles' as const, lensType: 'progressive' as const, orderedOn: plusDays(today, -40), deliveredOn: plusDays(today, -10) })),
		...those('order.ready').map((customerId) => ({ customerId, code: `O${customerId}`, kind: 'spectacles' as const, orderedOn: plusDays(today, -12), readyOn: plusDays(today, -3) })),
	], now);
	await saveExams(store, those('recall.vision').map((customerId) => ({ customerId, code: `E${customerId}`, takenOn: plusMonths(today, -26) })), now);
	const expected = ids.flatMap((customerId, index) => {
		const reason = reasonOf(index);
		const kinds = reason === 'birthday' ? [reason] : [];
		return [...kinds, ...(INVITED.includes(reason) ? CAMPAIGNS.map(({ kind }) => kind) : [])].map((kind) => ({ customerId, kind }));
	});
	return { ids, invited: ids.filter((_, index) => INVITED.includes(reasonOf(index))), expected };
}

function personOf(index: number, reason: (typeof REASONS)[number], today: LocalDate): NewCustomer {
	const bySms = index % 4 < 2;
	const birthday = reason === 'birthday' ? today : reason === 'birthday tomorrow' ? plusDays(today, 1) : plusDays(today, -90);
	const channel = bySms ? 'sms' : 'email';
	return {
		code: `K${index}`,
		firstName: 'Anna',
		lastName: `Neri ${index}`,
		// Who was born on 29 February celebrates on the 28th in 1970.
		birthDate: `1970-${birthday.slice(5)}`.replace('02-29', '02-28'),
		contactPoints: [bySms ? { kind: 'phone', value: `+39333${String(1_000_000 + index)}`, line: 'mobile' } : { kind: 'email', value: `anna.${index}@posta.example` }],
		consents: (['marketing', 'recall', 'health', 'profiling'] as const).map((purpose) => ({ channel: purpose === 'health' || purpose === 'profiling' ? 'any' as const : channel, purpose, status: 'granted' as const, capturedOn: '2023-02-03' })),
	};
}
