import { sql } from 'kysely';
import type { Decision } from '../../../lib/domain/consent';
import type { ItemMessage } from '../../../lib/domain/item';
import { pendingGroups } from '../../../lib/store/approve/pending';
import { approveMessages } from '../../../lib/store/approval';
import { recentContacts } from '../../../lib/store/contacts';
import { contactValues, getCustomers } from '../../../lib/store/customers/customers';
import { recordDecisions } from '../../../lib/store/decisions';
import { customerFacts } from '../../../lib/store/facts';
import { queueMessages } from '../../../lib/store/messages';
import { DORMANT_DEFAULTS, dormantCustomers } from '../../../lib/occasions/dormant';
import { OPEN_QUOTE_DEFAULTS, openQuotes } from '../../../lib/occasions/openQuote';
import { PROGRESSIVE_DEFAULTS, progressiveFollowUp } from '../../../lib/occasions/progressive';
import { VISION_DEFAULTS, visionCheck } from '../../../lib/occasions/vision';
import { claimDue } from '../../../lib/store/occasions/claim';
import { onStatement, type Store } from '../../../lib/store/open';
import { messageStates, messagesInState } from '../../../lib/store/review';
import { recordTaken, takeApproved } from '../../../lib/store/sending';
import { occasionIds, settleOccasions } from '../../../lib/store/settling';
import { birthdayPlan, planOf } from '../../support/due';
import { customer, openTestStore, saved } from '../../support/store';

const NOW = '2026-11-22T08:00:00.000Z';
const TODAY = '2026-11-22';
const TEXT: ItemMessage = { channel: 'email', class: 'relational', language: 'it', templateId: 'birthday', templateVersion: 1, subject: 'Auguri', body: 'Auguri', text: 'Auguri' };
const ALLOWED: Decision = {
	channel: 'email', outcome: 'allow', reason: 'ALLOW_CONSENT', rule: 'R07', facts: {}, class: 'relational', purpose: 'marketing', moment: 'plan', rulesVersion: '1', decidedAt: NOW, tried: [],
};

it('goes through no whole shop for the few who are due, on the way from the birthday to the sending', async () => {
	const test = await openTestStore();
	const statements = new Set<string>();
	const stop = onStatement((statement) => statements.add(statement));
	await mainJob(test.store);
	stop();
	const slow: string[] = [];
	for (const statement of statements) {
		if (/^\s*(begin|commit)/.test(statement)) continue;
		const plan = await sql.raw<{ detail: string }>(`explain query plan ${statement.replaceAll('?', `'1'`)}`).execute(test.store.db);
		// By the shop alone, or by nothing at all.
		const whole = plan.rows.map(({ detail }) => detail).filter((step) => /\(shop_id=\?\)|^SCAN (customer|contact_point|point|consent|occasion)/.test(step));
		if (whole.length > 0) slow.push(`${statement}\n${whole.join('\n')}`);
	}
	expect(statements.size).toBeGreaterThan(20);
	expect(slow).toEqual([]);
	await test.close();
});

it('counts what waits by kind in the order of an index, with no look at a message or its occasion', async () => {
	const test = await openTestStore();
	const statements: string[] = [];
	const stop = onStatement((statement) => statements.push(statement));
	await pendingGroups(test.store, TODAY);
	stop();
	const { rows } = await sql.raw<{ detail: string }>(`explain query plan ${statements[0].replaceAll('?', `'1'`)}`).execute(test.store.db);
	expect(rows.map(({ detail }) => detail)).toEqual(['SEARCH message USING COVERING INDEX messages_pending_kinds (shop_id=?)']);
	await test.close();
});

it('finds what a customer got lately, and how all was taken, in an index and not in the mails of years', async () => {
	const test = await openTestStore();
	const statements: string[] = [];
	const stop = onStatement((statement) => statements.push(statement));
	await recentContacts(test.store, [1, 2], TODAY);
	stop();
	const { rows } = await sql.raw<{ detail: string }>(`explain query plan ${statements[0].replaceAll('?', `'1'`)}`).execute(test.store.db);
	expect(rows.map(({ detail }) => detail).filter((step) => step.includes(' message '))).toEqual([
		'SEARCH message USING INDEX messages_customer (customer_id=? AND state=?)',
		'SEARCH message USING COVERING INDEX messages_customer (customer_id=? AND state=?)',
		expect.stringMatching(/^SEARCH message USING INDEX messages_customer \(customer_id=\?/),
	]);
	await test.close();
});

async function mainJob(store: Store): Promise<void> {
	const ids = await saved(store, [customer(), customer()]);
	await saved(store, [customer({ code: undefined })]);
	const [first, second] = await claimDue(store, birthdayPlan(TODAY), { limit: 10, leaseMinutes: 60 }, NOW);
	await claimDue(store, planOf([visionCheck(VISION_DEFAULTS), dormantCustomers(DORMANT_DEFAULTS), progressiveFollowUp(PROGRESSIVE_DEFAULTS), openQuotes(OPEN_QUOTE_DEFAULTS)], TODAY), { limit: 10, leaseMinutes: 60 }, NOW);
	await occasionIds(store, [{ customerId: ids[0], kind: 'birthday', dueOn: TODAY, stage: 1 }, { customerId: ids[0], kind: 'campaign.sun', dueOn: TODAY, stage: 1 }], NOW);
	const facts = await customerFacts(store, ids);
	const [decisionId] = await recordDecisions(store, [{ customerId: ids[0], occasionId: first.occasionId, decision: ALLOWED }]);
	await settleOccasions(store, [{ occasionId: second.occasionId as number, outcome: 'blocked', reason: 'CONSENT_MISSING' }], NOW);
	const contactPointId = facts.get(ids[0])?.contactPoints[0].id as number;
	await contactValues(store, [contactPointId]);
	const message = { customerId: ids[0], occasionId: first.occasionId as number, contactPointId, decisionId, message: TEXT, contentHash: 'hash' };
	const [{ id }] = await queueMessages(store, [message], 'staff', NOW);
	await messagesInState(store, 'pending', { today: TODAY, limit: 20, offset: 0 });
	await approveMessages(store, [{ id, contentHash: 'hash' }], 'chiara', TODAY, NOW);
	await messageStates(store, [id]);
	await getCustomers(store, [{ id: ids[0] }, { code: 'C1' }]);
	await store.db.transaction().execute(async (transaction) => {
		await takeApproved(transaction, store, { channels: ['email'], ids: [id], limit: 5, today: TODAY }, NOW);
		await recordTaken(transaction, [{ id, to: 'sending', sendingUntil: NOW }], NOW);
	});
}
