import { claimDue, previewDue } from '../../../lib/store/occasions/claim';
import { occasionIds, settleOccasions } from '../../../lib/store/settling';
import { endMessages } from '../../../lib/store/endMessages';
import { queueMessages } from '../../../lib/store/messages';
import type { ItemMessage } from '../../../lib/domain/item';
import { closeDatabase, openStore, type Store } from '../../../lib/store/open';
import { plusMinutes } from '../../../lib/domain/time';
import { birthdayPlan } from '../../support/due';
import { countStatements, customer, openTestStore, saved, type TestStore } from '../../support/store';

const NOW = '2026-11-22T08:00:00.000Z';
const SETTINGS = { limit: 100, leaseMinutes: 60 };
const TEXT: ItemMessage = { channel: 'email', class: 'relational', language: 'it', templateId: 'birthday', templateVersion: 1, subject: 'Auguri', body: 'Auguri', text: 'Auguri' };
const TODAY = birthdayPlan('2026-11-22');
const MONDAY = birthdayPlan('2026-11-23');

let test: TestStore;
let store: Store;
beforeEach(async () => {
	test = await openTestStore();
	({ store } = test);
});
afterEach(async () => await test.close());

const stateOf = async () => await store.db.selectFrom('occasions').select(['state', 'outcome', 'reason', 'claims']).orderBy('id').execute();

