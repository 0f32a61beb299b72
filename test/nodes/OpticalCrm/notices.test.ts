import { simpleParser } from 'mailparser';
import { sql } from 'kysely';
import { closeAlert, openAlert } from '../../../lib/store/alerts';
import { OpticalCrm } from '../../../nodes/OpticalCrm/OpticalCrm.node';
import { runNode } from '../../support/runNode';
import { setClock } from '../support/clock';
import { openMailbox, type TestMailbox } from '../support/mail';
import { failure, openShop, type TestShop } from '../support/shop';

const DESK = 'https://n8n.example/webhook/ottica/desk';
let shop: TestShop;
let mailbox: TestMailbox;
beforeEach(async () => {
	shop = await openShop();
	mailbox = await openMailbox();
});
afterEach(async () => {
	await mailbox.end();
	await shop.close();
});

const notice = async (changes: object = {}) => {
	const parameters = { resource: 'desk', operation: 'sendNotice', noticeKind: 'always', recipients: 'banco@ottica.example, titolare@ottica.example', deskUrl: DESK, betweenRuns: 15, ticketHours: 4, ...changes };
	const [[{ json }]] = await runNode(OpticalCrm, { parameters, credentials: { ...shop.credentials, opticalSmtpApi: mailbox.credential } });
	return json;
};
const urgent = async (at: string) => {
	setClock(`2026-11-22T${at}:00.000Z`);
	return (await notice({ noticeKind: 'urgent' })).sent;
};
const ticket = async (at: string, isUrgent: number) =>
	await sql`insert into tickets (shop_id, channel, sender, kind, urgent, state, opened_at, updated_at) values (1, 'email', ${`giulia${at}@example.it`}, 'question', ${isUrgent}, 'open', ${`2026-11-22T${at}:00.000Z`}, ${`2026-11-22T${at}:00.000Z`})`.execute(shop.store.db);

it('mails in the morning how much waits, with the link, and names nobody', async () => {
	await shop.customers(3);
	const [{ customer }] = await shop.queued();
	await openAlert(shop.store, { kind: 'login', subject: 'marco', code: 'LOGIN_GUESSING' }, '2026-11-22T07:00:00.000Z');
	expect(await notice()).toMatchObject({ sent: true, recipients: 2, counts: { approvals: 3, alerts: 1, calls: 0 } });
	const [mail, ...others] = mailbox.mails();
	expect(others).toEqual([]);
	const { subject, text, html, from, to, bcc, headers } = await simpleParser(Buffer.from(mail.raw, 'latin1'));
	expect(subject).toBe('Il Desk di Ottica Prova: cosa c’è oggi');
	expect(text).toContain('- 1 avviso da guardare\n- 3 messaggi da approvare\n');
	expect(text).toContain(DESK);
	expect(html).toContain(`<a href="${DESK}">Apri il Desk</a>`);
	expect(from?.value[0].name).toBe('Ottica Prova');
	expect([to, bcc].flat().map((one) => JSON.stringify(one ?? '')).join()).not.toContain('banco@');
	expect(headers.get('auto-submitted')).toBe('auto-generated');
	for (const secret of [customer.lastName, customer.firstName, 'marco']) for (const part of [subject, text, html]) expect(part).not.toContain(secret);
});

it('says in the morning too that nothing waits, in the language of the shop', async () => {
	await shop.store.db.updateTable('shops').set({ language: 'en' }).execute();
	await notice();
	const { subject, text } = await simpleParser(Buffer.from(mailbox.mails()[0].raw, 'latin1'));
	expect(subject).toBe('The Desk of Ottica Prova: nothing waits today');
	expect(text).toContain('nothing waits on the Desk');
});

it('tells once what is urgent: an alert, a broken sending, a ticket that is urgent or waits for too long', async () => {
	expect(await urgent('09:00')).toBe(false);
	await openAlert(shop.store, { kind: 'circuit', subject: 'smtp', code: 'SMTP_535' }, '2026-11-22T09:05:00.000Z');
	expect(await urgent('09:15')).toBe(true);
	expect(await urgent('09:30')).toBe(false);
	await closeAlert(shop.store, { kind: 'circuit', subject: 'smtp' }, '2026-11-22T09:31:00.000Z');
	await ticket('09:40', 1);
	expect(await urgent('09:45')).toBe(true);
	await ticket('09:50', 0);
	expect(await urgent('10:00')).toBe(false);
	// Four hours after it was opened, and the urgent one too.
	expect(await urgent('13:45')).toBe(true);
	expect(await urgent('14:00')).toBe(true);
	expect(await urgent('14:15')).toBe(false);
	await shop.customers(1);
	await shop.queued();
	await shop.store.db.updateTable('messages').set({ state: 'uncertain', updated_at: '2026-11-22T14:20:00.000Z' }).execute();
	expect(await urgent('14:30')).toBe(true);
	expect(mailbox.mails()).toHaveLength(5);
	expect((await simpleParser(Buffer.from(mailbox.mails()[0].raw, 'latin1'))).subject).toBe('Il Desk di Ottica Prova: c’è qualcosa di urgente');
});

it('sends nothing while nobody is entered, and says what is wrong', async () => {
	expect(await notice({ recipients: ' ', deskUrl: '' })).toEqual({ sent: false, reason: 'no recipients' });
	expect(await failure(notice({ recipients: 'a@b.example, nobody' }))).toMatchObject({ message: expect.stringContaining('Recipient 2 is no e-mail address') });
	expect(await failure(notice({ deskUrl: 'javascript:alert(1)' }))).toMatchObject({ message: expect.stringContaining('address of the Desk is missing') });
	mailbox.faults.refuse['banco@ottica.example'] = 550;
	mailbox.faults.refuse['titolare@ottica.example'] = 550;
	expect(await failure(notice())).toMatchObject({ message: expect.stringContaining('SMTP_550') });
	expect(mailbox.mails()).toEqual([]);
});
