import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import { startDemoPage, type DemoPage } from '../../../demo/page/server';
import { TWILIO_ACCOUNT } from '../../../demo/standins/smsProviders/twilio';
import { startStandins, type Standins } from '../../../demo/standins/standins';
import { mailEvents } from '../../../lib/channels/mailbox/mailEvents';

jest.setTimeout(20_000);

const NUMBER = '+393330000011';
const SCRIPT = '<script>alert(1)</script>';

let folder: string;
let standins: Standins;
let demo: DemoPage;
/** As the Customer Reply Trigger; `status` is what it answers. */
let shop: Server;
let heard: string[];
let status: number;

beforeEach(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'optical-crm-page-'));
	standins = await startStandins({ folder });
	demo = await startDemoPage(standins, new Map([[NUMBER, `Marta ${SCRIPT}`]]));
	[heard, status] = [[], 200];
	shop = createServer((request, response) => {
		heard.push(request.url ?? '');
		response.writeHead(status).end();
	});
	await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
	const base = `http://127.0.0.1:${(shop.address() as { port: number }).port}/customer`;
	[standins.sms.webhookUrl, standins.whatsApp.webhookUrl] = [`${base}?from=sms`, `${base}?from=whatsapp`];
});

afterEach(async () => {
	await demo.stop();
	await standins.stop();
	await new Promise((resolve) => shop.close(resolve));
	rmSync(folder, { recursive: true });
});

