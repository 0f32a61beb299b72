import { CHAIN_FIGURES, chainOfShops } from './chain/chainOfShops';
import { DUE_GROWTH_FIGURES, DUE_KIND_FIGURES, dueGrowth, dueKinds } from './dueKinds';
import { desk, DESK_FIGURES } from './desk';
import { closeBulkShops } from './bulkShop';
import { decisions } from './decisions';
import { dueSelection } from './dueSelection';
import { closeDueShops } from './dueShop';
import type { BenchFigure } from './figure';
import { GET_MANY_FIGURES, getMany } from './getMany';
import { growth } from './growth';
import { importMillion } from './importMillion';
import { importThroughput } from './importThroughput';
import { qualityReport } from './qualityReport';
import { rendering } from './rendering';
import { SEGMENT_FIGURES, segments } from './segments';
import { sendThroughput } from './sendThroughput';
import { closeShops } from './shopOfSize';
import { statements } from './statements';
import { timeMachine } from './timeMachine';

/**
 * What can be measured, and the figures that come of it. Growth writes into the shops that due selection measures: it comes after it. What
 * takes minutes is measured only when it is named.
 */
const BENCHES: Array<{ figures: string[]; onlyNamed?: boolean; measure: () => Promise<BenchFigure[]> }> = [
	{ figures: ['due-selection-100k', 'due-preview-100k'], measure: dueSelection },
	{ figures: DUE_KIND_FIGURES, measure: dueKinds },
	{ figures: DUE_GROWTH_FIGURES, measure: dueGrowth },
	{ figures: ['due-selection-growth', 'consent-check-growth', 'queue-growth', 'send-growth'], measure: growth },
	{ figures: ['decisions-10k-x3'], measure: decisions },
	{ figures: ['rendering.birthday'], measure: rendering },
	{
		figures: [
			'statements-opticalCrm-import', 'statements-birthdayDueTrigger', 'statements-recallDueTrigger', 'statements-rolloutGate', 'statements-consentCheck', 'statements-personalizeMessage',
			'statements-queueForApproval', 'statements-staffDeskTrigger', 'statements-sendMessage',
		],
		measure: statements,
	},
	// A real n8n and a real browser: some minutes.
	{ figures: DESK_FIGURES, onlyNamed: true, measure: desk },
	{ figures: ['send-throughput'], measure: sendThroughput },
	{ figures: ['import-throughput'], measure: importThroughput },
	{ figures: GET_MANY_FIGURES.map((figure) => `${figure}-100k`), measure: async () => await getMany(100_000, '100k') },
	{ figures: GET_MANY_FIGURES.map((figure) => `${figure}-1m`), onlyNamed: true, measure: async () => await getMany(1_000_000, '1m') },
	{ figures: SEGMENT_FIGURES.map((figure) => `${figure}-100k`), measure: async () => await segments(100_000, '100k') },
	{ figures: SEGMENT_FIGURES.map((figure) => `${figure}-1m`), onlyNamed: true, measure: async () => await segments(1_000_000, '1m') },
	{ figures: ['time-machine-ten-years'], measure: timeMachine },
	// Some minutes and gigabytes of disk.
	{ figures: ['import-million', 'import-million-memory', 'import-million-flat'], measure: importMillion, onlyNamed: true },
	// A PostgreSQL of its own: some minutes and gigabytes of disk.
	{ figures: CHAIN_FIGURES, onlyNamed: true, measure: chainOfShops },
	{ figures: ['quality-report-100k'], measure: async () => await qualityReport(100_000, '100k', 7) },
	{ figures: ['quality-report-1m'], onlyNamed: true, measure: async () => await qualityReport(1_000_000, '1m', 3) },
];

/**
 * `npm run bench` prints every figure as one JSON line, but those that take many minutes; `npm run bench -- NAME` those whose name begins
 * so, these too. What is going on is told on stderr. Ends with 1 when a figure does not hold, with 2 when there is none of this name.
 */
async function main(name = ''): Promise<number> {
	const isWanted = (figure: string) => figure.startsWith(name);
	const wanted = BENCHES.filter(({ figures, onlyNamed }) => figures.some(isWanted) && !(onlyNamed && name === ''));
	if (wanted.length === 0) {
		tell(`There is no figure "${name}". There are:\n${BENCHES.flatMap(({ figures }) => figures).map((figure) => `  ${figure}`).join('\n')}`);
		return 2;
	}
	let allHold = true;
	try {
		for (const { figures, measure } of wanted) {
			tell(`Measuring ${figures.filter(isWanted).join(', ')} ...`);
			for (const figure of (await measure()).filter((measured) => isWanted(measured.name))) {
				process.stdout.write(`${JSON.stringify(figure)}\n`);
				allHold &&= figure.holds;
			}
		}
	} finally {
		await closeShops();
		await closeDueShops();
		await closeBulkShops();
	}
	return allHold ? 0 : 1;
}

function tell(line: string): void {
	process.stderr.write(`${line}\n`);
}

// Some of what is measured waits without keeping its process alive, as it lives in n8n's: without this the benches would end in the middle, and well.
const alive = setInterval(() => undefined, 60_000);

main(process.argv[2])
	.then((code) => (process.exitCode = code))
	.catch((error) => {
		tell(`The benchmark broke off: ${(error as Error).stack}`);
		process.exitCode = 1;
	})
	.finally(() => clearInterval(alive));
