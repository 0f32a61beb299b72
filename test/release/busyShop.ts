import { Readable } from 'node:stream';
import type { Channel, Delivery, Outgoing } from '../../lib/channels/channel';
import { birthdays } from '../../lib/occasions/birthday';
import { birthdaySettings } from '../../lib/occasions/birthdaySettings';
import { readExport } from '../../lib/imports/readExport';
import { sessionHash, sessionStamp } from '../../lib/desk/login/session';
import { plusMinutes } from '../../lib/domain/time';
import { approveMessages, editMessage, putOff, rejectMessages } from '../../lib/store/approval';
import { openAlert } from '../../lib/store/alerts';
import { leaseCall } from '../../lib/store/calls';
import { recordDeskLog } from '../../lib/store/desk/deskLog';
import { addAccount } from '../../lib/store/desk/deskAccounts';
import { openDeskSession } from '../../lib/store/desk/deskSessions';
import { changeLinkedDevice, holdLinkedDevice } from '../../lib/store/linkedDevice/device';
import { keyShelf } from '../../lib/store/linkedDevice/keys';
import { makeBatch, markPrinted } from '../../lib/store/letters';
import { mergeCustomers } from '../../lib/store/merging/mergeCustomers';
import { openDatabase, openStore, type Store, type StoreSettings } from '../../lib/store/open';
import { saveOptInRequest } from '../../lib/store/optIns';
import { saveOwnTemplate } from '../../lib/store/ownTemplates';
import { messageDetails } from '../../lib/store/review';
import { openStep } from '../../lib/store/rollout/changes';
import { holdCampaigns } from '../../lib/store/rollout/holds';
import { markUncertain } from '../../lib/store/sending';
import { saveShop } from '../../lib/store/shops';
import { saveWording } from '../../lib/store/wordings';
import type { CrmItem } from '../../lib/domain/item';
import { importCustomers } from '../../nodes/OpticalCrm/actions/customer/importCustomers';
import { gateItems } from '../../nodes/RolloutGate/gateItems';
import { findDue } from '../../nodes/shared/due';
import { receiveEvents } from '../../nodes/shared/receiveEvents';
import { sendMessages } from '../../nodes/shared/sendMessages';
import { takeBatch } from '../../nodes/shared/takeBatch';
import { contentHash } from '../../lib/messages/hash';
import { approved, HOME, TEXT } from '../support/approved';
import { ANY_HOUR, customer, NOTICE, saved } from '../support/store';

/** When the release was upgraded: in the middle of a Sunday's work. */
export const UPGRADE_AT = '2026-11-22T08:00:00.000Z';
/** The browser that was logged in at that moment, and the tokens of what it had open. */
export const OPEN = { session: 'the-session-of-chiara-0123456789abcdefghijk', password: 'ottica-di-prova', optIn: 'the-opt-in-of-somebody-0123456789', phoneSecret: 'a-secret-of-the-phone-for-tests-0123456789' };

/** The export that was being imported when everything stopped: so many rows, half of them saved. Nobody in it exists. */
export const EXPORT_ROWS = 24;
const EXPORT = [
	'Codice;Cognome;Nome;Data di nascita;E-mail;Cellulare;Consenso marketing',
	...Array.from({ length: EXPORT_ROWS }, (_, row) => `E${row + 1};Prova ${String.fromCharCode(65 + row)};Persona;${row < 8 ? '22/11' : '03/05'}/19${60 + row};persona.${row + 1}@posta.example;333 00000${String(row + 10)};Sì`),
].join('\r\n');

/** Imports the first rows of the export. */
export async function importRowsOf(store: Store, rows: number, now: string) {
	const text = EXPORT.split('\r\n').slice(0, rows + 1).join('\r\n');
	const events = readExport(Readable.from([Buffer.from(text)]), { today: now.slice(0, 10), timeZone: 'Europe/Rome', country: 'IT', generalConsentChannels: ['email'] });
	return await importCustomers(store, events, { source: 'import', noticeVersion: NOTICE.version }, () => undefined, () => now);
}

/** A channel that takes everything, and remembers to whom. */
export function recorder(answer: (message: Outgoing) => Delivery = ({ id }) => ({ outcome: 'sent', providerId: `P${id}` })): Channel & { sent: Outgoing[] } {
	const sent: Outgoing[] = [];
	return { sent, send: async (message) => (sent.push(message), answer(message)), close: async () => undefined };
}

/** How the shop sends, with the usual of the node. */
export const SENDING = { most: 500, parallel: 1, leaseMinutes: 2, sender: { name: 'test' } };

/**
 * Fills an empty store with work in flight, as a shop leaves it when somebody upgrades on a Sunday morning: by the very functions that the nodes call. Written at each
 * release by that release's own code; see writeStore.ts.
 */