describe('claiming birthdays', () => {
	it('hands out each birthday once, and only those that are due', async () => {
		await saved(store, [customer(), customer({ birthDate: '1980-11-23' }), customer({ birthDate: undefined }), customer({ deceased: true })]);
		const claimed = await claimDue(store, TODAY, SETTINGS, NOW);
		expect(claimed).toMatchObject([{ dueOn: '2026-11-22', stage: 1, expiresOn: '2026-11-25', customer: { id: 1, language: 'it', formality: 'lei' } }]);
		expect(await claimDue(store, TODAY, SETTINGS, NOW)).toEqual([]);
	});

	it('hands out the rest with the next call, those whose window ends first before the others', async () => {
		await saved(store, Array.from({ length: 5 }, () => customer()));
		const [late] = await saved(store, [customer({ birthDate: '1970-11-20' })]);
		const first = await claimDue(store, TODAY, { ...SETTINGS, limit: 3 }, NOW);
		expect(first).toHaveLength(3);
		expect(first[0].customer.id).toBe(late);
		expect(await claimDue(store, TODAY, { ...SETTINGS, limit: 5 }, NOW)).toHaveLength(3);
	});

	it('never hands one out to two who ask at the same time', async () => {
		await saved(store, Array.from({ length: 40 }, () => customer()));
		const answers = await Promise.all(Array.from({ length: 8 }, async () => await claimDue(store, TODAY, { ...SETTINGS, limit: 10 }, NOW)));
		const ids = answers.flat().map(({ occasionId }) => occasionId);
		expect(ids).toHaveLength(40);
		expect(new Set(ids).size).toBe(40);
	});

	it('hands out again what the workflow did not settle, three times in all, and then says that it was dropped', async () => {
		await saved(store, [customer()]);
		let now = NOW;
		for (const times of [1, 2, 3]) {
			expect(await claimDue(store, TODAY, SETTINGS, now)).toHaveLength(1);
			expect(await stateOf()).toMatchObject([{ state: 'leased', claims: times }]);
			expect(await claimDue(store, TODAY, SETTINGS, plusMinutes(now, 59))).toEqual([]);
			now = plusMinutes(now, 60);
		}
		expect(await claimDue(store, TODAY, SETTINGS, now)).toEqual([]);
		expect(await stateOf()).toMatchObject([{ state: 'settled', outcome: 'dropped', reason: 'DROPPED_BY_WORKFLOW' }]);
	});

	it('does not hand out again what was settled', async () => {
		await saved(store, [customer()]);
		const [{ occasionId }] = await claimDue(store, TODAY, SETTINGS, NOW);
		await settleOccasions(store, [{ occasionId: occasionId as number, outcome: 'blocked', reason: 'CONSENT_MISSING' }], NOW);
		expect(await claimDue(store, TODAY, SETTINGS, plusMinutes(NOW, 600))).toEqual([]);
		expect(await stateOf()).toMatchObject([{ outcome: 'blocked', reason: 'CONSENT_MISSING' }]);
	});

	it('greets once a year also when the birth date is corrected by some days', async () => {
		const giulia = customer();
		await saved(store, [giulia]);
		const [{ occasionId }] = await claimDue(store, TODAY, SETTINGS, NOW);
		await settleOccasions(store, [{ occasionId: occasionId as number, outcome: 'message' }], NOW);
		await saved(store, [{ ...giulia, birthDate: '1980-11-24' }]);
		expect(await claimDue(store, birthdayPlan('2026-11-24'), SETTINGS, '2026-11-24T08:00:00.000Z')).toEqual([]);
	});

	it('hands out again, for a new text, what expired unapproved, until its own window ends', async () => {
		const [customerId] = await saved(store, [customer()]);
		const write = async (occasionId: number, expiresOn: string, now: string) =>
			await queueMessages(store, [{ customerId, occasionId, contactPointId: 1, expiresOn, contentHash: expiresOn, message: TEXT }], 'staff', now);
		const [{ occasionId }] = await claimDue(store, TODAY, SETTINGS, NOW);
		await write(occasionId as number, '2026-11-22', NOW);
		const monday = '2026-11-23T08:00:00.000Z';
		expect(await claimDue(store, TODAY, SETTINGS, NOW)).toEqual([]);
		await endMessages(store, '2026-11-23', monday);
		expect(await claimDue(store, MONDAY, SETTINGS, monday)).toMatchObject([{ occasionId }]);
		expect(await write(occasionId as number, '2026-11-23', monday)).toMatchObject([{ id: 1, state: 'pending', duplicate: false }]);
		expect(await store.db.selectFrom('messages').select(['id', 'content_hash', 'expires_on']).execute()).toEqual([{ id: 1, content_hash: '2026-11-23', expires_on: '2026-11-23' }]);
		await endMessages(store, '2026-11-26', '2026-11-26T08:00:00.000Z');
		expect(await claimDue(store, birthdayPlan('2026-11-26'), SETTINGS, '2026-11-26T08:00:00.000Z')).toEqual([]);
	});

	it('hands out what expired unapproved once for each lease, and no more once it was blocked', async () => {
		const [customerId] = await saved(store, [customer()]);
		const [{ occasionId }] = await claimDue(store, TODAY, SETTINGS, NOW);
		await queueMessages(store, [{ customerId, occasionId: occasionId as number, contactPointId: 1, expiresOn: '2026-11-22', contentHash: 'h', message: TEXT }], 'staff', NOW);
		const monday = '2026-11-23T08:00:00.000Z';
		const claim = async (now: string) => await claimDue(store, MONDAY, SETTINGS, now);
		await endMessages(store, '2026-11-23', monday);
		expect(await claim(monday)).toMatchObject([{ occasionId }]);
		expect(await claim(monday)).toEqual([]);
		await settleOccasions(store, [{ occasionId: occasionId as number, outcome: 'blocked', reason: 'CONSENT_MISSING' }], monday);
		expect(await claim(plusMinutes(monday, 600))).toEqual([]);
		expect(await stateOf()).toMatchObject([{ outcome: 'blocked', reason: 'CONSENT_MISSING' }]);
	});

	it('drops what a source of its own entered without a last day, once the day has passed', async () => {
		const [customerId] = await saved(store, [customer({ birthDate: undefined })]);
		await occasionIds(store, [{ customerId, kind: 'birthday', dueOn: '2026-11-22', stage: 1 }], NOW);
		expect(await claimDue(store, birthdayPlan('2026-11-23'), SETTINGS, '2026-11-23T08:00:00.000Z')).toEqual([]);
		expect(await stateOf()).toMatchObject([{ state: 'settled', outcome: 'dropped', reason: 'WINDOW_CLOSED' }]);
	});

	it('shows examples without claiming anybody', async () => {
		await saved(store, [customer(), customer()]);
		expect(await previewDue(store, TODAY, 10, NOW)).toHaveLength(2);
		expect(await stateOf()).toEqual([]);
		expect(await claimDue(store, TODAY, SETTINGS, NOW)).toHaveLength(2);
	});

	it('takes at most five statements for 500', async () => {
		await saved(store, Array.from({ length: 500 }, () => customer()));
		const work = async () => expect(await claimDue(store, TODAY, { ...SETTINGS, limit: 500 }, NOW)).toHaveLength(500);
		expect(await countStatements(work)).toBeLessThanOrEqual(5);
	});

	it('survives that the store is closed and opened again', async () => {
		await saved(store, [customer()]);
		await claimDue(store, TODAY, SETTINGS, NOW);
		await closeDatabase(test.settings);
		store = await openStore(test.settings);
		expect(await claimDue(store, TODAY, SETTINGS, NOW)).toEqual([]);
	});
});
