import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { LOGO_CID, readLogo } from '../../../lib/domain/shopLogo';
import { messageHistory } from '../../../lib/store/messageHistory';
import { saveShop } from '../../../lib/store/shops';
import { countStatements } from '../../support/store';
import { setClock } from '../support/clock';
import { failure, NOW } from '../support/shop';
import { addressOf, approved, eachInItsOwnShop, idOf, mailbox, send, shop, stateOf, told } from './support';

eachInItsOwnShop();

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
		const logo = readLogo(readFileSync(join(__dirname, '..', '..', 'support', 'logo.png')));
		shop.store.shop = await saveShop(shop.store.db, 'main', { logo }, NOW);
		const [item] = await approved();
		const { html } = await shop.store.db.selectFrom('message_html').select('html').executeTakeFirstOrThrow();
		expect(html).toContain(`<img class="logo" src="cid:${LOGO_CID}" width="200" alt="Ottica Prova"`);
		expect(html).not.toContain(logo.data.slice(0, 40));
		const other = readLogo(readFileSync(join(__dirname, '..', '..', 'support', 'logo.jpg')));
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
