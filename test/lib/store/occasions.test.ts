import { claimBirthdays, previewBirthdays, type DueBirthdays } from '../../../lib/store/occasions';
import { occasionIds, settleOccasions } from '../../../lib/store/settling';
import { expireMessages } from '../../../lib/store/approval';
import { queueMessages } from '../../../lib/store/messages';
import type { ItemMessage } from '../../../lib/domain/item';
import { closeDatabase, openStore, type Store } from '../../../lib/store/open';
import { plusMinutes } from '../../../lib/domain/time';
import { countStatements, customer, openTestStore, saved, type TestStore } from '../../support/store';

const NOW = '2026-11-22T08:00:00.000Z';
const SETTINGS = { limit: 100, leaseMinutes: 60, today: '2026-11-22' };
const TEXT: ItemMessage = { channel: 'email', class: 'relational', language: 'it', templateId: 'birthday', templateVersion: 1, subject: 'Auguri', body: 'Auguri', text: 'Auguri' };
const TODAY: DueBirthdays = {
	dueOn: '2026-11-22',
	monthDays: ['11-22'],
	expiresOn: '2026-11-25',
	bornFrom: '1906-01-01',
	sameFrom: '2026-05-26',
	sameTo: '2027-05-21',
};

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
		const claimed = await claimBirthdays(store, [TODAY], SETTINGS, NOW);
		expect(claimed).toMatchObject([{ dueOn: '2026-11-22', stage: 1, expiresOn: '2026-11-25', customer: { id: 1, language: 'it', formality: 'lei' } }]);
		expect(await claimBirthdays(store, [TODAY], SETTINGS, NOW)).toEqual([]);
	});

	it('hands out the rest with the next call, those whose window ends first before the others', async () => {
		await saved(store, Array.from({ length: 5 }, () => customer()));
		const sooner = { ...TODAY, dueOn: '2026-11-20', monthDays: ['11-20'], expiresOn: '2026-11-23' };
		const [late] = await saved(store, [customer({ birthDate: '1970-11-20' })]);
		const first = await claimBirthdays(store, [sooner, TODAY], { ...SETTINGS, limit: 3 }, NOW);
		expect(first).toHaveLength(3);
		expect(first[0].customer.id).toBe(late);
		expect(await claimBirthdays(store, [sooner, TODAY], { ...SETTINGS, limit: 5 }, NOW)).toHaveLength(3);
	});

	it('never hands one out to two who ask at the same time', async () => {
		await saved(store, Array.from({ length: 40 }, () => customer()));
		const answers = await Promise.all(Array.from({ length: 8 }, async () => await claimBirthdays(store, [TODAY], { ...SETTINGS, limit: 10 }, NOW)));
		const ids = answers.flat().map(({ occasionId }) => occasionId);
		expect(ids).toHaveLength(40);
		expect(new Set(ids).size).toBe(40);
	});

	it('hands out again what the workflow did not settle, three times in all, and then says that it was dropped', async () => {
		await saved(store, [customer()]);
		let now = NOW;
		for (const times of [1, 2, 3]) {
			expect(await claimBirthdays(store, [TODAY], SETTINGS, now)).toHaveLength(1);
			expect(await stateOf()).toMatchObject([{ state: 'leased', claims: times }]);
			expect(await claimBirthdays(store, [TODAY], SETTINGS, plusMinutes(now, 59))).toEqual([]);
			now = plusMinutes(now, 60);
		}
		expect(await claimBirthdays(store, [TODAY], SETTINGS, now)).toEqual([]);
		expect(await stateOf()).toMatchObject([{ state: 'settled', outcome: 'dropped', reason: 'DROPPED_BY_WORKFLOW' }]);
	});

	it('does not hand out again what was settled', async () => {
		await saved(store, [customer()]);
		const [{ occasionId }] = await claimBirthdays(store, [TODAY], SETTINGS, NOW);
		await settleOccasions(store, [{ occasionId: occasionId as number, outcome: 'blocked', reason: 'CONSENT_MISSING' }], NOW);
		expect(await claimBirthdays(store, [TODAY], SETTINGS, plusMinutes(NOW, 600))).toEqual([]);
		expect(await stateOf()).toMatchObject([{ outcome: 'blocked', reason: 'CONSENT_MISSING' }]);
	});

	it('greets once a year also when the birth date is corrected by some days', async () => {
		const giulia = customer();
		await saved(store, [giulia]);
		const [{ occasionId }] = await claimBirthdays(store, [TODAY], SETTINGS, NOW);
		await settleOccasions(store, [{ occasionId: occasionId as number, outcome: 'message' }], NOW);
		await saved(store, [{ ...giulia, birthDate: '1980-11-24' }]);
		const inTwoDays = { ...TODAY, dueOn: '2026-11-24', monthDays: ['11-24'], sameFrom: '2026-05-28', sameTo: '2027-05-23' };
		expect(await claimBirthdays(store, [inTwoDays], SETTINGS, '2026-11-24T08:00:00.000Z')).toEqual([]);
	});

	it('hands out again, for a new text, what expired unapproved, until its own window ends', async () => {
		const [customerId] = await saved(store, [customer()]);
		const write = async (occasionId: number, expiresOn: string, now: string) =>
			await queueMessages(store, [{ customerId, occasionId, contactPointId: 1, expiresOn, contentHash: expiresOn, message: TEXT }], 'staff', now);
		const [{ occasionId }] = await claimBirthdays(store, [TODAY], SETTINGS, NOW);
		await write(occasionId as number, '2026-11-22', NOW);
		const monday = '2026-11-23T08:00:00.000Z';
		expect(await claimBirthdays(store, [TODAY], SETTINGS, NOW)).toEqual([]);
		await expireMessages(store, '2026-11-23', monday);
		expect(await claimBirthdays(store, [TODAY], { ...SETTINGS, today: '2026-11-23' }, monday)).toMatchObject([{ occasionId }]);
		expect(await write(occasionId as number, '2026-11-23', monday)).toMatchObject([{ id: 1, state: 'pending', duplicate: false }]);
		expect(await store.db.selectFrom('messages').select(['id', 'content_hash', 'expires_on']).execute()).toEqual([{ id: 1, content_hash: '2026-11-23', expires_on: '2026-11-23' }]);
		await expireMessages(store, '2026-11-26', '2026-11-26T08:00:00.000Z');
		expect(await claimBirthdays(store, [], { ...SETTINGS, today: '2026-11-26' }, '2026-11-26T08:00:00.000Z')).toEqual([]);
	});

	it('hands out what expired unapproved once for each lease, and no more once it was blocked', async () => {
		const [customerId] = await saved(store, [customer()]);
		const [{ occasionId }] = await claimBirthdays(store, [TODAY], SETTINGS, NOW);
		await queueMessages(store, [{ customerId, occasionId: occasionId as number, contactPointId: 1, expiresOn: '2026-11-22', contentHash: 'h', message: TEXT }], 'staff', NOW);
		const monday = '2026-11-23T08:00:00.000Z';
		const claim = async (now: string) => await claimBirthdays(store, [TODAY], { ...SETTINGS, today: '2026-11-23' }, now);
		await expireMessages(store, '2026-11-23', monday);
		expect(await claim(monday)).toMatchObject([{ occasionId }]);
		expect(await claim(monday)).toEqual([]);
		await settleOccasions(store, [{ occasionId: occasionId as number, outcome: 'blocked', reason: 'CONSENT_MISSING' }], monday);
		expect(await claim(plusMinutes(monday, 600))).toEqual([]);
		expect(await stateOf()).toMatchObject([{ outcome: 'blocked', reason: 'CONSENT_MISSING' }]);
	});

	it('drops what a source of its own entered without a last day, once the day has passed', async () => {
		const [customerId] = await saved(store, [customer({ birthDate: undefined })]);
		await occasionIds(store, [{ customerId, kind: 'birthday', dueOn: '2026-11-22', stage: 1 }], NOW);
		expect(await claimBirthdays(store, [], { ...SETTINGS, today: '2026-11-23' }, '2026-11-23T08:00:00.000Z')).toEqual([]);
		expect(await stateOf()).toMatchObject([{ state: 'settled', outcome: 'dropped', reason: 'WINDOW_CLOSED' }]);
	});

	it('shows examples without claiming anybody', async () => {
		await saved(store, [customer(), customer()]);
		expect(await previewBirthdays(store, [TODAY], 10)).toHaveLength(2);
		expect(await stateOf()).toEqual([]);
		expect(await claimBirthdays(store, [TODAY], SETTINGS, NOW)).toHaveLength(2);
	});

	it('takes at most five statements for 500', async () => {
		await saved(store, Array.from({ length: 500 }, () => customer()));
		const work = async () => expect(await claimBirthdays(store, [TODAY], { ...SETTINGS, limit: 500 }, NOW)).toHaveLength(500);
		expect(await countStatements(work)).toBeLessThanOrEqual(5);
	});

	it('survives that the store is closed and opened again', async () => {
		await saved(store, [customer()]);
		await claimBirthdays(store, [TODAY], SETTINGS, NOW);
		await closeDatabase(test.settings);
		store = await openStore(test.settings);
		expect(await claimBirthdays(store, [TODAY], SETTINGS, NOW)).toEqual([]);
	});
});
