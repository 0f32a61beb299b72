import { consentsInForce, type ConsentInForceFor } from '../../../lib/consent/consentsInForce';
import { explain } from '../../../lib/consent/explain';
import { ALL_WHY, renderCustomer } from '../../../lib/desk/customer/customerPage';
import type { CustomerContact, CustomerPageState, StandingConsent } from '../../../lib/desk/customer/state';
import { PAGE_SIZE } from '../../../lib/desk/state';
import { deskAddress } from '../../../lib/desk/view';
import type { ContactPoint, Customer } from '../../../lib/domain/customer';
import { addressInWords } from '../../../lib/domain/postalAddress';
import { shopToday, type Shop } from '../../../lib/domain/shop';
import { fold } from '../../../lib/domain/text';
import { ageOn, MAJORITY, type LocalDate } from '../../../lib/domain/time';
import { phoneInWords } from '../../../lib/messages/contact';
import { consentDetails, withDetails } from '../../../lib/store/consentDetails';
import { consentHistory } from '../../../lib/store/consents';
import { customerDetail, type PointStanding } from '../../../lib/store/customers/customerDetail';
import { getCustomers } from '../../../lib/store/customers/customers';
import { customerTimeline } from '../../../lib/store/customers/customerTimeline';
import { recordedDecisions } from '../../../lib/store/explanations';
import { seeOther, type Page } from '../../../lib/web/page';
import { problem, type DeskContext, type ShownThing, type StaffSession } from '../context';
import { customerNameOf } from '../customerName';
import { frameOf } from '../frame';

/** Decisions that are shown at once, and when all are asked for. */
const WHY_SHOWN = 5;
const MOST_WHY = 200;

/** What had been typed and could not be done. */
type Undone = Pick<CustomerPageState, 'typed' | 'fault' | 'eraseFault'>;

/** One customer. Whoever was merged leads to the one who was kept. */
export async function showCustomer(desk: DeskContext, session: StaffSession, view: ShownThing, undone?: Undone): Promise<Page> {
	const { store, now, language } = desk;
	const { place } = view;
	const [customer] = await getCustomers(store, [{ id: view.id }]);
	if (!customer) return problem(desk, 'notFound');
	const { id } = customer;
	if (id !== view.id) return seeOther(deskAddress({ ...view, id }));
	const { shop } = store;
	const today = shopToday(shop, now);
	const { preferredChannel, household, points } = await customerDetail(store, id);
	const chain = (await consentHistory(store, [id])).get(id) ?? [];
	const told = withDetails(chain, await consentDetails(store, [id]));
	const most = place.kind === ALL_WHY ? MOST_WHY : WHY_SHOWN;
	const decisions = await recordedDecisions(store, [id], { limit: most + 1 });
	const page = renderCustomer({
		...frameOf(desk, session, view, 'customers'),
		place,
		customer: personOf(customer, shop, today),
		contacts: customer.contactPoints.map((point, _, all) => contactOf({ ...point, preferred: point.preferred && all.some(({ id: other, kind }) => kind === point.kind && other !== point.id) }, points.get(point.id))),
		preferredChannel,
		household: household.map((other) => ({ id: other.id, name: customerNameOf(other), ...(other.birthDate && { age: ageOn(other.birthDate, today) }) })),
		consents: standing(consentsInForce(told, now), customer),
		notices: shop.privacyNotices.toSorted((one, other) => (one.publishedOn > other.publishedOn ? -1 : 1)).map(({ version }) => version),
		why: decisions.slice(0, most).map((decision) => explain(decision, shop.timeZone, language)),
		...(decisions.length > most && { olderWhy: most === MOST_WHY ? 'capped' : 'hidden' }),
		timeline: await customerTimeline(store, id, { limit: PAGE_SIZE, offset: (place.page - 1) * PAGE_SIZE }),
		...undone,
	});
	return undone ? { ...page, status: 422 } : page;
}

/** Whether somebody else must say yes for the customer. */
export function isMinor({ birthDate }: Pick<Customer, 'birthDate'>, { policy }: Pick<Shop, 'policy'>, today: LocalDate): boolean {
	return birthDate !== undefined && ageOn(birthDate, today) < Math.min(MAJORITY, policy.adultAge);
}

/** What is typed to erase somebody: the first of the names that has a letter, else the number. */
export function surnameOf({ id, firstName, lastName }: Pick<Customer, 'id' | 'firstName' | 'lastName'>): string {
	return [lastName, firstName].find((name) => fold(name) !== '') ?? String(id);
}

function personOf(customer: Customer, shop: Shop, today: LocalDate): CustomerPageState['customer'] {
	const { id, firstName, lastName, code, birthDate, deceased } = customer;
	return {
		id, name: customerNameOf({ firstName, lastName }), surname: surnameOf(customer), deceased, isMinor: isMinor(customer, shop, today),
		...(code !== undefined && { code }), ...(birthDate !== undefined && { birthDate, age: ageOn(birthDate, today) }),
	};
}

function contactOf({ id, kind, line, value, status, preferred }: ContactPoint, standing: PointStanding = { unreachable: [], suppressions: [] }): CustomerContact {
	return { id, kind: kind === 'phone' ? (line ?? 'phone') : kind, words: valueInWords({ kind, value }), status, preferred, ...standing };
}

function valueInWords({ kind, value }: Pick<ContactPoint, 'kind' | 'value'>): string {
	if (kind === 'phone') return phoneInWords(value);
	// A token of an app is of no use to people, and long.
	return kind === 'address' ? addressInWords(value) : kind === 'push' ? `…${value.slice(-4)}` : value;
}

/** Each record once, with all that it decides, the newest word first. */
function standing(inForce: readonly ConsentInForceFor[], { contactPoints }: Customer): StandingConsent[] {
	const byRecord = Map.groupBy(inForce, ({ record }) => record.id);
	const rows = [...byRecord.values()].map((answers): StandingConsent => {
		const [{ record, status, contactPointId }] = answers;
		const { id, channel, purpose, capturedAt, withdrawnAt, source, method, operator, evidence, noticeVersion, legalBasisNote: note } = record;
		const point = contactPoints.find((one) => one.id === (contactPointId ?? record.contactPointId));
		return {
			id, status, channel, purpose, saidAt: status === 'withdrawn' ? (withdrawnAt ?? capturedAt) : capturedAt, source, method, operator, evidence, noticeVersion, note,
			channels: [...new Set(answers.map((answer) => answer.channel))],
			purposes: [...new Set(answers.map((answer) => answer.purpose))],
			...(point && { onlyFor: valueInWords(point) }),
		};
	});
	return rows.sort((one, other) => (one.saidAt > other.saidAt ? -1 : one.saidAt < other.saidAt ? 1 : other.id - one.id));
}
