import { DatabaseSync } from 'node:sqlite';
import { plusDays, plusMonths, type LocalDate } from '../../lib/domain/time';
import { openTestStore, type TestStore } from '../support/store';
import { NOW, TODAY } from './shopOfSize';

/** So many are due of each kind, whatever the size of the shop. */
export const DUE_OF_KIND = 500;
/** Customers who are due, one after the other: which fact makes each due today. */
const FACTS = ['vision', 'eyewear', 'lenses', 'dormant', 'order ready', 'missed appointment', 'open quote', 'welcome', 'progressive'] as const;

const shops = new Map<number, Promise<TestStore>>();

/** A shop of so many customers with exams, equipment, appointments and quotes of which few make anything due; made once in a run. */
export function dueShop(size: number): Promise<TestStore> {
	let shop = shops.get(size);
	if (!shop) shops.set(size, (shop = fill(size)));
	return shop;
}

/** Closes and deletes the stores of this run. */
export async function closeDueShops(): Promise<void> {
	for (const shop of shops.values()) await (await shop).close();
	shops.clear();
}

async function fill(size: number): Promise<TestStore> {
	process.stderr.write(`Making a shop of ${size} customers with their records ...\n`);
	const test = await openTestStore(NOW);
	const { settings } = test;
	if (settings.database === 'postgres') throw new Error('The shops of this benchmark are files.');
	const database = new DatabaseSync(settings.file);
	database.exec('pragma journal_mode = wal; pragma synchronous = off; pragma cache_size = -262144; begin');
	const insert = (table: string, columns: string[]) => {
		const statement = database.prepare(`insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`);
		return (...values: Array<string | number | null>) => void statement.run(...values);
	};
	const customer = insert('customers', ['id', 'shop_id', 'code', 'first_name', 'last_name', 'birth_date', 'birth_md', 'match_key', 'search_name', 'entered_on', 'created_at', 'updated_at']);
	const exam = insert('exams', ['shop_id', 'customer_id', 'source_key', 'kind', 'taken_on', 'created_at', 'updated_at']);
	const equipment = insert('equipment', ['shop_id', 'customer_id', 'source_key', 'kind', 'lens_type', 'ordered_on', 'delivered_on', 'ready_on', 'supply_days', 'supply_ends_on', 'created_at', 'updated_at']);
	const appointment = insert('appointments', ['shop_id', 'customer_id', 'source_key', 'kind', 'starts_at', 'status', 'created_at', 'updated_at']);
	const quote = insert('quotes', ['shop_id', 'customer_id', 'source_key', 'made_on', 'status', 'created_at', 'updated_at']);
	const rhythm = insert('visit_rhythms', ['customer_id', 'shop_id', 'last_visit_on', 'rhythm_months', 'spectacles_on', 'exam_on']);
	const step = Math.floor(size / (DUE_OF_KIND * FACTS.length));
	for (let id = 1; id <= size; id++) {
		const due = id % step === 0 && id / step <= DUE_OF_KIND * FACTS.length ? FACTS[(id / step) % FACTS.length] : undefined;
		const days = 40 + ((id * 7919) % 120);
		const ago = plusDays(TODAY, -days);
		customer(id, 1, `C${id}`, 'Giulia', `Rossi ${id}`, `${1930 + (id % 70)}-${md(id)}`, md(id), `rossi ${id}|giulia|`, `rossi ${id} giulia`, due === 'welcome' ? plusDays(TODAY, -2) : ago, NOW, NOW);
		if (due !== 'dormant') exam(1, id, `${id}`, 'vision', due === 'vision' ? visionDay(id) : ago, NOW, NOW);
		const pair = equipmentOf(id, due, ago);
		equipment(1, id, `${id}`, pair.kind, pair.lens, pair.ordered, pair.delivered, pair.ready, pair.supply, pair.ends, NOW, NOW);
		if (id % 10 === 0 || due === 'missed appointment') appointment(1, id, `${id}`, 'controllo', `${due === 'missed appointment' ? plusDays(TODAY, -1) : ago}T10:00:00.000Z`, 'missed', NOW, NOW);
		if (id % 10 === 1 || due === 'open quote') quote(1, id, `${id}`, due === 'open quote' ? plusDays(TODAY, -7) : ago, 'open', NOW, NOW);
		rhythm(id, 1, due === 'dormant' ? plusMonths(TODAY, -30) : ago, due === 'dormant' ? 0 : 6 + (id % 30),
			pair.kind === 'spectacles' ? pair.delivered : null, due === 'dormant' ? null : due === 'vision' ? visionDay(id) : ago);
	}
	database.exec('commit');
	database.close();
	return test;
}

/** Who is due for the vision check: adults after 24 months, the others after 12. */
function visionDay(id: number): LocalDate {
	const born = 1930 + (id % 70);
	return plusMonths(TODAY, 2024 - born < 60 ? -24 : -12);
}

function md(id: number): string {
	return plusDays('2027-02-01', id % 250).slice(5);
}

function equipmentOf(id: number, due: (typeof FACTS)[number] | undefined, ago: LocalDate) {
	const none = { lens: null as string | null, delivered: null as string | null, ready: null as string | null, supply: null as number | null, ends: null as string | null };
	const spectacles = { ...none, kind: 'spectacles', lens: 'reading', ordered: ago, delivered: ago };
	if (due === 'eyewear') return { ...spectacles, ordered: plusMonths(TODAY, -7), delivered: plusMonths(TODAY, -6) };
	if (due === 'order ready') return { ...spectacles, delivered: null, ready: TODAY };
	if (due === 'progressive') return { ...spectacles, lens: 'progressive', delivered: plusDays(TODAY, -7) };
	const lenses = { ...none, kind: 'contact-lenses', lens: 'contact-lenses', supply: 90 };
	if (due === 'lenses') return { ...lenses, ordered: plusDays(TODAY, -80), ends: plusDays(TODAY, 10) };
	if (due === undefined && id % 4 === 0) return { ...lenses, ordered: plusDays(TODAY, -40), ends: plusDays(TODAY, 50) };
	return due === undefined && id % 4 === 1 ? { ...spectacles, lens: 'progressive' } : spectacles;
}
