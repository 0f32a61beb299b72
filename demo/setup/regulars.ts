import { plusDays, plusMonths, type LocalDate } from '../../lib/domain/time';
import type { NewCustomer } from '../../lib/domain/customer';
import { recordConsents } from '../../lib/store/recordConsents';
import { EQUIPMENT } from '../../lib/store/records/equipment';
import { EXAMS } from '../../lib/store/records/exams';
import { saveRecords } from '../../lib/store/records/saveRecords';
import { saveCustomers } from '../../lib/store/customers/saveCustomers';
import { saveWording } from '../../lib/store/wordings';
import type { Store } from '../../lib/store/open';

/** Where each of the regulars can be reached, and nowhere else. */
export const REGULARS = {
	sms: { code: 'ABITUALE-1', firstName: 'Marta', lastName: 'Vinci', sex: 'F', contactPoints: [{ kind: 'phone', value: '+393330000011', line: 'mobile' }] },
	whatsapp: { code: 'ABITUALE-2', firstName: 'Elio', lastName: 'Grasso', sex: 'M', contactPoints: [{ kind: 'phone', value: '+393330000012', line: 'mobile' }] },
	push: { code: 'ABITUALE-3', firstName: 'Lidia', lastName: 'Moro', sex: 'F', contactPoints: [{ kind: 'push', value: 'app-of-lidia-moro' }] },
	letter: { code: 'ABITUALE-4', firstName: 'Agnese', lastName: 'Riva', sex: 'F', contactPoints: [{ kind: 'address', value: JSON.stringify({ street: 'Via dei Limoni Alti 12', postalCode: '16043', town: 'Chiavari', province: 'GE' }) }] },
	call: { code: 'ABITUALE-5', firstName: 'Carlo', lastName: 'Neri', sex: 'M', contactPoints: [{ kind: 'phone', value: '+393330000015', line: 'mobile' }] },
} satisfies Record<string, Omit<NewCustomer, 'consents'>>;

const WORDING = 'whatsapp-1';

/**
 * Five customers who are in no export, one for each way to be reached but e-mail: three with an order to collect, one whose vision check is due,
 * one with new progressive lenses. What is there already stays as it is.
 * @param day the day on which all of it is due
 */
export async function saveRegulars(store: Store, day: LocalDate, now: string): Promise<void> {
	const noticeVersion = store.shop.privacyNotices[0].version;
	const saved = await saveCustomers(store, Object.entries(REGULARS).map(([channel, regular]) => ({
		...regular,
		birthDate: '1980-05-05',
		consents: channel === 'letter' ? [{ channel: 'letter' as const, purpose: 'recall' as const, status: 'granted' as const, capturedOn: '2023-02-03' }] : [],
	} as NewCustomer)), { source: 'import', noticeVersion }, now);
	const customerId = saved.flatMap((result) => (result.status === 'rejected' ? [] : [result.id]))[Object.keys(REGULARS).indexOf('whatsapp')];
	// Nobody gets a WhatsApp message who was not asked in the shop's own name.
	await saveWording(store, WORDING, `Sì, ${store.shop.name} può scrivermi su WhatsApp.`, now);
	const agreedAt = `${plusDays(day, -30)}T09:00:00.000Z`;
	await recordConsents(store, [{ customerId, channel: 'whatsapp', purpose: 'service', status: 'granted', legalBasis: 'consent', capturedAt: agreedAt, source: 'desk', noticeVersion, wordingVersion: WORDING, doubleOptInAt: agreedAt }], now);
	await saveRecords(store, EQUIPMENT, [
		...(['sms', 'whatsapp', 'push'] as const).map((channel) => ({ customerCode: REGULARS[channel].code, kind: 'spectacles' as const, lensType: 'single-vision' as const, orderedOn: plusDays(day, -12), readyOn: day })),
		{ customerCode: REGULARS.call.code, kind: 'spectacles', lensType: 'progressive', orderedOn: plusDays(day, -35), deliveredOn: plusDays(day, -21), firstProgressive: true },
	], now);
	await saveRecords(store, EXAMS, [{ customerCode: REGULARS.letter.code, kind: 'vision', takenOn: plusMonths(day, -24) }], now);
}
