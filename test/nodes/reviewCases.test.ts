import type { CrmItem } from '../../lib/domain/item';
import { eraseCustomers } from '../../lib/store/erasing/eraseCustomers';
import { mergeCustomers } from '../../lib/store/merging/mergeCustomers';
import { approveMessages } from '../../lib/store/approval';
import { messageDetail } from '../../lib/store/review';
import { saveCustomers } from '../../lib/store/customers/saveCustomers';
import { recordConsents } from '../../lib/store/recordConsents';
import { messageHistory } from '../../lib/store/messageHistory';
import { answerReviewCase, reviewCases } from '../../lib/store/reviewCases';
import { ConsentCheck } from '../../nodes/ConsentCheck/ConsentCheck.node';
import { SendMessage } from '../../nodes/SendMessage/SendMessage.node';
import { runNode } from '../support/runNode';
import { countStatements } from '../support/store';
import { setClock } from './support/clock';
import { openMailbox } from './support/mail';
import { items, NOW, openShop, TODAY, type TestShop } from './support/shop';
import { PASSWORD, Visitor } from './support/visitor';

const ACCOUNTS = { accounts: { account: [{ name: 'chiara', password: PASSWORD }] } };

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

/** Customers whose only record names a basis that the rules do not know. */
const doubtful = async (count = 1) => {
	const ids = await shop.customers(count, { consents: [] });
	await recordConsents(shop.store, ids.map((customerId) => ({
		customerId, channel: 'email' as const, purpose: 'marketing' as const, status: 'granted' as const, legalBasis: 'contratto fedeltà', capturedAt: '2024-05-01T10:00:00.000Z', source: 'import', noticeVersion: '2024-01',
	})), NOW);
	return ids;
};
const check = async (given: CrmItem[]) => (await runNode(ConsentCheck, { credentials: shop.credentials, items: given })).flatMap(items).map(({ decision }) => `${decision?.outcome} ${decision?.reason}`);
const occasions = async () => await shop.store.db.selectFrom('occasions').select(['state', 'outcome', 'reason']).orderBy('id').execute();
const staff = async () => {
	const browser = new Visitor({ credentials: { ...shop.credentials, opticalCrmDeskApi: ACCOUNTS } });
	await browser.logIn();
	await browser.get();
	return browser;
};
const records = async () => await shop.store.db.selectFrom('consents').select(['status', 'legal_basis', 'captured_at', 'operator', 'notice_version', 'source']).orderBy('id').execute();
/** What the form asks for, with a yes. */
const YES = { action: 'mayContact', basis: 'consent', proof: 'modulo 2024/118', note: 'sentita al telefono' };

it('shows the staff whom it is about, which occasion, and why', async () => {
	await doubtful();
	const [due] = await shop.due();
	expect(await check([due])).toEqual(['review BASIS_UNCERTAIN']);
	expect(await occasions()).toEqual([{ state: 'settled', outcome: 'review', reason: 'BASIS_UNCERTAIN' }]);
	const { reply } = await staff();
	for (const words of ['Si può contattare?', `Giulia ${due.customer.lastName}`, 'Compie 46 anni oggi', 'contratto fedeltà', 'dal programma del negozio', '1 maggio 2024']) expect(reply.body).toContain(words);
	expect(reply.body).toMatch(/base giuridica/i);
	// Nobody is forgotten, and nobody is bothered twice: the trigger does not hand it out while it waits.
	setClock('2026-11-22T10:00:00.000Z');
	expect(await shop.due()).toEqual([]);
});

it('a yes is recorded with operator and proof, and the occasion comes again and is allowed', async () => {
	await doubtful();
	const [due] = await shop.due();
	await check([due]);
	const browser = await staff();
	const reply = await browser.post({ csrf: browser.csrf, case: browser.field('case'), notice: browser.field('notice') || '2024-01', ...YES });
	expect(reply.headers.Location).toContain('done=mayContact');
	expect((await records()).at(-1)).toEqual({ status: 'granted', legal_basis: 'consent', captured_at: '2024-05-01T10:00:00.000Z', operator: expect.anything(), notice_version: '2024-01', source: 'desk' });
	expect((await browser.get()).body).not.toContain('Si può contattare?');
	const again = await shop.due();
	expect(again).toMatchObject([{ customer: { id: due.customer.id }, occasion: { id: due.occasion.id } }]);
	expect(await check(again)).toEqual(['allow ALLOW_CONSENT']);
});

