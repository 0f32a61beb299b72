import { sql } from 'kysely';
import { plusMinutes } from '../../../../lib/domain/time';
import { changeLinkedDevice, findLinkedDevice, holdLinkedDevice, releaseLinkedDevice, resumeLinkedDevice, stopLinkedDevice, wishIsDone, wishOfLinkedDevice } from '../../../../lib/store/linkedDevice/device';
import { forgetKeys, keyShelf } from '../../../../lib/store/linkedDevice/keys';
import { lastWrittenToPhone, leaveForPhone } from '../../../../lib/store/linkedDevice/leftMessages';
import { receiveEvents } from '../../../../nodes/shared/receiveEvents';
import { recordTaken, takeApproved } from '../../../../lib/store/sending';
import { approved } from '../../../support/approved';
import { openTestStore, type TestStore } from '../../../support/store';

const NOW = '2026-11-24T09:00:00.000Z';
const SOON = plusMinutes(NOW, 1);
const LATER = plusMinutes(NOW, 2);
const SECRET = 'a-secret-of-the-linked-phone-0123456789';

let test: TestStore;
beforeEach(async () => (test = await openTestStore(NOW)));
afterEach(async () => await test.close());

const held = async (holder: string, now = NOW) => (await holdLinkedDevice(test.store, holder, plusMinutes(now, 1), now)) !== undefined;

describe('the hold', () => {
	it('is one process\'s at a time, whoever asks at the same moment', async () => {
		const all = await Promise.all(Array.from({ length: 8 }, async (_, process) => await held(`p${process}`)));
		expect(all.filter(Boolean)).toHaveLength(1);
	});

	it('is kept by saying so, lost by silence, and given away at the end', async () => {
		expect(await held('one')).toBe(true);
		expect(await held('two', plusMinutes(NOW, 0.5))).toBe(false);
		expect(await held('one', plusMinutes(NOW, 0.9))).toBe(true);
		expect(await held('two', plusMinutes(NOW, 1.5))).toBe(false);
		expect(await held('two', LATER)).toBe(true);
		expect(await held('one', LATER)).toBe(false);
		await releaseLinkedDevice(test.store, 'one', LATER);
		expect(await held('three', LATER)).toBe(false);
		await releaseLinkedDevice(test.store, 'two', LATER);
		expect(await held('three', LATER)).toBe(true);
	});

	it('whoever has lost it writes neither state nor keys', async () => {
		await held('one');
		const [before, after] = [keyShelf(test.store, SECRET, 'one'), keyShelf(test.store, SECRET, 'two')];
		await before.write([{ kind: 'session', name: '39333.0', value: 'old' }]);
		await held('two', LATER);
		await after.write([{ kind: 'session', name: '39333.0', value: 'new' }]);
		await expect(before.write([{ kind: 'session', name: '39333.0', value: 'older' }])).rejects.toThrow('Another process holds the session');
		expect(await changeLinkedDevice(test.store, 'one', { state: 'banned' }, LATER)).toBe(false);
		expect([...(await after.read('session', ['39333.0']))]).toEqual([['39333.0', 'new']]);
		expect(await findLinkedDevice(test.store, LATER)).toMatchObject({ state: 'pairing' });
	});
});

