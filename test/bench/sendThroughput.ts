import './withoutJest';
import { Agent, request } from 'node:http';
import { Worker } from 'node:worker_threads';
import type { Channel } from '../../lib/channels/channel';
import { saveShop } from '../../lib/store/shops';
import { openStore, type Store } from '../../lib/store/open';
import type { CrmItem } from '../../lib/domain/item';
import { dueBirthdayItems } from '../../nodes/BirthdayDueTrigger/dueBirthdays';
import { personalize } from '../../nodes/shared/personalize';
import { checkConsent } from '../../nodes/shared/checkConsent';
import { queueItems } from '../../nodes/shared/queueItems';
import { sendMessages } from '../../nodes/shared/sendMessages';
import { customer, openTestStore, saved } from '../support/store';
import { sideBySide, type BenchFigure } from './figure';
import { NOW, TODAY } from './shopOfSize';

const MESSAGES = 2_000;
const AT_ONCE = 50;
const ANSWER_MS = 100;
/** At least four fifths of the speed of calls that check nothing and keep nothing. */
const LIMIT = 0.8;

/** A provider in a thread of its own: it answers each call after the same time. */
const PROVIDER = `
	const { createServer } = require('node:http');
	const { parentPort } = require('node:worker_threads');
	const server = createServer((incoming, response) => {
		incoming.resume().on('end', () => setTimeout(() => response.setHeader('content-type', 'application/json').end('{"id":"1"}'), ${ANSWER_MS}));
	});
	server.keepAliveTimeout = 60000;
	server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`;

/** Send Message for so many messages, against as many bare calls of the same provider, so many at once on either side. */
export async function sendThroughput(): Promise<BenchFigure[]> {
	const test = await openTestStore(NOW);
	const provider = new Worker(PROVIDER, { eval: true });
	const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
	try {
		const port = await new Promise<number>((resolve) => provider.once('message', resolve));
		await saveShop(test.store.db, 'main', { rehearsalDate: TODAY }, NOW);
		const store = await openStore(test.settings);
		const texts = await approvedTexts(store);
		const call = async (text: string) => await post(agent, port, text);
		const channel: Channel = {
			send: async ({ id, text }) => {
				await call(text);
				return { outcome: 'sent', providerId: String(id) };
			},
			close: async () => undefined,
		};
		const ours = async () => {
			const { messages } = await sendMessages(store, 'email', channel, { most: MESSAGES, parallel: AT_ONCE, leaseMinutes: 2, sender: { name: 'bench' } }, () => NOW);
			if (messages.length !== MESSAGES || messages.some(({ to }) => to !== 'sent')) throw new Error(`${MESSAGES} messages were approved, ${messages.length} were tried.`);
		};
		const bare = async () => {
			const left = [...texts];
			await Promise.all(Array.from({ length: AT_ONCE }, async () => {
				for (let text = left.pop(); text !== undefined; text = left.pop()) await call(text);
			}));
		};
		return [await sideBySide('send-throughput', { before: async () => await approveAgain(store), work: ours }, bare, LIMIT, { rounds: 5, warmUps: 1 })];
	} finally {
		agent.destroy();
		await provider.terminate();
		await test.close();
	}
}

/** Birthdays of that many customers, written and approved. Returns the texts. */
async function approvedTexts(store: Store): Promise<string[]> {
	await saved(store, Array.from({ length: MESSAGES }, () => customer()));
	const due = await dueBirthdayItems(store, { belatedDays: 0, earlyDays: 0, leapDay: '02-28', leaseMinutes: 60, mostPerPoll: MESSAGES }, { claim: true }, NOW);
	const checked = await checkConsent(store, due, { channels: ['email'] }, NOW);
	const written = due.map((item, index): CrmItem => {
		const allowed = { ...item, ...checked[index] } as CrmItem;
		return { ...allowed, message: personalize(store, allowed, '') };
	});
	await queueItems(store, written, 'policy', NOW);
	return (await store.db.selectFrom('messages').select('text').execute()).map(({ text }) => text);
}

async function approveAgain({ db }: Store): Promise<void> {
	await db.updateTable('messages').set({ state: 'approved', sent_on: null, provider: null, provider_id: null, attempts: 0 }).execute();
}

function post(agent: Agent, port: number, text: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const call = request({ agent, port, host: '127.0.0.1', method: 'POST', headers: { 'content-type': 'application/json' } }, (answer) => {
			answer.resume().on('end', resolve).on('error', reject);
		});
		call.on('error', reject).end(JSON.stringify({ text }));
	});
}
