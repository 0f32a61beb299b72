import { setClock } from '../support/clock';
import { NOW } from '../support/shop';
import { addressOf, approved, eachInItsOwnShop, mailbox, send, told } from './support';

// Only shortens the wait for a server that never answers.
jest.mock('nodemailer', () => {
	const { createTransport, ...rest } = jest.requireActual('nodemailer');
	return { ...rest, createTransport: (options: object) => createTransport({ ...options, socketTimeout: 1500 }) };
});

eachInItsOwnShop();

describe('a server that misbehaves', () => {
	const later = (minutes: number) => setClock(new Date(Date.parse(NOW) + minutes * 60_000).toISOString());

	it('tries later what was refused for now, and gives up after three times', async () => {
		const [item, other] = await approved(2);
		mailbox.faults.refuse[await addressOf(item)] = 450;
		expect(told(await send({ items: [item, other] }))).toEqual([['sent'], ['approved SMTP_450']]);
		expect(told(await send({ items: [item] }))).toEqual([[], ['approved RETRY_LATER']]);
		later(6);
		expect(told(await send({ items: [item] }))).toEqual([[], ['approved SMTP_450']]);
		later(31);
		expect(told(await send({ items: [item] }))).toEqual([[], ['failed SMTP_450']]);
		expect(mailbox.mails()).toHaveLength(1);
	});

	it('sends at the second try what was refused for now', async () => {
		const [item] = await approved();
		mailbox.faults.refuse[await addressOf(item)] = 450;
		await send({ items: [item] });
		mailbox.faults.refuse = {};
		later(6);
		expect(told(await send({ items: [item] }))).toEqual([['sent'], []]);
	});

	it('fails for good what was refused for good, and sends the others', async () => {
		const [item, other] = await approved(2);
		mailbox.faults.refuse[await addressOf(item)] = 550;
		expect(told(await send({ items: [item, other] }))).toEqual([['sent'], ['failed SMTP_550']]);
		expect(told(await send({ items: [item] }))).toEqual([[], ['failed FAILED']]);
	});

	it.each(['disconnect', 'hang'] as const)('leaves to a person what may have left (%s), and never sends it again', async (fault) => {
		const [item] = await approved();
		mailbox.faults.afterData = fault;
		const outputs = await send({ items: [item] });
		expect(told(outputs)[0]).toEqual([]);
		expect(told(outputs)[1]).toEqual([expect.stringMatching(/^uncertain /)]);
		mailbox.faults.afterData = 'answer';
		later(60);
		expect(told(await send({ items: [item] }))).toEqual([[], ['uncertain OUTCOME_UNKNOWN']]);
		expect(told(await send({ parameters: { operation: 'sendApproved' } }))).toEqual([[], []]);
		expect(mailbox.mails()).toHaveLength(1);
	});

	const keepsApproved = async (changes: object) => {
		const [item] = await approved();
		const [, notSent] = told(await send({ items: [item], credentials: { opticalSmtpApi: { ...mailbox.credential, ...changes } } }));
		expect(notSent).toEqual([expect.stringMatching(/^approved /)]);
		later(6);
		expect(told(await send({ items: [item] }))).toEqual([['sent'], []]);
		expect(mailbox.mails()).toHaveLength(1);
	};

	it('keeps the message approved while the server is down', async () => await keepsApproved({ port: 1 }));

	it('keeps the message approved while the server refuses the password', async () => await keepsApproved({ password: 'wrong' }));
	it('keeps the message approved while the server offers no encryption', async () => await keepsApproved({ requireTls: true }));
});