export async function busyShop(settings: StoreSettings): Promise<Store> {
	const db = await openDatabase(settings);
	await saveShop(db, settings.shop, {
		name: 'Ottica Prova', street: 'Via Roma 1', town: 'Firenze', email: 'ciao@ottica.example', phone: '+39055000000', signature: 'Chiara', smsAlias: 'Prova',
		customerPageUrl: 'https://crm.example/webhook/ottica/customer', privacyNotices: [{ ...NOTICE, purposes: [...NOTICE.purposes] }], policy: { ...ANY_HOUR, whatsAppLinked: true },
	}, before(7 * 1440));
	const store = await openStore(settings);
	for (const step of ['relational', 'recall'] as const) await openStep(store, step, { who: 'chiara', figures: {} }, before(6 * 1440));
	await peopleAndRecords(store);
	await occasionsInFlight(store);
	await messagesInFlight(store);
	await handWork(store);
	await deskAtWork(store);
	return store;
}

function before(minutes: number): string {
	return plusMinutes(UPGRADE_AT, -minutes);
}

async function peopleAndRecords(store: Store): Promise<void> {
	await importRowsOf(store, EXPORT_ROWS / 2, before(60));
	const twins = await saved(store, [customer({ code: 'T1', lastName: 'Doppia' }), customer({ code: 'T2', lastName: 'Doppia' })], before(300));
	await mergeCustomers(store, { keptId: twins[0], mergedId: twins[1], who: 'chiara' }, before(290));
	await saveWording(store, '2026-01', 'Acconsento a ricevere auguri e novità da Ottica Prova.', before(5000));
	const [asked] = await saved(store, [customer({ code: 'O1', lastName: 'Chiesta', consents: [] })], before(200));
	const [{ id: contactPointId }] = await store.db.selectFrom('contact_points').select('id').where('customer_id', '=', asked).execute();
	await saveOptInRequest(store, OPEN.optIn, { customerId: asked, contactPointId, channel: 'email', purpose: 'marketing', noticeVersion: NOTICE.version, wordingVersion: '2026-01', expiresAt: plusMinutes(UPGRADE_AT, 7 * 1440) }, true, before(100));
	await saveOwnTemplate(store, { id: 'birthday', channel: 'email', language: 'it' }, '---\nsubject: Auguri\n---\nAuguri di cuore!', 'chiara', before(400));
}

/** Birthdays that were handed out: some to a workflow that is still at work, some to one that has died, some held out to compare. */
async function occasionsInFlight(store: Store): Promise<void> {
	const kinds = [birthdays(birthdaySettings({ belatedDays: 3, earlyDays: 0, leapDay: '02-28' }))];
	const options = { leaseMinutes: 60, mostPerPoll: 3, restDays: 0, olderDays: 0 };
	const died = await findDue(store, kinds, options, { claim: true }, before(90));
	const items = died.found.map(({ occasionId, kind, dueOn, stage, customer: { id } }) => ({ customer: { id }, occasion: { id: occasionId, kind, dueOn, stage, class: 'relational', daysLate: 0 } }) as CrmItem);
	await gateItems(store, items.slice(0, 2), 1, before(89));
	await findDue(store, kinds, { ...options, mostPerPoll: 2 }, { claim: true }, before(40));
}

