import { sql } from 'kysely';
import type { CrmItem } from '../../../lib/domain/item';
import { recordConsents } from '../../../lib/store/recordConsents';
import { approveMessages } from '../../../lib/store/approval';
import { messageDetail } from '../../../lib/store/review';
import { saveCustomers } from '../../../lib/store/customers/saveCustomers';
import { saveShop } from '../../../lib/store/shops';
import { setClock } from '../support/clock';
import { items, NOW, TODAY } from '../support/shop';
import { addressOf, approved, eachInItsOwnShop, idOf, mailbox, send, shop, told } from './support';

eachInItsOwnShop();

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