it('a no settles it, and the rules do not ask again about that record', async () => {
	await doubtful();
	const [due] = await shop.due();
	await check([due]);
	const browser = await staff();
	const reply = await browser.post({ csrf: browser.csrf, case: browser.field('case'), action: 'mayNotContact' });
	expect(reply.headers.Location).toContain('done=mayNotContact');
	expect(await occasions()).toEqual([{ state: 'settled', outcome: 'blocked', reason: 'CONSENT_MISSING' }]);
	expect((await records()).at(-1)).toMatchObject({ status: 'unknown', operator: expect.anything() });
	expect(await shop.due()).toEqual([]);
	setClock('2027-11-22T08:00:00.000Z');
	expect(await check(await shop.due())).toEqual(['block CONSENT_MISSING']);
});

describe('a message that is stopped at its sending', () => {
	/** Consent for the first address, which no longer works; for the second there is only the doubtful record. */
	const stopped = async (count: number) => {
		const ids = await shop.customers(count, { consents: [], contactPoints: [] });
		const customers = await shop.store.db.selectFrom('customers').selectAll().orderBy('id').execute();
		const points = (name: string) => customers.map(({ id }) => ({ kind: 'email' as const, value: `${name}.${id}@posta.example` }));
		const [first, second] = [points('prima'), points('seconda')];
		await saveCustomers(shop.store, customers.map(({ code, first_name, last_name }, index) => ({ code: code as string, firstName: first_name, lastName: last_name, contactPoints: [first[index], second[index]], consents: [] })), { source: 'import' }, NOW);
		const saved = await shop.store.db.selectFrom('contact_points').selectAll().where('value', 'like', 'prima%').orderBy('customer_id').execute();
		const granted = { channel: 'email' as const, purpose: 'marketing' as const, status: 'granted' as const, capturedAt: '2024-05-01T10:00:00.000Z', source: 'import', noticeVersion: '2024-01' };
		await recordConsents(shop.store, saved.flatMap(({ id, customer_id }) => [
			{ ...granted, customerId: customer_id, contactPointId: id, legalBasis: 'consent' }, { ...granted, customerId: customer_id, legalBasis: 'contratto', capturedAt: '2024-05-02T10:00:00.000Z' },
		]), NOW);
		await shop.store.db.updateTable('contact_points').set({ preferred: 1 }).where('value', 'like', 'prima%').execute();
		const queued = await shop.queued(undefined, 'policy');
		expect(queued).toHaveLength(count);
		await shop.store.db.updateTable('contact_points').set({ status: 'invalid' }).where('value', 'like', 'prima%').execute();
		return { ids, queued };
	};

	it('is a case too: a yes gives it back to be approved, a no ends it', async () => {
		const { ids, queued } = await stopped(2);
		const mailbox = await openMailbox();
		try {
			const send = async () => (await runNode(SendMessage, { credentials: { ...shop.credentials, opticalSmtpApi: mailbox.credential }, items: queued }));
			await send();
			const { cases, total } = await reviewCases(shop.store, 1);
			expect([cases.map(({ customerId }) => customerId), total]).toEqual([[ids[0]], 2]);
			const { cases: both } = await reviewCases(shop.store, 10);
			expect(await answerReviewCase(shop.store, both[0].id, { may: true, legalBasis: 'consent', evidence: 'modulo 7' }, 'chiara', NOW)).toBe(true);
			expect(await answerReviewCase(shop.store, both[1].id, { may: false, note: 'non si trova' }, 'chiara', NOW)).toBe(true);
			expect(await occasions()).toEqual([{ state: 'settled', outcome: 'message', reason: null }, { state: 'settled', outcome: 'message', reason: null }]);
			const history = async (index: number) => (await messageHistory(shop.store.db, shop.store.shop.id, queued[index].message?.id as number)).slice(1).map(({ to, who, why }) => `${to} ${who} ${why}`);
			expect(await history(0)).toEqual(['blocked sender BASIS_UNCERTAIN', 'pending chiara BASIS_CONFIRMED']);
			expect(await history(1)).toEqual(['blocked sender BASIS_UNCERTAIN', 'rejected chiara CONSENT_MISSING']);
			expect(await reviewCases(shop.store, 10)).toEqual({ cases: [], total: 0 });
			// Twice: the first time because the address is another one, which nobody approved yet.
			for (let times = 0; times < 2; times++) {
				const { id, contentHash } = (await messageDetail(shop.store, queued[0].message?.id as number)) as { id: number; contentHash: string };
				await approveMessages(shop.store, [{ id, contentHash }], 'chiara', TODAY, NOW);
				await send();
			}
			expect(mailbox.mails().map(({ to }) => to)).toEqual([expect.stringContaining('seconda')]);
		} finally {
			await mailbox.end();
		}
	});
});