const get = async (address: string) => await (await fetch(demo.baseUrl + address)).text();
const post = async (address: string, fields: Record<string, string>, headers: Record<string, string> = { origin: demo.baseUrl }) =>
	await fetch(demo.baseUrl + address, { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' });
const phone = `/phone?${new URLSearchParams({ of: NUMBER })}`;
const screen = phone.replace('/phone', '/phone/screen');

async function sendSms(text: string): Promise<void> {
	const { accountSid, authToken } = TWILIO_ACCOUNT;
	const taken = await fetch(`${standins.sms.url}/2010-04-01/Accounts/${accountSid}/Messages.json`, {
		method: 'POST', body: new URLSearchParams({ To: NUMBER, From: '+390294750000', Body: text }), headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` },
	});
	expect(taken.status).toBe(201);
}

async function sendMail(): Promise<string> {
	const { host, port, user, password } = standins.mailbox;
	const transport = createTransport({ host, port, auth: { user, pass: password } });
	await transport.sendMail({ from: 'ciao@ottica.example', to: 'giulia@posta.example', subject: `Auguri ${SCRIPT}`, text: 'Tanti auguri', messageId: '<ocrm-7-1@ottica.example>' });
	transport.close();
	return standins.mailbox.mails()[0].id;
}

it('says of each part that nothing came yet', async () => {
	for (const address of ['/', '/phones', '/mails', '/letters']) expect(await get(address)).toContain('Nothing yet.');
	for (const address of [phone, '/mails/7', '/letters/7.pdf', '/else', '//']) expect((await fetch(demo.baseUrl + address)).status).toBe(404);
});

it('shows an SMS on its owner\'s phone, as text only, under a policy without scripts', async () => {
	await sendSms(`Pronto ${SCRIPT}`);
	for (const address of ['/', '/phones', phone, screen]) {
		const answer = await fetch(demo.baseUrl + address);
		expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none';/);
		expect(answer.headers.get('content-security-policy')).not.toContain('script-src');
		expect(await answer.text()).not.toContain('<script');
	}
	expect(await get(screen)).toContain('Pronto &#60;script&#62;');
	expect(await get('/phones')).toContain('Marta &#60;script&#62;');
});

it('lets the customer answer by the provider\'s webhook, and shows the answer', async () => {
	await sendSms('Pronto');
	expect((await post(phone, { via: 'sms', text: 'Arrivo domani' })).status).toBe(303);
	expect(heard).toEqual(['/customer?from=sms']);
	expect(await get(screen)).toMatch(/bubble customer sms.*Arrivo domani/s);
});

it('says what is wrong where an answer does not arrive, and keeps what was typed', async () => {
	await sendSms('Pronto');
	const refused = async (fields: Record<string, string>) => {
		const answer = await post(phone, fields);
		expect(answer.status).toBe(422);
		return await answer.text();
	};
	status = 403;
	expect(await refused({ via: 'sms', text: 'Arrivo' })).toMatch(/did not take the answer \(status 403\).*>Arrivo</s);
	standins.sms.webhookUrl = undefined;
	expect(await refused({ via: 'sms', text: 'Arrivo' })).toContain('The answer did not reach the shop');
	expect(await refused({ via: 'whatsapp', text: 'Arrivo' })).toContain('Nothing came to this phone by WhatsApp');
	expect(await refused({ via: 'sms', text: '  ' })).toContain('Write something first.');
	expect(await get(screen)).not.toContain('bubble customer');
});

it('takes no form from another page, and changes nothing by a link', async () => {
	await sendSms('Pronto');
	expect((await post(phone, { via: 'sms', text: 'STOP' }, { origin: 'https://evil.example' })).status).toBe(403);
	expect((await post(phone, { via: 'sms', text: 'STOP' }, {})).status).toBe(403);
	await get(`${phone}&via=sms&text=STOP`);
	expect((await post(phone, { via: 'sms', text: 'x'.repeat(30_000) })).status).toBe(413);
	expect(heard).toEqual([]);
});

it('lets a mail be answered and come back, as mails that the shop understands', async () => {
	const id = await sendMail();
	expect(await get(`/mails/${id}`)).not.toContain('<script');
	expect((await post(`/mails/${id}`, { what: 'answer', text: 'A che ora aprite?' })).status).toBe(303);
	expect((await post(`/mails/${id}`, { what: 'bounce', text: '' })).status).toBe(303);
	const told = await Promise.all(standins.imap.mails.map(async ({ raw }) => await mailEvents(raw, new Date().toISOString())));
	expect(told).toMatchObject([
		[{ kind: 'reply', from: 'giulia@posta.example', text: 'A che ora aprite?', inReplyTo: '<ocrm-7-1@ottica.example>' }],
		[{ kind: 'delivery', state: 'failed', permanent: true, providerId: '<ocrm-7-1@ottica.example>' }],
	]);
});

it('lays letters into the tray, each with its PDF', async () => {
	const { token, url } = standins.post;
	const order = { mittente: {}, destinatari: [{ nome: 'Agnese', cognome: SCRIPT, cap: '16043', comune: 'Chiavari', nazione: 'IT' }], documento: [`data:application/pdf;base64,${Buffer.from('%PDF-1.3').toString('base64')}`], opzioni: { autoconfirm: false } };
	await fetch(`${url}/prioritarie/`, { method: 'POST', body: JSON.stringify(order), headers: { authorization: `Bearer ${token}` } });
	const [, address = ''] = /href="(\/letters\/[^"]+\.pdf)"/.exec(await get('/letters')) ?? [];
	expect(await get('/letters')).toMatch(/Agnese &#60;script.*not confirmed/s);
	const pdf = await fetch(demo.baseUrl + address);
	expect(pdf.headers.get('content-type')).toBe('application/pdf');
	expect(await pdf.text()).toBe('%PDF-1.3');
});

it('holds still for who needs more time to read, and only then', async () => {
	const renewal = '<meta http-equiv="refresh"';
	for (const address of ['/', '/phones', '/mails', '/letters']) {
		expect(await get(address)).toContain(renewal);
		expect(await get(address)).toContain('href="?still=yes"');
		const still = await get(`${address}?still=yes`);
		expect(still).not.toContain(renewal);
		expect(still).toContain('<a href="?">Renew by itself</a>');
	}
});
