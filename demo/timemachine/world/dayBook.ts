import type { NewConsent } from '../../../lib/domain/consent';
import type { NewCustomer } from '../../../lib/domain/customer';
import type { NewAppointment, NewEquipment, NewExam, NewQuote } from '../../../lib/domain/records';
import type { Instant } from '../../../lib/domain/time';
import { recordAnswers, type NewAnswer } from '../../../lib/store/answers';
import { eraseCustomers } from '../../../lib/store/erasing/eraseCustomers';
import type { Store } from '../../../lib/store/open';
import { recordConsents } from '../../../lib/store/recordConsents';
import { saveAppointments } from '../../../lib/store/records/appointments';
import { saveEquipment } from '../../../lib/store/records/equipment';
import { saveExams } from '../../../lib/store/records/exams';
import { saveQuotes } from '../../../lib/store/records/quotes';
import type { RecordResult } from '../../../lib/store/records/saveRecords';
import { saveCustomers } from '../../../lib/store/customers/saveCustomers';
import type { Citizen } from './citizen';

type OfCitizen<Entry> = Omit<Entry, 'customerId'> & { citizen: Citizen };

/** What the shop's program has noted since it was brought into the store last. */
export class DayBook {
	customers: Array<{ citizen: Citizen; customer: NewCustomer }> = [];
	equipment: NewEquipment[] = [];
	exams: NewExam[] = [];
	appointments: NewAppointment[] = [];
	quotes: NewQuote[] = [];
	consents: Array<OfCitizen<NewConsent>> = [];
	answers: Array<OfCitizen<NewAnswer>> = [];
	erasures: Citizen[] = [];

	/** Brings everything into the store, as an import does, and begins anew. Whatever the store refuses is a mistake of the fiction. */
	async bringIn(store: Store, origin: { source: string; noticeVersion: string }, now: Instant): Promise<void> {
		const { customers, equipment, exams, appointments, quotes, consents, answers, erasures } = this;
		Object.assign(this, new DayBook());
		const results = await saveCustomers(store, customers.map(({ customer }) => customer), origin, now);
		results.forEach((result, position) => {
			if (result.status === 'rejected') throw new Error(`The store takes two people for one: ${customers[position].citizen.code}`);
			customers[position].citizen.id = result.id;
		});
		refuseNone([
			...(await saveEquipment(store, equipment, now)),
			...(await saveExams(store, exams, now)),
			...(await saveAppointments(store, appointments, now)),
			...(await saveQuotes(store, quotes, now)),
		]);
		if (consents.length > 0) await recordConsents(store, consents.map(ofCustomer), now);
		await recordAnswers(store, answers.map(ofCustomer), now);
		if (erasures.length > 0) await eraseCustomers(store, erasures.map(({ id }) => id as number), { reason: 'request', who: 'chiara' }, now);
	}
}

function ofCustomer<Entry>({ citizen, ...entry }: Entry & { citizen: Citizen }): Omit<Entry, 'citizen'> & { customerId: number } {
	return { ...entry, customerId: citizen.id as number };
}

function refuseNone(results: RecordResult[]): void {
	const refused = results.find(({ status }) => status === 'rejected');
	if (refused) throw new Error(`The store refuses a record of the fiction: ${JSON.stringify(refused)}`);
}
