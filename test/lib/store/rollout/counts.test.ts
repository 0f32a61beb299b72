import { sql } from 'kysely';
import { channelsOfCampaigns } from '../../../../lib/store/rollout/channels';
import { dissatisfiedCounts, isWhatsAppRed, rejectedCounts, sentCounts } from '../../../../lib/store/rollout/counts';
import { harms } from '../../../../lib/store/rollout/harms';
import { holdCampaigns, campaignHolds, resumeCampaign } from '../../../../lib/store/rollout/holds';
import { staffFigures } from '../../../../lib/store/rollout/stepFigures';
import { approved } from '../../../support/approved';
import { openTestStore, type TestStore } from '../../../support/store';

const NOW = '2026-11-02T08:00:00.000Z';
const SINCE = { since: '2026-01-01T00:00:00.000Z' };
let test: TestStore;
beforeEach(async () => void (test = await openTestStore(NOW)));
afterEach(async () => await test.close());

const run = async (text: string) => await sql.raw(text).execute(test.store.db);
let serial = 0;
/** Messages that left. */
const sent = async (count: number, kind = 'birthday', now = NOW) => {
	const messages = await approved(test.store, 'email', Array.from({ length: count }, () => ({ contactPoints: [{ kind: 'email' as const, value: `n${++serial}@posta.example` }] })), now, { kind, messageClass: 'relational' });
	for (const { id } of messages) await run(`update messages set state = 'sent', sent_on = '${now.slice(0, 10)}' where id = ${id}`);
	return messages;
};
const refused = async (customerId: number, at: string, { source = 'link', method = 'x', channel = 'email', sequence = 90 } = {}) =>
	await run(`insert into consents (shop_id, customer_id, sequence, channel, purpose, status, legal_basis, captured_at, source, method, recorded_at, previous_hash, hash)
		values (1, ${customerId}, ${sequence}, '${channel}', 'marketing', 'withdrawn', 'consent', '${at}', '${source}', '${method}', '${at}', 'x', 'y')`);

it('counts what left, came back, was refused and was complained about, by campaign and channel', async () => {
	const [a, b, c, d] = await sent(5);
	await sent(2, 'welcome');
	await run(`update messages set state = 'failed' where id = ${a.id}`);
	await refused(b.customerId, '2026-11-10T08:00:00.000Z');
	await refused(b.customerId, '2026-11-10T08:00:00.000Z', { channel: 'any', sequence: 91 });
	await refused(c.customerId, '2026-11-03T08:00:00.000Z', { source: 'provider', method: 'complaint' });
	// Too late, and by an old export.
	await refused(d.customerId, '2026-12-24T08:00:00.000Z');
	await refused(d.customerId, '2026-11-03T08:00:00.000Z', { source: 'import', sequence: 91 });
	const counts = (await sentCounts(test.store, SINCE)).sort((one, other) => (one.campaign < other.campaign ? -1 : 1));
	expect(counts).toEqual([{ campaign: 'birthday', channel: 'email', sent: 5, bounced: 1, optedOut: 2, complained: 1 }, { campaign: 'welcome', channel: 'email', sent: 2, bounced: 0, optedOut: 0, complained: 0 }]);
	expect(await harms(test.store, { ...SINCE, campaigns: ['birthday', 'welcome'] })).toEqual({ ofCampaigns: [{ campaign: 'birthday', bounces: 1, optOuts: 2, complaints: 1, rejected: 0, unsatisfied: 0 }], whatsAppRed: false });
	expect(await harms(test.store, { ...SINCE, campaigns: ['welcome'] })).toEqual({ ofCampaigns: [], whatsAppRed: false });
	expect(await harms(test.store, { since: '2026-11-03T00:00:00.000Z', campaigns: ['birthday'] })).toEqual({ ofCampaigns: [], whatsAppRed: false });
	expect(await sentCounts(test.store, { ...SINCE, campaigns: ['welcome'] })).toMatchObject([{ campaign: 'welcome' }]);
	expect(await sentCounts(test.store, { since: '2026-11-03T00:00:00.000Z' })).toEqual([]);
});

it('counts a refusal for the message before it alone, and nothing of a rehearsal', async () => {
	const [a, b] = await sent(2);
	await run(`insert into occasions (id, shop_id, customer_id, kind, due_on, stage, state, claims, created_at) values (900, 1, ${a.customerId}, 'welcome', '2026-11-05', 1, 'settled', 1, '2026-11-05T08:00:00.000Z')`);
	await run(`insert into messages (shop_id, customer_id, occasion_id, contact_point_id, channel, class, language, template_id, template_version, body, text, content_hash, state, attempts, created_at, updated_at, sent_on, kind)
		values (1, ${a.customerId}, 900, ${a.contactPointId}, 'email', 'relational', 'it', 'welcome', 1, '', '', 'h', 'sent', 1, '2026-11-05T08:00:00.000Z', '2026-11-05T08:00:00.000Z', '2026-11-05', 'welcome')`);
	await refused(a.customerId, '2026-11-06T08:00:00.000Z');
	await run(`update messages set provider = 'rehearsal' where id = ${b.id}`);
	const counts = (await sentCounts(test.store, SINCE)).map(({ campaign, sent: left, optedOut }) => ({ campaign, left, optedOut }));
	expect(counts.sort((one, other) => (one.campaign < other.campaign ? -1 : 1))).toEqual([{ campaign: 'birthday', left: 1, optedOut: 0 }, { campaign: 'welcome', left: 1, optedOut: 1 }]);
});