describe('the keys', () => {
	it('are read back by kind and name, and go one by one or all together', async () => {
		await held('one');
		const shelf = keyShelf(test.store, SECRET, 'one');
		await shelf.write([{ kind: 'session', name: 'a', value: '1' }, { kind: 'session', name: 'b', value: '2' }, { kind: 'pre-key', name: 'a', value: '3' }]);
		expect(Object.fromEntries(await shelf.read('session', ['a', 'b', 'c']))).toEqual({ a: '1', b: '2' });
		await shelf.write([{ kind: 'session', name: 'a', value: null }, { kind: 'session', name: 'b', value: '4' }]);
		expect(Object.fromEntries(await shelf.read('session', ['a', 'b']))).toEqual({ b: '4' });
		await forgetKeys(test.store);
		expect((await shelf.read('pre-key', ['a'])).size).toBe(0);
	});

	it('do not open with another secret, in another place, or changed', async () => {
		await held('one');
		const shelf = keyShelf(test.store, SECRET, 'one');
		await shelf.write([{ kind: 'session', name: 'a', value: 'a key' }, { kind: 'session', name: 'b', value: 'another' }]);
		const { rows } = await sql<{ name: string; value: string }>`select name, value from linked_device_keys order by name`.execute(test.store.db);
		expect(JSON.stringify(rows)).not.toMatch(/a key|"a"|another/);
		await sql`update linked_device_keys set value = ${rows[0].value}`.execute(test.store.db);
		const moved = await Promise.allSettled(['a', 'b'].map(async (name) => await shelf.read('session', [name])));
		expect(moved.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		const other = keyShelf(test.store, `${SECRET}!`, 'one');
		expect((await other.read('session', ['a', 'b'])).size).toBe(0);
	});
});

it('codes are shown while they are good, and are not readable in the store', async () => {
	await held('one');
	await changeLinkedDevice(test.store, 'one', { qr: 'https://wa.me/settings/linked_devices#2@x', code: 'ABCD1234', shownUntil: SOON }, NOW);
	expect(await findLinkedDevice(test.store, NOW)).toMatchObject({ qr: 'https://wa.me/settings/linked_devices#2@x', code: 'ABCD1234' });
	expect(await findLinkedDevice(test.store, SOON)).not.toHaveProperty('code');
	expect(JSON.stringify((await sql`select * from linked_devices`.execute(test.store.db)).rows)).not.toMatch(/2@x|ABCD1234/);
});

it('a wish waits until it is done, and a newer one is not taken for done', async () => {
	expect(await wishOfLinkedDevice(test.store, { kind: 'connect' }, NOW)).toBe(false);
	await held('one');
	await wishOfLinkedDevice(test.store, { kind: 'connect' }, NOW);
	await wishOfLinkedDevice(test.store, { kind: 'unlink' }, NOW);
	await wishIsDone(test.store, { kind: 'connect' }, NOW);
	expect(await findLinkedDevice(test.store, NOW)).toMatchObject({ wish: { kind: 'unlink' } });
	await wishIsDone(test.store, { kind: 'unlink' }, NOW);
	expect(await findLinkedDevice(test.store, NOW)).not.toHaveProperty('wish');
});

it('what stops it first stands until somebody says that it may go on', async () => {
	await held('one');
	expect(await resumeLinkedDevice(test.store, NOW)).toBe(false);
	await stopLinkedDevice(test.store, 'WA_463', NOW);
	await stopLinkedDevice(test.store, 'WA_OTHER', LATER);
	expect(await findLinkedDevice(test.store, LATER)).toMatchObject({ stoppedCode: 'WA_463', stoppedAt: NOW });
	expect(await resumeLinkedDevice(test.store, LATER)).toBe(true);
	expect(await findLinkedDevice(test.store, LATER)).not.toHaveProperty('stoppedCode');
});

describe('what is left for the phone', () => {
	const written = async () => await approved(test.store, 'whatsappLinked', ['+393331234567', '+393337654321'].map((value) => ({ contactPoints: [{ kind: 'phone', value, line: 'mobile' }] })), NOW);
	const takes = async () => {
		const query = { channels: ['whatsappLinked' as const], limit: 10, today: '2026-11-24' };
		return await test.store.db.transaction().execute(async (transaction) => {
			const ids = (await takeApproved(transaction, test.store, query, NOW)).map(({ id }) => id);
			await recordTaken(transaction, ids.map((id) => ({ id, to: 'sending', sendingUntil: LATER })), NOW);
			return ids;
		});
	};

	it('is taken by it, and nothing else is; two that take at once share it', async () => {
		const [first, second] = (await written()).map(({ id }) => id);
		expect(await takes()).toEqual([]);
		expect(await leaveForPhone(test.store, [second], NOW)).toEqual([second]);
		expect(await leaveForPhone(test.store, [second], NOW)).toEqual([]);
		expect((await Promise.all([takes(), takes()])).flat()).toEqual([second]);
		expect(await leaveForPhone(test.store, undefined, NOW)).toEqual([first]);
	});

	it('has to be left anew once another text was approved', async () => {
		const [{ id }] = await written();
		await leaveForPhone(test.store, [id], NOW);
		await sql`update messages set approved_hash = 'another' where id = ${id}`.execute(test.store.db);
		expect(await takes()).toEqual([]);
		expect(await leaveForPhone(test.store, [id], NOW)).toEqual([id]);
	});

	it('who has written to it is known by number, and only who wrote to it', async () => {
		const [anna, bruno] = await written();
		const said = (channel: 'whatsappLinked' | 'whatsapp', from: string, at: string) => ({ kind: 'reply' as const, channel, eventId: `${from} ${at}`, from, text: 'Ciao', at });
		await receiveEvents(test.store, [said('whatsappLinked', '+393331234567', '2026-11-20T09:00:00.000Z'), said('whatsappLinked', '+393331234567', '2026-11-22T09:00:00.000Z')], NOW);
		await receiveEvents(test.store, [said('whatsapp', '+393337654321', '2026-11-22T09:00:00.000Z')], NOW);
		const known = await lastWrittenToPhone(test.store, [anna.customerId, bruno.customerId]);
		expect([...known]).toEqual([[anna.contactPointId, { customerId: anna.customerId, at: '2026-11-22T09:00:00.000Z' }]]);
	});
});
