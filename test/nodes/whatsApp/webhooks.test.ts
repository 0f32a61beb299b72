import { startWhatsAppStandin } from '../../../demo/standins/whatsApp';
import { whatsAppChannel } from '../../../lib/channels/whatsApp/cloudApi';
import { whatsAppAccount } from '../../../lib/store/whatsApp/whatsAppAccount';
import { sendMessages } from '../../../nodes/shared/sendMessages';
import { plainHttp } from '../../support/plainHttp';
import { alerts, approved, BODY, clock, eachWithItsOwnMeta, events, meta, NOW, person, settings, test } from './support';

eachWithItsOwnMeta();

describe('webhooks', () => {
	it('are set up by the challenge, and forged ones change nothing', async () => {
		expect(await meta.verify()).toBe(true);
		const wrong = { ...meta, verifyToken: 'another' };
		expect((await fetch(`${meta.webhookUrl}?${new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': wrong.verifyToken })}`)).status).toBe(403);
		const body = JSON.stringify({ entry: [{ id: meta.wabaId, time: Date.parse(NOW) / 1000 + 60, changes: [{ field: 'account_update', value: { event: 'ACCOUNT_VIOLATION' } }] }] });
		expect(await meta.post(body, 'another secret')).toBe(403);
		expect([events, alerts]).toEqual([[], []]);
		expect(await whatsAppAccount(test.store)).toMatchObject({ state: 'CONNECTED' });
		expect(await meta.post(body)).toBe(200);
		expect(alerts).toEqual([{ what: 'ACCOUNT_VIOLATION' }]);
	});

	it('come twice, late and out of order, each with the id that tells it from the others', async () => {
		const later = await startWhatsAppStandin({ reportAfterMs: 1, clock: () => Date.parse(clock), webhookUrl: meta.webhookUrl });
		later.faults.disorder = true;
		await later.setTemplate({ name: 'ordine_pronto', category: 'UTILITY', components: BODY });
		const channel = whatsAppChannel({ ...settings(), baseUrl: later.url }, plainHttp());
		const [id] = await approved([await person()]);
		await sendMessages(test.store, 'whatsapp', channel, { ids: [id], most: 1, parallel: 1, leaseMinutes: 2 }, () => clock);
		for (let waited = 0; events.length < 6 && waited < 100; waited++) await new Promise((resolve) => setTimeout(resolve, 20));
		expect(events.map((event) => event.kind === 'delivery' && event.state)).toEqual(['read', 'read', 'delivered', 'delivered', 'sent', 'sent']);
		expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(3);
		await later.stop();
	});

	it('bring taps on buttons, and what customers choose in the app', async () => {
		await meta.tap('+393331234567', 'Mi richiami', 'wamid.1');
		await meta.prefer('+393331234567', 'stop');
		expect(events).toMatchObject([{ kind: 'reply', text: 'Mi richiami', inReplyTo: 'wamid.1', from: '+393331234567', to: '+390550000000' }, { kind: 'preference', marketing: 'stop', from: '+393331234567' }]);
	});
});