describe('nothing gets lost', () => {
	it('of two who answer, one decides; a case of another shop or none is nobody\'s', async () => {
		await doubtful();
		await check(await shop.due());
		const { cases: [one] } = await reviewCases(shop.store, 10);
		const yes = { may: true, legalBasis: 'consent', evidence: 'modulo' } as const;
		const answers = await Promise.all([answerReviewCase(shop.store, one.id, yes, 'chiara', NOW), answerReviewCase(shop.store, one.id, { may: false }, 'marco', NOW)]);
		expect(answers.filter(Boolean)).toHaveLength(1);
		expect((await records()).filter(({ source }) => source === 'desk')).toHaveLength(1);
		expect(await answerReviewCase(shop.store, one.id + 1, yes, 'chiara', NOW)).toBe(false);
		expect(await answerReviewCase({ ...shop.store, shop: { ...shop.store.shop, id: 99 } }, one.id, yes, 'chiara', NOW)).toBe(false);
	});

	it('a yes without a proof is refused, and the case stays', async () => {
		await doubtful();
		await check(await shop.due());
		const browser = await staff();
		for (const wrong of [{ proof: ' ' }, { basis: 'contract' }, { case: '0' }]) {
			expect((await browser.post({ csrf: browser.csrf, case: browser.field('case') || '1', ...YES, ...wrong })).status).toBe(400);
		}
		expect((await reviewCases(shop.store, 10)).total).toBe(1);
		expect((await records()).filter(({ source }) => source === 'desk')).toEqual([]);
	});

	it('who answers later than the window still leaves a record, and the occasion ends with its reason', async () => {
		await doubtful();
		await check(await shop.due());
		setClock('2027-01-10T08:00:00.000Z');
		const { cases: [one] } = await reviewCases(shop.store, 10);
		expect(await answerReviewCase(shop.store, one.id, { may: true, legalBasis: 'consent', evidence: 'modulo' }, 'chiara', '2027-01-10T08:00:00.000Z')).toBe(true);
		expect(await shop.due()).toEqual([]);
		expect(await occasions()).toEqual([{ state: 'settled', outcome: 'dropped', reason: 'WINDOW_CLOSED' }]);
	});

	it('a merge ends the case of the one who goes, or takes it along; an erasure ends it', async () => {
		const [kept, merged, alone] = await doubtful(3);
		const due = await shop.due();
		await check(due);
		await mergeCustomers(shop.store, { keptId: kept, mergedId: merged, who: 'chiara' }, NOW);
		expect((await reviewCases(shop.store, 10)).cases.map(({ customerId }) => customerId)).toEqual([kept, alone]);
		const [other] = await shop.customers(1, { birthDate: '1970-01-01', consents: [] });
		await mergeCustomers(shop.store, { keptId: other, mergedId: alone, who: 'chiara' }, NOW);
		expect((await reviewCases(shop.store, 10)).cases.map(({ customerId }) => customerId)).toEqual([kept, other]);
		await eraseCustomers(shop.store, [kept, other], { reason: 'request', who: 'chiara' }, NOW);
		expect(await reviewCases(shop.store, 10)).toEqual({ cases: [], total: 0 });
	});

	it('asks the store as often for ten cases as for one', async () => {
		await doubtful();
		await check(await shop.due());
		const statements = async () => await countStatements(async () => void (await reviewCases(shop.store, 10)));
		const few = await statements();
		await doubtful(9);
		await check(await shop.due());
		expect((await reviewCases(shop.store, 10)).total).toBe(10);
		expect(await statements()).toBe(few);
	});
});