async function messagesInFlight(store: Store): Promise<void> {
	const people = (name: string, count: number, kind: 'email' | 'phone') => Array.from({ length: count }, (_, number) => ({
		code: `${name}-${number}`, lastName: name, birthDate: '1970-05-05',
		contactPoints: [kind === 'email' ? { kind, value: `${name.toLowerCase()}.${number}@posta.example` } : { kind, value: `+39333${code(name)}${number}`, line: 'mobile' as const }],
	}));
	const text = { text: `Buongiorno, come va con gli occhiali nuovi? Ottica Prova, Firenze, ciao@ottica.example. Stop: https://crm.example/x`, refusalUrl: 'https://crm.example/x', subject: undefined };
	const sms = { message: text };
	// Sent, arrived, come back, failed.
	const gone = await approved(store, 'email', people('Partita', 4, 'email'), before(2000), { kind: 'order.ready' });
	await sendMessages(store, 'email', recorder(({ id }) => (id === gone[3].id ? { outcome: 'refused', code: 'SMTP_550', retry: false } : { outcome: 'sent', providerId: `P${id}` })), SENDING, () => before(1990));
	await receiveEvents(store, [
		{ kind: 'delivery', channel: 'email', providerId: `P${gone[0].id}`, eventId: 'd1', state: 'delivered', at: before(1980) },
		{ kind: 'delivery', channel: 'email', providerId: `P${gone[1].id}`, eventId: 'd2', state: 'failed', code: '550', permanent: true, at: before(1980) },
	], before(1970));
	// Cut off long ago, and seen; cut off a moment ago, and not yet seen.
	await approved(store, 'sms', people('Incerta', 1, 'phone'), before(600), { kind: 'appointment.missed', ...sms });
	await takeBatch(store, 'sms', SENDING, { after: 0, limit: 1, ended: [] }, before(590));
	await markUncertain(store, before(500));
	await approved(store, 'sms', people('Interrotta', 2, 'phone'), before(5), sms);
	await takeBatch(store, 'sms', SENDING, { after: 0, limit: 2, ended: [] }, before(1));
	// Approved, and not yet sent; one not before tomorrow.
	await approved(store, 'sms', people('Pronta', 2, 'phone'), before(30), sms);
	const waits = await approved(store, 'email', people('Approvata', 3, 'email'), before(30), { message: { html: '<p>Buongiorno</p>' } });
	await store.db.updateTable('messages').set({ not_before: plusMinutes(UPGRADE_AT, 1440) }).where('id', '=', waits[2].id).execute();
	// With the staff: as it was written, edited, put off, rejected, approved by hand.
	const asked = await approved(store, 'email', people('Attesa', 5, 'email'), before(120), { approval: 'staff', expiresOn: '2026-12-31' });
	const seen = (await messageDetails(store, asked.map(({ id }) => id))).map(({ id, contentHash }) => ({ id, contentHash }));
	const edited = { subject: 'Il suo controllo', body: 'y', text: TEXT.replace('è ora', 'sarebbe ora') };
	await editMessage(store, seen[1], { ...edited, contentHash: contentHash({ channel: 'email', recipient: 'attesa.1@posta.example', ...edited }) }, 'chiara', before(50));
	await putOff(store, seen[2], '2026-11-25', 'chiara', before(49));
	await rejectMessages(store, [seen[3]], 'chiara', 'other: doppione', before(48));
	await approveMessages(store, [seen[4]], 'chiara', '2026-11-22', before(47));
	// A campaign that a brake holds.
	await approved(store, 'email', people('Campagna', 2, 'email'), before(100), { kind: 'campaign.sole', messageClass: 'promotional', approval: 'staff' });
	await holdCampaigns(store, [{ campaign: 'campaign.sole', reason: 'BRAKE_OPTOUTS', figures: { bad: 3, of: 50 } }], before(40));
}

/** Three digits out of a name, for telephone numbers that nobody has. */
function code(name: string): string {
	return String([...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0)).padStart(6, '0').slice(-6);
}

/** A batch of letters that was printed and not posted, and a call that somebody has taken. */
async function handWork(store: Store): Promise<void> {
	const home = [1, 2, 3].map((number) => ({ code: `L${number}`, lastName: 'Lettera', birthDate: '1950-05-05', contactPoints: [{ kind: 'address' as const, value: JSON.stringify({ ...HOME, street: `Via Roma ${number}` }) }] }));
	const letters = await approved(store, 'letter', home, before(300));
	const batch = await makeBatch(store, { day: '2026-11-22', madeBy: 'chiara', pageMills: 50, postageMills: 1300, staffSeconds: 90 }, letters.slice(0, 2).map(({ id }) => ({ messageId: id, pages: 1 })), before(200));
	await markPrinted(store, batch, 'chiara', before(190));
	const calls = await approved(store, 'call', [{ code: 'K1', lastName: 'Chiamata', birthDate: '1950-05-05', contactPoints: [{ kind: 'phone', value: '+393330009991', line: 'mobile' }] }], before(60));
	await leaseCall(store, calls[0].id, 'chiara', 15, before(5));
}

async function deskAtWork(store: Store): Promise<void> {
	const stamp = sessionStamp(OPEN.session, { role: 'lead', secret: OPEN.password });
	await openDeskSession(store, { tokenHash: sessionHash(OPEN.session), staff: 'chiara', nameKey: 'chiara', stamp, device: 'Firefox, Linux', expiresAt: plusMinutes(UPGRADE_AT, 600) }, before(20));
	await addAccount(store, { user: 'marta', nameKey: 'marta', role: 'staff', passwordHash: 'scrypt$not-a-hash' }, before(500));
	await recordDeskLog(store, { who: 'chiara', action: 'customerExported', subject: 'customer 1' }, before(45));
	await receiveEvents(store, [{ kind: 'reply', channel: 'email', eventId: 'r1', from: 'partita.0@posta.example', text: 'Non ci vedo bene da vicino, mi richiamate?', at: before(15) }], before(14));
	await openAlert(store, { kind: 'circuit', subject: 'test', code: 'SMTP_421' }, before(13));
	await holdLinkedDevice(store, 'a process of the release', plusMinutes(UPGRADE_AT, -1), before(12));
	await changeLinkedDevice(store, 'a process of the release', { state: 'linked', number: '+390550000000', linkedAt: before(9000) }, before(12));
	await keyShelf(store, OPEN.phoneSecret, 'a process of the release').write([{ kind: 'creds', name: 'me', value: '{"noise":"kept"}' }]);
}
