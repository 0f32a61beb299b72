import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { simpleParser } from 'mailparser';
import { SendMessage } from '../../nodes/SendMessage/SendMessage.node';
import type { CrmItem, ItemMessage } from '../../lib/domain/item';
import { LOGO_CID, readLogo } from '../../lib/domain/shopLogo';
import { messageHistory } from '../../lib/store/messageHistory';
import { contentHash } from '../../lib/messages/hash';
import { queueMessages } from '../../lib/store/messages';
import { occasionIds } from '../../lib/store/settling';
import { SMS_SETTINGS } from '../support/sms';
import { recordConsents } from '../../lib/store/recordConsents';
import { approveMessages } from '../../lib/store/approval';
import { messageDetail, messageStates } from '../../lib/store/review';
import { saveCustomers } from '../../lib/store/saveCustomers';
import { saveShop } from '../../lib/store/shops';
import { runNode, testCredential, type NodeRun } from '../support/runNode';
import { countStatements } from '../support/store';
import { setClock } from './support/clock';
import { openMailbox, type TestMailbox } from './support/mail';
import { failure, items, NOW, openShop, TODAY, type TestShop } from './support/shop';

// Only shortens the wait for a server that never answers.
jest.mock('nodemailer', () => {
	const { createTransport, ...rest } = jest.requireActual('nodemailer');
	return { ...rest, createTransport: (options: object) => createTransport({ ...options, socketTimeout: 1500 }) };
});

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

const send = async (run: NodeRun = {}) => {
	const credentials = { ...shop.credentials, opticalSmtpApi: mailbox.credential, ...run.credentials };
	return await runNode(SendMessage, { ...run, credentials });
};
const approved = async (count = 1) => {
	await shop.customers(count);
	return await shop.queued(undefined, 'policy');
};
const idOf = ({ message }: CrmItem) => message?.id as number;
const stateOf = async (item: CrmItem) => (await messageStates(shop.store, [idOf(item)])).get(idOf(item));
/** State and reason of each item, by output. */
const told = (outputs: Awaited<ReturnType<typeof send>>) => outputs.map((output) => items(output).map(({ message }) => {
	const { state, reason } = message as ItemMessage & { reason?: string };
	return reason === undefined ? state : `${state} ${reason}`;
}));
const addressOf = async ({ customer }: CrmItem) =>
	(await shop.store.db.selectFrom('contact_points').select('value').where('customer_id', '=', customer.id).executeTakeFirstOrThrow()).value;

