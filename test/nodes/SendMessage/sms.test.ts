import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { contentHash } from '../../../lib/messages/hash';
import { queueMessages } from '../../../lib/store/messages';
import { occasionIds } from '../../../lib/store/settling';
import { saveShop } from '../../../lib/store/shops';
import { NOW, TODAY } from '../support/shop';
import { SMS_SETTINGS } from '../../support/sms';
import { approved, eachInItsOwnShop, mailbox, send, shop, stateOf, told } from './support';

eachInItsOwnShop();

describe('SMS', () => {
	/** An approved SMS with a refusal link to somebody who has agreed to it. */
	const approvedSms = async (): Promise<number> => {
		await saveShop(shop.store.db, 'main', { smsAlias: 'OtticaProva', prices: { smsSegment: 45 } }, NOW);
		const phone = '+393331234567';
		const [customerId] = await shop.customers(1, { contactPoints: [{ kind: 'phone', value: phone, line: 'mobile' }], consents: [{ channel: 'sms', purpose: 'marketing', status: 'granted', capturedOn: '2023-02-03' }] });
		const [occasionId] = await occasionIds(shop.store, [{ customerId, kind: 'birthday', dueOn: TODAY, stage: 1 }], NOW);
		const { id: contactPointId } = await shop.store.db.selectFrom('contact_points').select('id').where('customer_id', '=', customerId).executeTakeFirstOrThrow();
		const refusalUrl = 'https://crm.example/webhook/ottica/customer?t=x';
		const text = `Tanti auguri da Ottica Prova, 055 000000. Per non ricevere altri SMS: ${refusalUrl} `.repeat(3);
		const message = { channel: 'sms' as const, class: 'relational' as const, language: 'it' as const, templateId: 'birthday', templateVersion: 1, body: text, text, refusalUrl };
		const contentHashOf = contentHash({ recipient: phone, channel: 'sms', text });
		const [{ id }] = await queueMessages(shop.store, [{ customerId, occasionId: occasionId as number, contactPointId, message, contentHash: contentHashOf }], 'policy', NOW);
		return id;
	};

	it('leave through the provider of their own credential, beside the e-mails, each with its own price', async () => {
		const asked: string[] = [];
		const server = createServer((incoming, response) => {
			incoming.on('data', (part) => asked.push(String(part))).on('end', () => response.setHeader('content-type', 'application/json').end('{"id":"SMS-1"}'));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		try {
			const id = await approvedSms();
			const [mail] = await approved();
			const opticalSmsApi = { ...SMS_SETTINGS.generic, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, centsPerSegment: 0, okPath: '', idPath: 'id' };
			const outputs = await send({ parameters: { operation: 'sendApproved', channels: ['email', 'sms'] }, credentials: { opticalSmsApi } });
			expect(told(outputs)).toEqual([['sent', 'sent'], []]);
			expect(mailbox.mails()).toHaveLength(1);
			expect(asked).toHaveLength(1);
			expect(asked[0]).toContain('393331234567');
			expect(await shop.store.db.selectFrom('messages').select(['provider', 'cost_mills']).where('id', '=', id).executeTakeFirstOrThrow()).toEqual({ provider: 'generic:OtticaProva', cost_mills: 135 });
			expect(await stateOf(mail)).toBe('sent');
		} finally {
			server.close();
		}
	});

	it('wait where only e-mails are sent', async () => {
		await approvedSms();
		expect(told(await send({ parameters: { operation: 'sendApproved' } }))).toEqual([[], []]);
	});
});
