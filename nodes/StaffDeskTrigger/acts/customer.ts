import type { CustomerAction, TypedConsent } from '../../../lib/desk/customer/action';
import { renderErased } from '../../../lib/desk/customer/erasedPage';
import type { EraseFault, RecordFault } from '../../../lib/desk/customer/state';
import type { NewConsent } from '../../../lib/domain/consent';
import type { Customer } from '../../../lib/domain/customer';
import { CrmError } from '../../../lib/domain/errors';
import { shopToday } from '../../../lib/domain/shop';
import { fold } from '../../../lib/domain/text';
import { getCustomers } from '../../../lib/store/customers/customers';
import { recordDeskLog } from '../../../lib/store/desk/deskLog';
import { eraseCustomers } from '../../../lib/store/erasing/eraseCustomers';
import { exportCustomer } from '../../../lib/store/customers/exportCustomer';
import { inTransaction } from '../../../lib/store/open';
import { savePreferences } from '../../../lib/store/customers/preferences';
import { recordConsents } from '../../../lib/store/recordConsents';
import { fileAnswer } from '../../../lib/web/file';
import { ConsentRefused, readConsent, type ConsentFault } from '../../shared/readConsent';
import { problem, type DeskContext, type Done, type ShownThing, type StaffSession } from '../context';
import { frameOf } from '../frame';
import { isMinor, showCustomer, surnameOf } from '../pages/customer';

/** Does what was asked for about a customer, and writes down who did it. */
export async function actOnCustomers(desk: DeskContext, session: StaffSession, action: CustomerAction): Promise<Done> {
	const [customer] = await getCustomers(desk.store, [{ id: action.customer }]);
	if (!customer) return { page: problem(desk, 'notFound') };
	switch (action.kind) {
		case 'savePreference':
			return await prefer(desk, session, customer, action);
		case 'recordConsent':
			return await record(desk, session, customer, action.typed);
		case 'exportCustomer':
			return await download(desk, session, customer);
		case 'eraseCustomer':
			return await erase(desk, session, customer, action.surname);
	}
}

/** A line of the log: what was done to which customer, and nothing of what the store knows of them. */
async function log({ store, now }: DeskContext, { staff }: StaffSession, { id }: Customer, action: string, db = store.db): Promise<void> {
	await recordDeskLog({ ...store, db }, { who: staff, action, subject: `customer ${id}` }, now);
}

async function prefer(desk: DeskContext, session: StaffSession, customer: Customer, { channel }: Extract<CustomerAction, { kind: 'savePreference' }>): Promise<Done> {
	const { store, now } = desk;
	await inTransaction(store.db, async (db) => {
		await savePreferences({ ...store, db }, [{ customerId: customer.id, ...(channel && { channel }) }], now);
		await log(desk, session, customer, 'preferenceChanged', db);
	});
	return { flash: { code: 'preferenceSaved', count: 1 } };
}

/** What the page says of a consent that the ledger does not take. */
const FAULTS: Record<ConsentFault, RecordFault> = { unknownWord: 'other', basis: 'other', wording: 'other', notSpecific: 'notSpecific', notice: 'notice', noMoment: 'noMoment', future: 'future' };

async function record(desk: DeskContext, session: StaffSession, customer: Customer, typed: TypedConsent): Promise<Done> {
	const { store, now } = desk;
	const consent = await consentOf(desk, session, customer, typed).catch((error: unknown) => {
		if (error instanceof ConsentRefused) return FAULTS[error.fault];
		throw error;
	});
	if (typeof consent === 'string') return { page: await showCustomer(desk, session, pageOf(customer), { typed, fault: consent }) };
	const [{ status }] = await inTransaction(store.db, async (db) => {
		const recorded = await recordConsents({ ...store, db }, [consent], now);
		if (recorded[0].status === 'recorded') await log(desk, session, customer, typed.status === 'granted' ? 'consentGranted' : 'consentRefused', db);
		return recorded;
	});
	return { flash: { code: status === 'recorded' ? 'consentRecorded' : 'consentKnown', count: 1 } };
}

/** What was typed as the ledger takes it, or why the Desk does not. Throws ConsentRefused where the ledger does not. */
async function consentOf({ store: { shop }, now }: DeskContext, { staff }: StaffSession, customer: Customer, typed: TypedConsent): Promise<NewConsent | RecordFault> {
	const { status, channel, purpose, method, day, evidence, notice, guardian, note } = typed;
	const today = shopToday(shop, now);
	const isYes = status === 'granted';
	// Staff take a yes down for others: who cannot show it later has none (RULES 12).
	if (isYes && evidence === '') return 'evidenceMissing';
	if (isYes && guardian === '' && isMinor(customer, shop, today)) return 'guardianMissing';
	return readConsent(customer.id, {
		status, channel, purpose, method, evidence, operator: staff, legalBasisNote: note,
		// Said today is said now: only so does a yes come after the no of this morning.
		capturedAt: day === today ? '' : day,
		...(isYes && { noticeVersion: notice, guardian }),
	}, shop, [], now, 'desk');
}

function pageOf({ id }: Customer): ShownThing {
	return { view: 'customer', id, place: { page: 1 } };
}

/** All that the store holds about the customer. The log comes first: what it holds of this download is in the file too. */
async function download(desk: DeskContext, session: StaffSession, customer: Customer): Promise<Done> {
	const { store, now } = desk;
	await log(desk, session, customer, 'customerExported');
	const exported = await exportCustomer(store, customer.id, now);
	return { page: fileAnswer(`customer-${customer.id}.json`, 'application/json', Buffer.from(JSON.stringify(exported, undefined, '\t'))) };
}

async function erase(desk: DeskContext, session: StaffSession, customer: Customer, surname: string): Promise<Done> {
	const { store, now } = desk;
	if (session.role !== 'lead') return { page: problem(desk, 'leadOnly') };
	const again = async (eraseFault: EraseFault): Promise<Done> => ({ page: await showCustomer(desk, session, pageOf(customer), { eraseFault }) });
	if (fold(surname) !== fold(surnameOf(customer))) return await again('surname');
	const erased = await eraseCustomers(store, [customer.id], { reason: 'request', who: session.staff }, now).catch((error: unknown) => {
		// The one thing that stops it: a message is leaving at this moment.
		if (error instanceof CrmError) return undefined;
		throw error;
	});
	if (!erased) return await again('sending');
	await log(desk, session, customer, 'customerErased');
	return { page: renderErased({ ...frameOf(desk, session, { view: 'customers', place: { page: 1 } }, 'customers'), customerId: customer.id, counts: erased.counts, proof: erased.proof }) };
}
