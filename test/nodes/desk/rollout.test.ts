import { plusDays } from '../../../lib/domain/time';
import { fallBack, rolloutChanges } from '../../../lib/store/rollout/changes';
import { campaignHolds, holdCampaigns } from '../../../lib/store/rollout/holds';
import { rolloutStanding } from '../../../lib/store/rollout/standing';
import { saveShop } from '../../../lib/store/shops';
import { setClock } from '../support/clock';
import { NOW, openShop, type TestShop } from '../support/shop';
import { PASSWORD, Visitor } from '../support/visitor';

const ACCOUNTS = { accounts: { account: [{ name: 'chiara', password: PASSWORD, role: 'lead' }, { name: 'marco', password: PASSWORD, role: 'staff' }] } };
const EASY = { completenessPercent: 40, weeksInStep: 4 };

let shop: TestShop;
beforeEach(async () => {
	shop = await openShop();
	await shop.customers(5);
	await fallBack(shop.store, 'data', { who: 'x', figures: [] }, NOW);
});
afterEach(async () => await shop.close());

const login = async (user = 'chiara') => {
	const browser = new Visitor({ credentials: { ...shop.credentials, opticalCrmDeskApi: ACCOUNTS } });
	await browser.logIn(user);
	await browser.get('?view=rollout');
	return browser;
};
const step = async () => (await rolloutStanding(shop.store)).step;
const inFourWeeks = () => setClock(`${plusDays(NOW.slice(0, 10), 28)}T09:00:00.000Z`);

it('is the lead\'s: the staff neither see nor decide anything', async () => {
	const browser = await login('marco');
	expect(browser.reply.status).toBe(403);
	await browser.get('');
	expect(browser.reply.body).not.toContain('view=rollout');
	await browser.post({ csrf: browser.csrf, action: 'fallBack', step: 'data', note: 'x', back: '?view=rollout' });
	expect(browser.reply.status).toBe(403);
	expect(await rolloutChanges(shop.store, 99)).toHaveLength(4);
});

it('opens the next step once it is ready, and keeps who, when, the figures and the note', async () => {
	await saveShop(shop.store.db, 'main', { rollout: EASY }, NOW);
	inFourWeeks();
	const browser = await login();
	expect(browser.reply.body).toContain('value="openStep"');
	const reply = await browser.post({ csrf: browser.csrf, action: 'openStep', step: 'relational', note: 'si parte', back: '?view=rollout' });
	expect(reply).toMatchObject({ status: 303, headers: { Location: '?view=rollout&done=opened&n=1' } });
	expect(await step()).toBe('relational');
	expect((await rolloutChanges(shop.store, 1))[0]).toMatchObject({ who: 'chiara', note: 'si parte', figures: [{ name: 'completeness', holds: true }, { name: 'consents', value: 1 }, { name: 'weeks', value: 4 }] });
	await browser.get('?view=rollout');
	expect(browser.reply.body).toContain('chiara ha aperto la fase «Relazione».');
	// Pressed twice: it was opened once.
	await browser.post({ csrf: browser.csrf, action: 'openStep', step: 'relational', note: '', back: '?view=rollout' });
	expect(await step()).toBe('relational');
});

it('opens nothing that is not ready, however it is posted, and no step further on', async () => {
	const browser = await login();
	expect(browser.reply.body).not.toContain('value="openStep"');
	const [csrf] = [browser.csrf];
	const early = await browser.post({ csrf, action: 'openStep', step: 'relational', note: '' });
	expect(early.body).toContain('la fase non si può aprire');
	await saveShop(shop.store.db, 'main', { rollout: EASY }, NOW);
	inFourWeeks();
	const again = await login();
	await again.post({ csrf: again.csrf, action: 'openStep', step: 'promotional', note: '' });
	expect(await step()).toBe('data');
});

it('changes nothing by a GET', async () => {
	await saveShop(shop.store.db, 'main', { rollout: EASY }, NOW);
	inFourWeeks();
	const browser = await login();
	await browser.get(`?view=rollout&action=openStep&step=relational&csrf=${browser.csrf}`);
	expect(await step()).toBe('data');
});

it('falls back and resumes with a note only', async () => {
	await saveShop(shop.store.db, 'main', { rollout: { ...EASY, weeksInStep: 0 } }, NOW);
	await holdCampaigns(shop.store, [{ campaign: 'birthday', channel: 'email', reason: 'BRAKE_BOUNCES', figures: { bad: 9, of: 20, threshold: 0.05 } }], NOW);
	const browser = await login();
	expect(browser.reply.body).toContain('9 su 20');
	await browser.post({ csrf: browser.csrf, action: 'openStep', step: 'relational', note: '', back: '?view=rollout' });
	expect(await step()).toBe('relational');
	await browser.get('?view=rollout');
	const { csrf } = browser;
	const [{ id }] = await campaignHolds(shop.store, NOW);
	for (const form of [{ action: 'fallBack', step: 'data' }, { action: 'resumeCampaign', hold: String(id) }] as Array<Record<string, string>>) {
		expect((await browser.post({ csrf, ...form, note: ' ' })).body).toContain('Manca la nota');
	}
	expect([await step(), (await rolloutStanding(shop.store)).holds.length]).toEqual(['relational', 1]);
	await browser.post({ csrf, action: 'resumeCampaign', hold: String(id), note: 'indirizzi corretti', back: '?view=rollout' });
	await browser.post({ csrf, action: 'fallBack', step: 'data', note: 'troppo presto', back: '?view=rollout' });
	expect([await step(), (await rolloutStanding(shop.store)).holds.length]).toEqual(['data', 0]);
	await browser.get('?view=rollout');
	expect(browser.reply.body).toContain('«indirizzi corretti»');
	expect(browser.reply.body).toContain('«troppo presto»');
});