it('begins anew where a person resumed the campaign on that channel', async () => {
	await sent(3);
	await sent(1, 'birthday', '2026-11-05T08:00:00.000Z');
	await holdCampaigns(test.store, [{ campaign: 'birthday', channel: 'email', reason: 'BRAKE_BOUNCES', figures: {} }, { campaign: 'birthday', channel: 'sms', reason: 'BRAKE_BOUNCES', figures: {} }], NOW);
	const [email, sms] = await campaignHolds(test.store, NOW);
	const count = async () => (await sentCounts(test.store, { ...SINCE, anewWhenResumed: true })).map(({ sent: left }) => left);
	await resumeCampaign(test.store, sms.id, 'chiara', 'x', '2026-11-04T08:00:00.000Z');
	expect(await count()).toEqual([4]);
	await resumeCampaign(test.store, email.id, 'chiara', 'x', '2026-11-04T08:00:00.000Z');
	expect(await count()).toEqual([1]);
	expect((await sentCounts(test.store, SINCE)).map(({ sent: left }) => left)).toEqual([4]);
});

it('counts what the staff decided, edited and held back, and the tickets they have seen to', async () => {
	const [a, b, c, d, e] = await sent(5);
	const decided = async (id: number, to: string, who = 'chiara', why = 'null') => await run(`insert into message_history (message_id, at, from_state, to_state, who, why) values (${id}, '${NOW}', 'pending', '${to}', '${who}', ${why})`);
	await decided(a.id, 'approved');
	await decided(b.id, 'pending', 'chiara', "'EDITED'");
	await decided(b.id, 'approved');
	await decided(c.id, 'rejected');
	await run(`update messages set state = 'rejected' where id in (${c.id}, ${e.id})`);
	await decided(d.id, 'approved', 'policy');
	await decided(e.id, 'rejected', 'chiara', "'MERGED'");
	expect(await rejectedCounts(test.store, SINCE)).toEqual([{ campaign: 'birthday', of: 3, bad: 1 }]);
	expect((await harms(test.store, { ...SINCE, campaigns: ['birthday'] })).ofCampaigns).toMatchObject([{ rejected: 1 }]);
	const ticket = async (at: string, state: string) => await run(`insert into tickets (shop_id, channel, sender, kind, urgent, state, opened_at, updated_at) values (1, 'sms', '${++serial}', 'other', 0, '${state}', '${at}', '${at}')`);
	await ticket('2026-11-03T08:00:00.000Z', 'closed');
	await ticket('2026-11-03T08:00:00.000Z', 'open');
	await ticket('2026-11-20T08:00:00.000Z', 'open');
	expect(await staffFigures(test.store, NOW, '2026-11-10T08:00:00.000Z')).toEqual({ decided: 3, unchanged: 1, tickets: 2, answered: 1 });
	expect(await staffFigures(test.store, '2026-11-25T08:00:00.000Z', '2026-11-26T08:00:00.000Z')).toEqual({ decided: 0, unchanged: 0, tickets: 0, answered: 0 });
});

it('counts how those are satisfied who got a message shortly before', async () => {
	const [a, b, c] = await sent(3);
	const answer = async (customerId: number, score: number, at: string) => await run(`insert into survey_answers (shop_id, customer_id, score, answered_at) values (1, ${customerId}, ${score}, '${at}')`);
	await answer(a.customerId, 6, '2026-11-20T08:00:00.000Z');
	await answer(b.customerId, 7, '2026-11-20T08:00:00.000Z');
	await answer(c.customerId, 1, '2026-12-20T08:00:00.000Z');
	expect(await dissatisfiedCounts(test.store, SINCE)).toEqual([{ campaign: 'birthday', of: 2, bad: 1 }]);
	expect((await harms(test.store, { ...SINCE, campaigns: ['birthday'] })).ofCampaigns).toMatchObject([{ unsatisfied: 1 }]);
});

it('knows the channels of a campaign, and how Meta rates the number', async () => {
	const [a] = await sent(2);
	await run(`update messages set channel = 'sms' where id = ${a.id}`);
	expect((await channelsOfCampaigns(test.store, ['birthday', 'welcome'])).get('birthday')?.sort()).toEqual(['email', 'sms']);
	expect(await isWhatsAppRed(test.store)).toBe(false);
	await run(`insert into whatsapp_accounts (shop_id, waba_id, phone_number_id, quality, state, fetched_at) values (1, 'w', 'p', 'RED', 'CONNECTED', '${NOW}')`);
	expect(await isWhatsAppRed(test.store)).toBe(true);
	expect((await harms(test.store, { ...SINCE, campaigns: ['birthday'] })).whatsAppRed).toBe(true);
});
