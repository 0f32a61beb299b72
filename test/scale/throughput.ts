import '../bench/withoutJest';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import axios from 'axios';
import { startSmsStandin, type SmsStandin } from '../../demo/standins/sms';
import { TWILIO_ACCOUNT } from '../../demo/standins/smsProviders/twilio';
import { figure, type BenchFigure } from '../bench/figure';
import { startChain, type Chain } from './support/chain';
import { cpuSeconds } from './support/cpu';
import { compareBooks, smsCampaign, type SmsCampaign } from './support/smsCampaign';

const ANSWER_MS = 200;
/** Of the time in which so many calls at once answer one after the other without a pause. */
const LIMIT = 0.85;
const PATH = 'send-some';
const COUNTS = [1, 2, 4];

/**
 * How much more leaves with more workers: approved messages to a provider that answers in 200 ms, sent by one, two and four workers of a real n8n in queue mode, each of
 * which runs one execution at a time. Prints a figure for each as one JSON line, measured beside the best that can be had: for one worker what the provider's answers alone
 * take, for several the time of one divided by their number, so that the ratio is the efficiency. After each run the books of the shop are compared with the provider's.
 *
 * `--messages` is how many (3,000), `--atOnce` how many of an execution are under way at once (10), `--most` how many an execution sends at the most (250).
 */
async function main(): Promise<number> {
	const { values } = parseArgs({ options: { messages: { type: 'string', default: '3000' }, atOnce: { type: 'string', default: '10' }, most: { type: 'string', default: '250' }, workers: { type: 'string', default: COUNTS.join() } } });
	const [messages, atOnce, most] = [values.messages, values.atOnce, values.most].map(Number);
	const counts = values.workers.split(',').map(Number);
	tell(`Starting n8n with ${Math.max(...counts)} workers ...`);
	const chain = await startChain({ workers: Math.max(...counts), concurrency: 1 });
	const sms = await startSmsStandin();
	sms.faults.delayMs = ANSWER_MS;
	const figures: BenchFigure[] = [];
	try {
		tell(`Approving ${messages} messages ...`);
		const campaign = await smsCampaign(chain.place, messages);
		await publish(chain, campaign, sms, { atOnce, most });
		let one = 0;
		for (const [index, workers] of counts.entries()) {
			const seconds = await measure({ chain, campaign, sms, messages, most }, workers, index + 1);
			if (workers === 1) one = seconds;
			const best = workers === 1 ? (messages * ANSWER_MS) / 1000 / atOnce : one / workers;
			if (best === 0) continue;
			figures.push(figure(`send-scale-${workers}-worker${workers === 1 ? '' : 's'}`, seconds, best, 's', LIMIT));
			process.stdout.write(`${JSON.stringify(figures.at(-1))}\n`);
		}
		await campaign.close();
	} finally {
		await chain.stop();
		await sms.stop();
	}
	return figures.every(({ holds }) => holds) ? 0 : 1;
}

interface Setup { chain: Chain; campaign: SmsCampaign; sms: SmsStandin; messages: number; most: number }

/** Seconds from the first execution to the last message that is recorded as sent. @param round from 1 */
async function measure({ chain, campaign, sms, messages, most }: Setup, workers: number, round: number): Promise<number> {
	for (const part of chain.parts.filter(({ name }) => name.startsWith('worker'))) await (Number(part.name.split(' ')[1]) <= workers ? part.start() : part.stop());
	await warmUp(chain, workers);
	await campaign.approveAgain();
	(sms.messages as unknown[]).length = 0;
	const before = cpuOf(chain);
	const begun = performance.now();
	for (let left = messages; left > 0; left -= most) await axios.post(`${chain.front.url}/webhook/${PATH}`);
	while ((await campaign.inState('approved')) + (await campaign.inState('sending')) > 0) await sleep(250);
	const seconds = (performance.now() - begun) / 1000;
	const cpu = cpuOf(chain);
	await compareBooks(campaign, sms, messages, round);
	const perMessage = [...cpu].map(([name, after]) => `${name} ${(((after - (before.get(name) ?? 0)) * 1000) / messages).toFixed(2)}`);
	tell(`${workers} workers: ${messages} messages, each sent once and none lost, in ${seconds.toFixed(1)} s (${(messages / seconds).toFixed(0)} a second). CPU milliseconds for each message: ${perMessage.join(', ')}`);
	return seconds;
}

/** The first execution of a worker loads what it needs: each has one while nothing is approved. */
async function warmUp(chain: Chain, workers: number): Promise<void> {
	const before = new Set((await chain.ranOn()).keys());
	const warm = async () => new Set([...(await chain.ranOn())].filter(([id]) => !before.has(id)).map(([, name]) => name));
	while ((await warm()).size < workers) {
		await Promise.all(Array.from({ length: workers }, async () => await axios.post(`${chain.front.url}/webhook/${PATH}`)));
		await sleep(1_000);
	}
	await sleep(5_000);
}

function cpuOf(chain: Chain): Map<string, number> {
	return new Map(chain.parts.flatMap(({ name, pid }) => (pid === undefined ? [] : [[name, cpuSeconds(pid)] as const])));
}

async function publish(chain: Chain, { settings }: SmsCampaign, sms: SmsStandin, { atOnce, most }: { atOnce: number; most: number }): Promise<void> {
	const client = await chain.connect();
	const credentials = {
		opticalCrmStoreApi: { id: await client.saveCredential({ name: 'Store', type: 'opticalCrmStoreApi', data: { ...settings } }), name: 'Store' },
		opticalSmsApi: { id: await client.saveCredential({ name: 'SMS', type: 'opticalSmsApi', data: { provider: 'twilio', ...TWILIO_ACCOUNT, baseUrl: sms.url, senderNumber: '+390294750000', centsPerSegment: 4.5 } }), name: 'SMS' },
	};
	const file = path.join(chain.folder, 'send-some.json');
	const node = (name: string, type: string, typeVersion: number, x: number, parameters: object) => ({ id: name, name, type, typeVersion, position: [x, 0], parameters });
	await writeFile(file, JSON.stringify({
		name: 'Send some',
		nodes: [
			{ ...node('Webhook', 'n8n-nodes-base.webhook', 2, 0, { path: PATH, httpMethod: 'POST', options: {} }), webhookId: PATH },
			node('Send Message', 'n8n-nodes-optical-crm.sendMessage', 1, 200, { operation: 'sendApproved', channels: ['sms'], options: { parallel: atOnce, most, perSecond: 0 } }),
		],
		connections: { Webhook: { main: [[{ node: 'Send Message', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1', saveDataSuccessExecution: 'none' },
	}));
	const id = await client.saveWorkflow(file, credentials, { asItIs: true });
	await client.activate(id);
	await client.waitForWebhook(PATH);
}

function tell(line: string): void {
	process.stderr.write(`${line}\n`);
}

main()
	.then((code) => process.exit(code))
	.catch((error) => {
		tell(`The measurement broke off: ${(error as Error).stack}`);
		process.exit(1);
	});
