import { join, dirname } from 'node:path';
import { sql } from 'kysely';
import { backUpStore } from '../../../../lib/store/backup/backup';
import { restoreStore } from '../../../../lib/store/backup/restore';
import { exportCustomer } from '../../../../lib/store/customers/exportCustomer';
import { addAccount, changeAccount, deskPerson } from '../../../../lib/store/desk/deskAccounts';
import { deskLog, forgetDeskLog, recordDeskLog } from '../../../../lib/store/desk/deskLog';
import { deskSession, openDeskSession } from '../../../../lib/store/desk/deskSessions';
import { countAttempt, forgetAttempts, giveBackAttempt } from '../../../../lib/store/desk/loginAttempts';
import { eraseCustomers } from '../../../../lib/store/erasing/eraseCustomers';
import { customer, ON_POSTGRES, openTestStore, saved, type TestStore } from '../../../support/store';

const NOW = '2026-11-23T08:00:00.000Z';
const onFile = ON_POSTGRES ? it.skip : it;
let test: TestStore;
beforeEach(async () => void (test = await openTestStore()));
afterEach(async () => await test.close());

describe('the log of the Desk', () => {
	it('keeps who did what, newest first and by pages, and is not changed afterwards', async () => {
		for (const [place, action] of ['one', 'two', 'three'].entries()) await recordDeskLog(test.store, { who: 'Chiara', action, ...(place > 0 && { subject: `customer ${place}` }) }, NOW);
		expect(await deskLog(test.store, { limit: 2, offset: 0 })).toMatchObject({ total: 3, entries: [{ action: 'three', subject: 'customer 2' }, { action: 'two' }] });
		expect((await deskLog(test.store, { limit: 2, offset: 2 })).entries).toEqual([{ id: 1, at: NOW, who: 'Chiara', action: 'one' }]);
		await expect(sql`update desk_log set who = 'Marco'`.execute(test.store.db)).rejects.toThrow(/append-only/);
	});

	it('tells a customer what was done with her data, not by whom, and outlives her', async () => {
		const [id] = await saved(test.store, [customer()]);
		await recordDeskLog(test.store, { who: 'Chiara', action: 'customerExported', subject: `customer ${id}` }, NOW);
		await recordDeskLog(test.store, { who: 'Chiara', action: 'customerExported', subject: `customer ${id * 10}` }, NOW);
		expect((await exportCustomer(test.store, id, NOW)).sections.deskLog).toEqual([{ at: NOW, action: 'customerExported', subject: `customer ${id}` }]);
		const { proof } = await eraseCustomers(test.store, [id], { reason: 'request', who: 'Chiara' }, NOW);
		expect(proof.left).toEqual([]);
		expect((await deskLog(test.store, { limit: 9, offset: 0 })).total).toBe(2);
	});

	it('is forgotten when its time is over', async () => {
		for (const at of ['2024-11-01T00:00:00.000Z', NOW]) await recordDeskLog(test.store, { who: 'Chiara', action: 'loggedIn' }, at);
		expect(await forgetDeskLog(test.store, '2024-12-01T00:00:00.000Z')).toBe(1);
		expect((await deskLog(test.store, { limit: 9, offset: 0 })).entries).toMatchObject([{ at: NOW }]);
	});
});

describe('a restore', () => {
	onFile('hides nothing that was done, lets nobody in again, and ends all sessions', async () => {
		const backup = join(dirname(test.settings.file), 'one.db');
		const add = async (user: string) => await addAccount(test.store, { user, nameKey: user, role: 'staff', passwordHash: `old ${user}` }, NOW) as number;
		const [chiara, marco] = [await add('chiara'), await add('marco')];
		await openDeskSession(test.store, { tokenHash: 'a'.repeat(64), staff: 'chiara', nameKey: 'chiara', stamp: 's', device: '', expiresAt: '2026-11-24T08:00:00.000Z' }, NOW);
		await recordDeskLog(test.store, { who: 'chiara', action: 'before' }, NOW);
		await backUpStore(test.settings.file, backup);
		await changeAccount(test.store, chiara, { disabledAt: NOW }, NOW);
		await changeAccount(test.store, marco, { passwordHash: 'new marco', role: 'lead' }, NOW);
		await add('nina');
		await recordDeskLog(test.store, { who: 'marco', action: 'after' }, NOW);
		await restoreStore(test.settings, 'main', backup, join(dirname(test.settings.file), 'kept.db'), true, NOW);
		expect((await deskPerson(test.store, 'chiara')).account).toMatchObject({ disabledAt: NOW });
		expect((await deskPerson(test.store, 'marco')).account).toMatchObject({ passwordHash: 'new marco', role: 'lead' });
		expect((await deskPerson(test.store, 'nina')).account).toMatchObject({ user: 'nina' });
		expect((await deskLog(test.store, { limit: 9, offset: 0 })).entries.map(({ action }) => action)).toEqual(['after', 'before']);
		expect(await deskSession(test.store, 'a'.repeat(64), '2026-11-23T07:00:00.000Z', NOW)).toBeUndefined();
	});
});

describe('attempts', () => {
	const limit = { free: 3, forgottenBefore: '2026-11-22T08:00:00.000Z', waits: ['2026-11-23T08:00:02.000Z', '2026-11-23T08:00:04.000Z'] };

	it('of many at once, only as many pass as are free and one more', async () => {
		const attempts = await Promise.all(Array.from({ length: 20 }, () => countAttempt(test.store, 'pair x', limit, NOW)));
		expect(attempts.filter((attempt) => 'counted' in attempt)).toHaveLength(4);
		expect(attempts).toContainEqual({ waitUntil: limit.waits[0] });
	});

	it('pass again after the wait, wait for longer then, and are forgotten after a day or a right password', async () => {
		const at = async (now: string, changes = {}) => await countAttempt(test.store, 'pair x', { ...limit, ...changes }, now);
		for (let times = 1; times <= 4; times++) expect(await at(NOW)).toEqual({ counted: times });
		expect(await at('2026-11-23T08:00:01.999Z')).toEqual({ waitUntil: limit.waits[0] });
		expect(await at('2026-11-23T08:00:02.000Z')).toEqual({ counted: 5 });
		expect(await at('2026-11-23T08:00:03.000Z')).toEqual({ waitUntil: limit.waits[1] });
		expect(await at('2026-11-25T08:00:00.000Z', { forgottenBefore: '2026-11-24T08:00:00.000Z' })).toEqual({ counted: 1 });
		await forgetAttempts(test.store, 'pair x', limit.forgottenBefore);
		expect(await at(NOW)).toEqual({ counted: 1 });
	});

	it('can be given back, one by one', async () => {
		for (let times = 0; times < 4; times++) await countAttempt(test.store, 'address x', limit, NOW);
		await giveBackAttempt(test.store, 'address x', limit.free);
		expect(await countAttempt(test.store, 'address x', limit, NOW)).toEqual({ counted: 4 });
	});
});

it('has no two accounts of one name, whoever adds them at the same time', async () => {
	const ids = await Promise.all(['Marco', 'MARCO'].map((user) => addAccount(test.store, { user, nameKey: 'marco', role: 'staff', passwordHash: 'x' }, NOW)));
	expect(ids.filter((id) => id !== undefined)).toHaveLength(1);
});