describe('sending', () => {
	it('sends the approved text to the approved address, with a refusal that one click does', async () => {
		const [item] = await approved();
		const text = await shop.store.db.selectFrom('messages').select(['subject', 'text', 'refusal_url']).executeTakeFirstOrThrow();
		const [sent, notSent] = await send({ items: [{ ...item, segments: ['gold'] }] });
		expect(notSent).toEqual([]);
		expect(sent).toMatchObject([{ json: { ...item, segments: ['gold'], decision: { moment: 'send', outcome: 'allow' }, message: { id: idOf(item), state: 'sent' } }, pairedItem: { item: 0 } }]);

		const [mail, ...others] = mailbox.mails();
		expect(others).toEqual([]);
		expect(mail).toMatchObject({ subject: text.subject, envelope: { from: 'ciao@ottica.example', to: [await addressOf(item)] } });
		expect(mail.text.replace(/\r\n/g, '\n').trim()).toBe(text.text.trim());
		expect(mail.html).toContain('Ottica Prova');
		const headers = Object.fromEntries(mail.headers.map(({ name, value }) => [name, value]));
		expect(headers).toMatchObject({ 'List-Unsubscribe': `<${text.refusal_url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' });

		const history = await messageHistory(shop.store.db, shop.store.shop.id, idOf(item));
		expect(history.map(({ to, who }) => `${to} ${who}`)).toEqual(['approved policy', 'sending sender', 'sent sender']);
	});

	it("brings the shop's logo along, and as the shop has it when the message leaves", async () => {
		const logo = readLogo(readFileSync(join(__dirname, '..', 'support', 'logo.png')));
		shop.store.shop = await saveShop(shop.store.db, 'main', { logo }, NOW);
		const [item] = await approved();
		const { html } = await shop.store.db.selectFrom('message_html').select('html').executeTakeFirstOrThrow();
		expect(html).toContain(`<img class="logo" src="cid:${LOGO_CID}" width="200" alt="Ottica Prova"`);
		expect(html).not.toContain(logo.data.slice(0, 40));
		const other = readLogo(readFileSync(join(__dirname, '..', 'support', 'logo.jpg')));
		await saveShop(shop.store.db, 'main', { logo: other }, NOW);
		expect(told(await send({ items: [item] }))).toEqual([['sent'], []]);
		const { attachments } = await simpleParser(Buffer.from(mailbox.mails()[0].raw, 'latin1'));
		expect(attachments.map(({ cid, contentType, content }) => ({ cid, contentType, data: content.toString('base64') }))).toEqual([{ cid: LOGO_CID, contentType: 'image/jpeg', data: other.data }]);
	});

	it('attaches nothing where the shop has no logo', async () => {
		const [item] = await approved();
		await send({ items: [item] });
		expect((await simpleParser(Buffer.from(mailbox.mails()[0].raw, 'latin1'))).attachments).toEqual([]);
	});

	it('sends nothing that was not approved', async () => {
		await shop.customers(1);
		expect(told(await send({ items: await shop.queued() }))).toEqual([[], ['pending APPROVAL_MISSING']]);
		expect(mailbox.mails()).toEqual([]);
	});

	it('sends a message once: named twice, run again, run at the same time', async () => {
		const [item] = await approved();
		expect(told(await send({ items: [item, item] }))).toEqual([['sent'], ['sent DUPLICATE']]);
		expect(told(await send({ items: [item] }))).toEqual([[], ['sent DUPLICATE']]);
		const others = await approved(8);
		await Promise.all([send({ items: others }), send({ items: others }), send({ parameters: { operation: 'sendApproved' } })]);
		expect(mailbox.mails()).toHaveLength(9);
		expect(new Set(mailbox.mails().map(({ to }) => to)).size).toBe(9);
	});

	it('sends whatever is approved, at most so many, and tells what it found cut off', async () => {
		const messages = await approved(4);
		const [cut] = messages;
		await shop.store.db.updateTable('messages').set({ state: 'sending', sending_until: '2026-11-22T07:59:00.000Z' }).where('id', '=', idOf(cut)).execute();
		const run = { parameters: { operation: 'sendApproved', options: { most: 2 } } };
		const [sent, notSent] = await send(run);
		expect(sent.map(({ json }) => json)).toMatchObject([{ customer: { id: messages[1].customer.id }, message: { state: 'sent' } }, { message: { state: 'sent' } }]);
		expect(notSent.map(({ json }) => json)).toEqual([{ message: { id: idOf(cut), state: 'uncertain', reason: 'OUTCOME_UNKNOWN' } }]);
		expect(told(await send(run))).toEqual([['sent'], []]);
		expect(mailbox.mails()).toHaveLength(3);
	});

	it('sends nothing whose last day has passed', async () => {
		const given = await approved();
		setClock('2026-11-22T23:30:00.000Z');
		expect(told(await send({ items: given }))).toEqual([[], ['expired EXPIRED']]);
		expect(mailbox.mails()).toEqual([]);
	});

	it('needs at most four statements for each message', async () => {
		const statements = async (count: number) => {
			const given = await approved(count);
			return await countStatements(async () => await send({ items: given, parameters: { options: { perSecond: 0 } } }));
		};
		const [few, many] = [await statements(10), await statements(30)];
		expect((many - few) / 20).toBeLessThanOrEqual(4);
	});
});

describe('what has changed since the approval', () => {
	it('blocks where the consent was withdrawn', async () => {
		const [item] = await approved();
		await recordConsents(shop.store, [{ customerId: item.customer.id, channel: 'any', purpose: 'marketing', status: 'withdrawn', legalBasis: 'consent', capturedAt: NOW, source: 'desk' }], NOW);
		const outputs = await send({ items: [item] });
		expect(told(outputs)).toEqual([[], ['blocked OBJECTED']]);
		expect(items(outputs[1])[0].decision).toMatchObject({ moment: 'send', outcome: 'block', reason: 'OBJECTED' });
		expect(told(await send({ items: [item] }))).toEqual([[], ['blocked BLOCKED']]);
		expect(mailbox.mails()).toEqual([]);
	});

	const health = (status: 'granted' | 'withdrawn', customerId: number, capturedAt: string) => ({
		customerId, channel: 'any' as const, purpose: 'health' as const, status, legalBasis: 'consent', capturedAt, source: 'import',
	});

	it('blocks who was chosen by health data where that consent was withdrawn, also where a segment was asked for after the check', async () => {
		const [checked, later] = await shop.customers(2);
		const segments = { names: ['progressiveWearers'], usesHealthData: true };
		await recordConsents(shop.store, [health('granted', checked, '2024-05-01T00:00:00.000Z')], NOW);
		const [one, other] = await shop.due();
		const allowed = [...(await shop.allowed([{ ...one, segments }])), ...(await shop.allowed([other])).map((item) => ({ ...item, segments }))];
		expect(allowed.map(({ decision }) => decision?.uses)).toEqual([{ health: true }, undefined]);
		// The nodes after the check may drop what the segments said: the decision still knows.
		const [first, second] = await shop.queued((await shop.written(allowed)).map((item, index) => (index === 0 ? { ...item, segments: undefined } : item)), 'policy');
		await recordConsents(shop.store, [health('withdrawn', checked, NOW)], NOW);
		const outputs = await send({ items: [first, second] });
		expect(told(outputs)).toEqual([[], ['blocked HEALTH_CONSENT_MISSING', 'blocked HEALTH_CONSENT_MISSING']]);
		expect(items(outputs[1]).map(({ customer, decision }) => [customer.id, decision?.uses])).toEqual([[checked, { health: true }], [later, { health: true }]]);
		expect(await shop.store.db.selectFrom('decisions').select(['moment', 'uses']).orderBy('id').execute()).toEqual([
			{ moment: 'plan', uses: '{"health":true}' }, { moment: 'plan', uses: null }, { moment: 'send', uses: '{"health":true}' }, { moment: 'send', uses: '{"health":true}' },
		]);
	});

	it('blocks what goes by a purchase that has grown too old since', async () => {
		await shop.customers(1);
		const [due] = await shop.due();
		const item = { ...due, occasion: { ...due.occasion, expiresOn: undefined, uses: { purchaseOn: '2024-11-22' } } };
		const [queued] = await shop.queued(await shop.written(await shop.allowed([item])), 'policy');
		setClock('2026-11-23T08:00:00.000Z');
		expect(told(await send({ items: [queued] }))).toEqual([[], ['blocked RETENTION_EXPIRED']]);
	});

	/** The staff look again and approve what they see. */
	const approveAgain = async (item: CrmItem) => {
		const seen = (await messageDetail(shop.store, idOf(item))) as { id: number; contentHash: string; recipient: string };
		expect(await approveMessages(shop.store, [seen], 'chiara', TODAY, NOW)).toHaveLength(1);
		return seen.recipient;
	};

	it('asks the staff again where the customer has another address, and sends there once they agree', async () => {
		const [item] = await approved();
		const { code, first_name, last_name } = await shop.store.db.selectFrom('customers').selectAll().executeTakeFirstOrThrow();
		const changed = { code: code as string, firstName: first_name, lastName: last_name, contactPoints: [{ kind: 'email' as const, value: 'nuova@posta.example' }], consents: [] };
		await saveCustomers(shop.store, [changed], { source: 'workflow' }, NOW);
		expect(told(await send({ items: [item] }))).toEqual([[], ['pending APPROVAL_STALE']]);
		expect(mailbox.mails()).toEqual([]);
		expect(await approveAgain(item)).toBe('nuova@posta.example');
		expect(told(await send({ items: [item] }))).toEqual([['sent'], []]);
		expect(mailbox.mails()).toMatchObject([{ envelope: { to: ['nuova@posta.example'] } }]);
	});

	it.each([
		['text', sql`update messages set text = 'Ottica Prova scrive altro'`],
		['subject', sql`update messages set subject = 'Altro'`],
		['HTML', sql`update message_html set html = '<p>Altro</p>'`],
	])('asks the staff again where the %s is another', async (_, change) => {
		const [item] = await approved();
		await change.execute(shop.store.db);
		expect(told(await send({ items: [item] }))).toEqual([[], ['pending APPROVAL_STALE']]);
		expect(told(await send({ items: [item] }))).toEqual([[], ['pending APPROVAL_MISSING']]);
		expect(mailbox.mails()).toEqual([]);
	});

	it('asks the staff again where the basis is another, with a text that tells the new one', async () => {
		const [item, other] = await approved(2);
		const { body } = (await messageDetail(shop.store, idOf(item))) as { body: string };
		await saveShop(shop.store.db, 'main', { policy: { birthdayIsMarketing: false } }, NOW);
		await saveCustomers(shop.store, [{ code: other.customer.code as string, firstName: other.customer.firstName, lastName: other.customer.lastName, contactPoints: [{ kind: 'email', value: 'nuova@posta.example' }], consents: [] }], { source: 'workflow' }, NOW);
		expect(told(await send({ items: [item, other] }))).toEqual([[], ['pending APPROVAL_STALE', 'pending APPROVAL_STALE']]);
		const now = await messageDetail(shop.store, idOf(item));
		expect(now).toMatchObject({ body, legalBasis: 'legitimate-interest', text: expect.stringContaining('tra i contatti del nostro negozio'), html: expect.stringContaining('tra i contatti del nostro negozio') });
		expect(now?.text).not.toContain('acconsentito');
		expect([await approveAgain(item), await approveAgain(other)]).toEqual([await addressOf(item), 'nuova@posta.example']);
		expect(told(await send({ items: [item, other] }))).toEqual([['sent', 'sent'], []]);
		for (const mail of mailbox.mails()) expect(mail.text).toContain('tra i contatti del nostro negozio');
	});

	it('asks the staff again where the address itself was corrected, and sends there once they agree', async () => {
		const [item] = await approved();
		await shop.store.db.updateTable('contact_points').set({ value: 'corretta@posta.example' }).execute();
		expect(told(await send({ items: [item] }))).toEqual([[], ['pending APPROVAL_STALE']]);
		expect(await approveAgain(item)).toBe('corretta@posta.example');
		expect(told(await send({ items: [item] }))).toEqual([['sent'], []]);
	});
});

describe('a server that misbehaves', () => {
	const later = (minutes: number) => setClock(new Date(Date.parse(NOW) + minutes * 60_000).toISOString());

	it('tries later what was refused for now, and gives up after three times', async () => {
		const [item, other] = await approved(2);
		mailbox.faults.refuse[await addressOf(item)] = 450;
		expect(told(await send({ items: [item, other] }))).toEqual([['sent'], ['approved SMTP_450']]);
		expect(told(await send({ items: [item] }))).toEqual([[], ['approved RETRY_LATER']]);
		later(6);
		expect(told(await send({ items: [item] }))).toEqual([[], ['approved SMTP_450']]);
		later(31);
		expect(told(await send({ items: [item] }))).toEqual([[], ['failed SMTP_450']]);
		expect(mailbox.mails()).toHaveLength(1);
	});

	it('sends at the second try what was refused for now', async () => {
		const [item] = await approved();
		mailbox.faults.refuse[await addressOf(item)] = 450;
		await send({ items: [item] });
		mailbox.faults.refuse = {};
		later(6);
		expect(told(await send({ items: [item] }))).toEqual([['sent'], []]);
	});

	it('fails for good what was refused for good, and sends the others', async () => {
		const [item, other] = await approved(2);
		mailbox.faults.refuse[await addressOf(item)] = 550;
		expect(told(await send({ items: [item, other] }))).toEqual([['sent'], ['failed SMTP_550']]);
		expect(told(await send({ items: [item] }))).toEqual([[], ['failed FAILED']]);
	});

	it.each(['disconnect', 'hang'] as const)('leaves to a person what may have left (%s), and never sends it again', async (fault) => {
		const [item] = await approved();
		mailbox.faults.afterData = fault;
		const outputs = await send({ items: [item] });
		expect(told(outputs)[0]).toEqual([]);
		expect(told(outputs)[1]).toEqual([expect.stringMatching(/^uncertain /)]);
		mailbox.faults.afterData = 'answer';
		later(60);
		expect(told(await send({ items: [item] }))).toEqual([[], ['uncertain OUTCOME_UNKNOWN']]);
		expect(told(await send({ parameters: { operation: 'sendApproved' } }))).toEqual([[], []]);
		expect(mailbox.mails()).toHaveLength(1);
	});

	const keepsApproved = async (changes: object) => {
		const [item] = await approved();
		const [, notSent] = told(await send({ items: [item], credentials: { opticalSmtpApi: { ...mailbox.credential, ...changes } } }));
		expect(notSent).toEqual([expect.stringMatching(/^approved /)]);
		later(6);
		expect(told(await send({ items: [item] }))).toEqual([['sent'], []]);
		expect(mailbox.mails()).toHaveLength(1);
	};

	it('keeps the message approved while the server is down', async () => await keepsApproved({ port: 1 }));

	it('keeps the message approved while the server refuses the password', async () => await keepsApproved({ password: 'wrong' }));
	it('keeps the message approved while the server offers no encryption', async () => await keepsApproved({ requireTls: true }));
});

describe('what is not tried', () => {
	it('says that its channel is not sent by this node', async () => {
		const [item] = await approved();
		expect(told(await send({ items: [item], parameters: { channels: [] } }))).toEqual([[], ['approved CHANNEL_OFF']]);
		await shop.store.db.updateTable('messages').set({ channel: 'letter' }).execute();
		expect(told(await send({ items: [item] }))).toEqual([[], ['approved CHANNEL_OFF']]);
	});

	it('says that the mail server is left alone, until it works again', async () => {
		const given = await approved(4);
		await send({ items: given, credentials: { opticalSmtpApi: { ...mailbox.credential, password: 'wrong' } } });
		expect(told(await send({ items: given }))).toEqual([[], expect.arrayContaining(['approved CIRCUIT_OPEN'])]);
		expect(mailbox.mails()).toEqual([]);
		setClock(new Date(Date.parse(NOW) + 10 * 60_000).toISOString());
		expect(told(await send({ items: given }))[0]).toHaveLength(4);
	});

	it('says that the account has sent enough for today', async () => {
		const given = await approved(3);
		const parameters = { options: { perDay: 2 } };
		expect(told(await send({ items: given, parameters }))).toEqual([['sent', 'sent'], ['approved DAY_LIMIT']]);
		expect(told(await send({ items: given.slice(2), parameters }))).toEqual([[], ['approved DAY_LIMIT']]);
	});
});

describe('SMS', () => {
	/** An approved SMS with a refusal link to somebody who has agreed to it. */
	const approvedSms = async (): Promise<number> => {
		await saveShop(shop.store.db, 'main', { smsAlias: 'OtticaProva', prices: { smsSegment: 45 } }, NOW);
		const phone = '+393331234567';
		const [customerId] = await shop.customers(1, { contactPoints: [{ kind: 'phone', value: phone, line: 'mobile' }], consents: [{ channel: 'sms', purpose: 'marketing', status: 'granted', capturedOn: '2023-02-03' }] });
		const [occasionId] = await occasionIds(shop.store, [{ customerId, kind: 'birthday', dueOn: TODAY, stage: 1 }], NOW);
		const { id: contactPointId } = await shop.store.db.selectFrom('contact_points').select('id').where('customer_id', '=', customerId).executeTakeFirstOrThrow();
		const refusalUrl = 'https://crm.example/webhook/ottica/customer?t=x';
		const text = `Tanti auguri da Ottica Prova, 055 000000. Per non ricevere altri SMS: ${refusalUrl} `.repeat(3);
		const message = { channel: 'sms' as const, class: 'relational' as const, language: 'it' as const, templateId: 'birthday', templateVersion: 1, body: text, text, refusalUrl };
		const contentHashOf = contentHash({ recipient: phone, channel: 'sms', text });
		const [{ id }] = await queueMessages(shop.store, [{ customerId, occasionId: occasionId as number, contactPointId, message, contentHash: contentHashOf }], 'policy', NOW);
		return id;
	};

	it('leave through the provider of their own credential, beside the e-mails, each with its own price', async () => {
		const asked: string[] = [];
		const server = createServer((incoming, response) => {
			incoming.on('data', (part) => asked.push(String(part))).on('end', () => response.setHeader('content-type', 'application/json').end('{"id":"SMS-1"}'));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		try {
			const id = await approvedSms();
			const [mail] = await approved();
			const opticalSmsApi = { ...SMS_SETTINGS.generic, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, centsPerSegment: 0, okPath: '', idPath: 'id' };
			const outputs = await send({ parameters: { operation: 'sendApproved', channels: ['email', 'sms'] }, credentials: { opticalSmsApi } });
			expect(told(outputs)).toEqual([['sent', 'sent'], []]);
			expect(mailbox.mails()).toHaveLength(1);
			expect(asked).toHaveLength(1);
			expect(asked[0]).toContain('393331234567');
			expect(await shop.store.db.selectFrom('messages').select(['provider', 'cost_mills']).where('id', '=', id).executeTakeFirstOrThrow()).toEqual({ provider: 'generic:OtticaProva', cost_mills: 135 });
			expect(await stateOf(mail)).toBe('sent');
		} finally {
			server.close();
		}
	});

	it('wait where only e-mails are sent', async () => {
		await approvedSms();
		expect(told(await send({ parameters: { operation: 'sendApproved' } }))).toEqual([[], []]);
	});
});

describe('a rehearsal', () => {
	it('sends what is meant for customers to the one address', async () => {
		const [item] = await approved();
		await saveShop(shop.store.db, 'main', { rehearsal: { email: 'prova@ottica.example' } }, NOW);
		expect(told(await send({ items: [item] }))).toEqual([['sent REHEARSAL'], []]);
		expect(mailbox.mails()).toMatchObject([{ envelope: { to: ['prova@ottica.example'] } }]);
		expect(mailbox.mails()[0].headers.map(({ name }) => name)).not.toContain('List-Unsubscribe');
	});
});

it('sends nothing with a key that cannot sign, says so, and leaves the messages approved', async () => {
	const [item] = await approved();
	const credential = { ...mailbox.credential, dkim: true, dkimDomain: 'ottica.example', dkimSelector: 'mail', dkimPrivateKey: 'none' };
	expect(await failure(send({ items: [item], credentials: { opticalSmtpApi: credential } }))).toMatchObject({ message: expect.stringContaining('DKIM private key'), description: expect.stringContaining('BEGIN') });
	expect(await stateOf(item)).toBe('approved');
	expect(mailbox.mails()).toEqual([]);
});

describe('an item that cannot be sent', () => {
	it('says which item and how to mend it', async () => {
		const [item] = await approved();
		const { message, ...bare } = item;
		expect(await failure(send({ items: [item, bare] }))).toEqual({
			message: 'Item 1: message.id is missing',
			description: expect.stringContaining('Queue for Approval'),
			item: 1,
		});
		expect(await stateOf(item)).toBe('approved');
	});

	it('goes on with the others', async () => {
		const [item] = await approved();
		const unknown = { ...item, message: { id: 4711 } };
		const [sent, notSent] = await send({ items: [{ customer: item.customer }, item, unknown], goesOn: true });
		expect(sent.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
		expect(notSent).toMatchObject([
			{ json: { error: { message: 'Item 0: message.id is missing' } }, pairedItem: { item: 0 } },
			{ json: { message: { reason: 'UNKNOWN_MESSAGE' } }, pairedItem: { item: 2 } },
		]);
	});

	it('says that the shop has no address to send from', async () => {
		const given = await approved();
		await saveShop(shop.store.db, 'main', { email: '' }, NOW);
		expect(await failure(send({ items: given }))).toMatchObject({ message: expect.stringContaining('no e-mail address'), description: expect.stringContaining('Create or Update') });
		expect(await stateOf(given[0])).toBe('approved');
	});
});

describe('the test button of the credential', () => {
	const test = async (changes: object = {}) => await testCredential(SendMessage, 'opticalSmtpApi', { ...mailbox.credential, ...changes });

	it('accepts what works', async () => {
		expect(await test()).toMatchObject({ status: 'OK' });
	});

	it('finds a signature whose key the DNS does not have', async () => {
		const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
		const { status, message } = await test({ dkim: true, dkimDomain: 'ottica.invalid', dkimSelector: 'mail', dkimPrivateKey: privateKey });
		expect([status, message]).toEqual(['Error', expect.stringMatching(/mail\._domainkey\.ottica\.invalid cannot be found.*Publish the public key/)]);
	});

	it.each([
		['the bounce address is none', { bounceAddress: 'bounces' }, /Bounce Address.*without a name/],
		['the key of the signature is none', { dkim: true, dkimDomain: 'ottica.example', dkimSelector: 'mail' }, /DKIM private key.*Paste the whole key/],
		['the password is wrong', { password: 'wrong' }, /Check user and password/],
		['nobody listens', { port: 1 }, /Check host and port/],
		['the host does not exist', { host: 'nowhere.invalid' }, /Check the name of the host/],
		['there is no encryption', { requireTls: true }, /offers no STARTTLS/],
		['SSL/TLS is on where it is not spoken', { secure: true }, /SSL\/TLS: on for port 465/],
		['there is no host', { host: '' }, /Enter the name of the mail server/],
	])('says what to do where %s', async (_, changes, says) => {
		const { status, message } = await test(changes);
		expect(status).toBe('Error');
		expect(message).toMatch(says);
	});
});
