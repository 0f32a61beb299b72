import type { Channel } from '../../lib/domain/glossary';
import { dataQualityReport, type QualityReport } from '../../lib/report/dataQuality';
import { badFacts } from '../../lib/store/badFacts';
import type { Store } from '../../lib/store/open';
import { qualityFigures } from '../../nodes/shared/quality';
import { bulkShop } from './bulkShop';
import { AT_MOST_HALF_MORE, type BenchFigure, sideBySide } from './figure';
import { QualityReportSql, type SqlReport } from './qualityReportSql';
import { NOW, TODAY } from './shopOfSize';

const CHANNELS: Channel[] = ['email', 'sms', 'whatsapp', 'call', 'letter'];
const ROWS = 100;

/** The whole data quality report, the share reachable today included, against the best hand-written SQL that gives the same on the same file. */
export async function qualityReport(size: number, name: string, rounds: number): Promise<BenchFigure[]> {
	const { store, settings } = await bulkShop(size);
	const byHand = new QualityReportSql(settings.file);
	try {
		same(await report(store), byHand.report(size));
		return [await sideBySide(`quality-report-${name}`, async () => await report(store), () => byHand.report(size), AT_MOST_HALF_MORE, { clock: 'processor', rounds, warmUps: rounds > 3 ? 3 : 1 })];
	} finally {
		byHand.close();
	}
}

async function report(store: Store): Promise<QualityReport> {
	const { total, rows } = await badFacts(store, TODAY, ROWS);
	return dataQualityReport({ ...(await qualityFigures(store, CHANNELS, ROWS, NOW)), badFacts: { total, rows: rows.map((fact) => ({ ...fact, hint: '' })) } });
}

/** A baseline that answered something else would measure nothing. */
function same(ours: QualityReport, byHand: SqlReport): void {
	const reachable = (kind: string, channel: string) => ours.reach.find((row) => row.kind === kind && row.channel === channel)?.reachable;
	const answers = [ours, byHand].map((answer) => JSON.stringify('sums' in answer
		? [answer.sums, answer.reach, answer.toMend, answer.mendFirst, answer.badFacts]
		: [
			{ customers: answer.customers, filled: answer.fields.map(({ filled }) => filled), valid: answer.fields.map(({ valid }) => valid) },
			CHANNELS.map((channel) => ['campaign', 'recall.vision', 'order.ready'].map((kind) => reachable(kind, channel))),
			answer.toMend.total, answer.toMend.rows.map(({ customerId }) => customerId), answer.badFacts.total,
		]));
	if (answers[0] !== answers[1]) throw new Error(`The report and the SQL by hand differ:\n${answers.join('\n')}`);
}
