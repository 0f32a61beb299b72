import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { plusMinutes } from '../../lib/domain/time';
import { DORMANT_DEFAULTS, dormantCustomers } from '../../lib/occasions/dormant';
import type { DueKind } from '../../lib/occasions/dueKind';
import { EYEWEAR_DEFAULTS, eyewearCheck } from '../../lib/occasions/eyewear';
import { LENSES_DEFAULTS, lensesRunOut } from '../../lib/occasions/lenses';
import { MISSED_APPOINTMENT_DEFAULTS, missedAppointments } from '../../lib/occasions/missedAppointment';
import { OPEN_QUOTE_DEFAULTS, openQuotes } from '../../lib/occasions/openQuote';
import { ORDER_READY_DEFAULTS, ordersReady } from '../../lib/occasions/orderReady';
import { PROGRESSIVE_DEFAULTS, progressiveFollowUp } from '../../lib/occasions/progressive';
import { VISION_DEFAULTS, visionCheck } from '../../lib/occasions/vision';
import { claimDue, previewDue } from '../../lib/store/occasions/claim';
import type { Store } from '../../lib/store/open';
import { planOf } from '../support/due';
import { BY_HAND } from './dueKindSql';
import { DUE_OF_KIND, dueShop } from './dueShop';
import { AT_MOST_HALF_MORE, type BenchFigure, sideBySide } from './figure';
import { NOW, TODAY } from './shopOfSize';

const KINDS: DueKind[] = [
	visionCheck(VISION_DEFAULTS), eyewearCheck(EYEWEAR_DEFAULTS), lensesRunOut(LENSES_DEFAULTS), dormantCustomers(DORMANT_DEFAULTS), ordersReady(ORDER_READY_DEFAULTS),
	missedAppointments(MISSED_APPOINTMENT_DEFAULTS, 'Europe/Rome'), openQuotes(OPEN_QUOTE_DEFAULTS), progressiveFollowUp(PROGRESSIVE_DEFAULTS),
];
const SIZES = [10_000, 100_000, 1_000_000] as const;
const SETTINGS = { limit: 5000, leaseMinutes: 60 };
const TURNS = { clock: 'processor', rounds: 41, warmUps: 10 } as const;

export const DUE_KIND_FIGURES = KINDS.map(({ kind }) => `due-${kind}-100k`);
export const DUE_GROWTH_FIGURES = ['due-all-kinds-growth-100k', 'due-all-kinds-growth-1m'];

/** Claiming each kind among 100,000 customers, against the best hand-written SQL on the same file. */
export async function dueKinds(): Promise<BenchFigure[]> {
	const figures: BenchFigure[] = [];
	const { store, settings } = await dueShop(SIZES[1]);
	const byHand = new DatabaseSync((settings as { file: string }).file);
	byHand.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -65536; pragma temp_store = memory');
	const insert = byHand.prepare(`insert into occasions (shop_id, customer_id, kind, due_on, stage, expires_on, since, state, claims, leased_until, acted_on, created_at)
		values (1, ?, ?, '${TODAY}', 1, '${TODAY}', ?, 'leased', 1, '${plusMinutes(NOW, 60)}', '${TODAY}', '${NOW}')`);
	for (const kind of KINDS) {
		const select = byHand.prepare(BY_HAND[kind.kind]);
		const theirs = () => {
			byHand.exec('begin immediate');
			const due = select.all() as Array<{ id: number; since: string }>;
			for (const { id, since } of due) insert.run(id, kind.kind, since);
			byHand.exec('commit');
			counted(due, DUE_OF_KIND);
		};
		const forget = async () => {
			byHand.exec('delete from occasions');
			byHand.exec('pragma wal_checkpoint(restart)');
			select.all();
		};
		figures.push(await sideBySide(`due-${kind.kind}-100k`, claiming(store, [kind], DUE_OF_KIND), { before: forget, work: theirs }, AT_MOST_HALF_MORE, TURNS));
		byHand.exec('delete from occasions');
	}
	byHand.close();
	return figures;
}

/** Claiming all kinds together in shops of three sizes with the same number due: the baseline is the smallest one. */
export async function dueGrowth(): Promise<BenchFigure[]> {
	const figures: BenchFigure[] = [];
	const small = (await dueShop(SIZES[0])).store;
	for (const [name, size] of [['100k', SIZES[1]], ['1m', SIZES[2]]] as const) {
		const all = KINDS.length * DUE_OF_KIND;
		figures.push(await sideBySide(`due-all-kinds-growth-${name}`, claiming((await dueShop(size)).store, KINDS, all), claiming(small, KINDS, all), AT_MOST_HALF_MORE, TURNS));
	}
	return figures;
}

function claiming(store: Store, kinds: DueKind[], expected: number) {
	const plan = planOf(kinds, TODAY);
	const before = async () => {
		await store.db.deleteFrom('occasions').execute();
		await sql`pragma wal_checkpoint(restart)`.execute(store.db);
		// Both sides begin with their pages in memory: a write through the other connection has thrown them out.
		await previewDue(store, plan, expected, NOW);
	};
	return { before, work: async () => counted(await claimDue(store, plan, SETTINGS, NOW), expected) };
}

function counted(found: readonly unknown[], expected: number): void {
	if (found.length !== expected) throw new Error(`${expected} customers are due, but ${found.length} were found.`);
}
