import { sql } from 'kysely';
import { openWork } from '../../../lib/store/occasions/openWork';
import { approved } from '../../support/approved';
import { openTestStore, type TestStore } from '../../support/store';

const [NOW, TODAY] = ['2026-11-22T08:00:00.000Z', '2026-11-22'];
let test: TestStore;
beforeEach(async () => void (test = await openTestStore(NOW)));
afterEach(async () => await test.close());

const run = async (text: string) => void (await sql.raw(text).execute(test.store.db));
const message = async (kind = 'birthday') => (await approved(test.store, 'email', [{ contactPoints: [{ kind: 'email', value: 'a@posta.example' }] }], NOW, { kind, messageClass: 'relational' }))[0];
const asked = async (kinds = ['birthday']) => await openWork(test.store, kinds, TODAY, NOW);
const NOTHING = { ends: false, takesBack: false };

it('sees nothing where messages wait for their day and occasions are settled', async () => {
	await message();
	expect(await asked()).toEqual(NOTHING);
});

it('sees what must not leave any more: after its last day, and whoever may have come back meanwhile', async () => {
	const { id } = await message();
	await run(`update messages set expires_on = '2026-11-21' where id = ${id}`);
	expect(await asked()).toEqual({ ends: true, takesBack: false });
	await run(`update messages set expires_on = null, kind = 'recall.vision' where id = ${id}`);
	expect(await asked()).toEqual({ ends: true, takesBack: false });
	await run(`update messages set state = 'sent' where id = ${id}`);
	expect(await asked()).toEqual(NOTHING);
});

it('sees what was not settled in time, what waits for its turn, and what expired while its window is open; of these kinds', async () => {
	const { id } = await message();
	const occasion = async (changes: string) => await run(`update occasions set ${changes}`);
	const back = async () => [(await asked()).takesBack, (await asked(['welcome'])).takesBack];
	await occasion(`state = 'leased', outcome = null, leased_until = '${NOW}'`);
	expect(await back()).toEqual([true, false]);
	await occasion(`leased_until = '2026-11-22T08:00:00.001Z'`);
	expect(await back()).toEqual([false, false]);
	await occasion(`state = 'waiting', leased_until = null`);
	expect(await back()).toEqual([true, false]);
	await occasion(`state = 'settled', outcome = 'message', expires_on = '${TODAY}'`);
	await run(`update messages set state = 'expired', expires_on = '2026-11-21' where id = ${id}`);
	expect((await asked()).takesBack).toBe(true);
	await occasion(`expires_on = '2026-11-21'`);
	expect((await asked()).takesBack).toBe(false);
});
