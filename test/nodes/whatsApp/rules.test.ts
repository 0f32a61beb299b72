import { plusMinutes } from '../../../lib/domain/time';
import { recordConsents } from '../../../lib/store/recordConsents';
import { whatsAppAccount } from '../../../lib/store/whatsApp/whatsAppAccount';
import { checkConsent } from '../../../nodes/shared/checkConsent';
import { alerts, approved, at, eachWithItsOwnMeta, events, meta, next, NOW, person, send, sync, test, USE } from './support';

eachWithItsOwnMeta();

describe('the rules of WhatsApp', () => {
	const plan = async (id: number) => {
		const [answer] = await checkConsent(test.store, [{ customer: { id, firstName: 'a', lastName: 'b', language: 'it', formality: 'lei' }, occasion: { kind: 'order.ready', dueOn: '2026-11-24', stage: next(), class: 'service', daysLate: 0 } }], { channels: ['whatsapp'] }, NOW);
		return 'decision' in answer ? `${answer.decision.outcome} ${answer.decision.reason}` : answer.message;
	};

	it('29: want an opt-in that names the shop, when it is planned and when it is sent', async () => {
		const [named, unnamed] = [await person(), await person(undefined, false)];
		expect([await plan(named), await plan(unnamed)]).toEqual(['allow ALLOW_CONTRACT', 'block WA_OPTIN_MISSING']);
		await recordConsents(test.store, (['marketing', 'service'] as const).map((purpose) => ({ customerId: named, channel: 'whatsapp', purpose, status: 'withdrawn', legalBasis: 'consent', capturedAt: plusMinutes(NOW, 1), source: 'refusal-link' })), plusMinutes(NOW, 1));
		await approved([named, unnamed]);
		at(plusMinutes(NOW, 2));
		expect((await send()).map((said) => said.split(' ')[0])).toEqual(['blocked', 'blocked']);
		expect(meta.messages).toEqual([]);
	});

	it('30: let a free text go while the window is open, and no longer', async () => {
		const id = await person('+393331234567');
		await meta.reply('+393331234567', 'Quando siete aperti?');
		const [first, second] = [...(await approved([id], null)), ...(await approved([await person()], null))];
		expect((await send([first, second])).sort()).toEqual(['blocked WA_WINDOW_CLOSED', 'sent']);
		expect(meta.messages).toMatchObject([{ type: 'text', to: '+393331234567' }]);
		at(plusMinutes(NOW, 1440));
		expect(await send(await approved([id], null))).toEqual(['blocked WA_WINDOW_CLOSED']);
	});

	it('30: a reaction opens no window', async () => {
		const id = await person('+393331234567');
		const payload = { object: 'whatsapp_business_account', entry: [{ id: meta.wabaId, changes: [{ field: 'messages', value: { metadata: { phone_number_id: meta.phoneNumberId }, messages: [{ from: '393331234567', id: 'wamid.9', timestamp: String(Date.parse(NOW) / 1000), type: 'reaction', reaction: { message_id: 'wamid.1', emoji: '👍' } }] } }] }] };
		expect(await meta.post(JSON.stringify(payload))).toBe(200);
		expect(events).toMatchObject([{ kind: 'reply', text: '👍' }]);
		expect(await send(await approved([id], null))).toEqual(['blocked WA_WINDOW_CLOSED']);
	});

	it('31: hold back what Meta has put into another category than the message needs', async () => {
		const id = await person();
		await approved([id], { whatsApp: { ...USE, category: 'MARKETING' } }, { kind: 'campaign.sun', class: 'relational' });
		expect(await send()).toEqual(['blocked WA_CATEGORY']);
	});

	it('32: hold back what is not approved, as the last sync or webhook said', async () => {
		const ids = await Promise.all([person(), person(), person()]);
		await meta.setTemplate({ name: 'ordine_pronto', status: 'PAUSED' });
		expect(alerts).toEqual([]);
		at(plusMinutes(NOW, 1));
		await meta.tell('message_template_status_update', { event: 'PAUSED', message_template_name: 'ordine_pronto', message_template_language: 'it', reason: 'NONE' });
		expect(alerts).toEqual([{ template: 'ordine_pronto', language: 'it', what: 'PAUSED' }]);
		expect(await send(await approved([ids[0]]))).toEqual(['blocked WA_TEMPLATE_STATE']);
		expect(await send(await approved([ids[1]], { whatsApp: { ...USE, name: 'sconosciuto' } }))).toEqual(['blocked WA_TEMPLATE_STATE']);
		// Low quality still sends.
		await meta.setTemplate({ name: 'ordine_pronto', status: 'APPROVED', quality_score: { score: 'RED' } });
		at(plusMinutes(NOW, 2));
		await sync();
		expect(await send(await approved([ids[2]]))).toEqual(['sent']);
	});

	it('33: put off what would be one recipient too many, and count each once', async () => {
		meta.account.whatsapp_business_manager_messaging_limit = 'TIER_50';
		await sync();
		const ids = await Promise.all(Array.from({ length: 52 }, async () => await person()));
		// Also inside one batch.
		expect((await send(await approved(ids.slice(0, 51)), 100)).filter((said) => said === 'sent')).toHaveLength(50);
		const deferred = await test.store.db.selectFrom('messages').select(['state', 'not_before']).where('state', '=', 'approved').execute();
		expect(deferred).toEqual([{ state: 'approved', not_before: plusMinutes(NOW, 1440) }]);
		at(plusMinutes(NOW, 60));
		// Somebody who is counted already, and somebody who is not.
		expect(await send(await approved([ids[0]]))).toEqual(['sent']);
		expect(await send(await approved([ids[51]]))).toEqual(['approved WA_LIMIT']);
		await meta.tell('business_capability_update', { max_daily_conversations_per_business: 'TIER_2K', max_phone_numbers_per_waba: 25 });
		expect(await whatsAppAccount(test.store)).toMatchObject({ limit: 2000 });
		at(plusMinutes(NOW, 1500));
		expect((await send()).sort()).toEqual(['sent', 'sent']);
	}, 60_000);

	it('33: send nothing before Meta was asked', async () => {
		await test.store.db.deleteFrom('whatsapp_accounts').execute();
		expect(await send(await approved([await person()]))).toEqual(['blocked WA_TEMPLATE_STATE']);
	});

	it('37: catch before sending what does not fit the template', async () => {
		expect(await send(await approved([await person()], { whatsApp: { ...USE, body: [] } }))).toEqual(['blocked WA_TEMPLATE_STATE']);
		const decision = await test.store.db.selectFrom('decisions').select('tried').orderBy('id', 'desc').executeTakeFirstOrThrow();
		expect(JSON.parse(decision.tried)[0].facts).toEqual({ templateState: 'MISMATCH: the body takes customer_name there, nothing here' });
		expect(meta.messages).toEqual([]);
	});
});
