import type { EquipmentFields, ExamFields } from '../../lib/domain/records';
import { plusDays, type LocalDate } from '../../lib/domain/time';
import type { ItemMessage } from '../../lib/domain/item';
import type { DueKind } from '../../lib/occasions/dueKind';
import { messageStates } from '../../lib/store/review';
import { queueMessages } from '../../lib/store/messages';
import { claimDue } from '../../lib/store/occasions/claim';
import type { ClaimedOccasion } from '../../lib/store/occasions/claimed';
import { saveEquipment } from '../../lib/store/records/equipment';
import { saveExams } from '../../lib/store/records/exams';
import { recordSending, recordTaken, takeApproved } from '../../lib/store/sending';
import { settleOccasions } from '../../lib/store/settling';
import type { Store } from '../../lib/store/open';
import { planOf } from './due';

const TEXT: ItemMessage = { channel: 'email', class: 'recall', language: 'it', templateId: 'recall.vision', templateVersion: 1, subject: 'A', body: 'B', text: 'C' };
export const noon = (day: LocalDate) => `${day}T11:00:00.000Z`;

/** What a shop does from day to day, on a store. */
export class CourseShop {
	constructor(readonly store: Store, private readonly kinds: DueKind[], private readonly restDays = 14) {}

	/** One poll on a day; `kind stage` of each, in the order handed out. */
	async poll(day: LocalDate, limit = 100): Promise<ClaimedOccasion[]> {
		return await claimDue(this.store, planOf(this.kinds, day, this.restDays), { limit, leaseMinutes: 60 }, noon(day));
	}

	async names(day: LocalDate): Promise<string[]> {
		return (await this.poll(day)).map(({ kind, stage, customer }) => `${customer.id} ${kind} ${stage}`);
	}

	/** The workflow writes a message, by policy; the sender sends it. */
	async send(occasion: ClaimedOccasion, day: LocalDate): Promise<number> {
		const id = await this.queue(occasion, day, 'policy');
		await this.store.db.transaction().execute(async (transaction) => {
			await takeApproved(transaction, this.store, { channels: ['email'], ids: [id], limit: 5, today: day }, noon(day));
			await recordTaken(transaction, [{ id, to: 'sending', sendingUntil: noon(day) }], noon(day));
			await recordSending(transaction, [{ id, to: 'sent' }], noon(day));
		});
		return id;
	}

	/** The message waits for the staff. */
	async queue({ customer, occasionId, expiresOn }: ClaimedOccasion, day: LocalDate, approval: 'staff' | 'policy' = 'staff'): Promise<number> {
		const point = await this.store.db.selectFrom('contact_points').select('id').where('customer_id', '=', customer.id).executeTakeFirstOrThrow();
		const message = { customerId: customer.id, occasionId: occasionId as number, contactPointId: point.id, expiresOn, contentHash: 'h', message: TEXT };
		return (await queueMessages(this.store, [message], approval, noon(day)))[0].id;
	}

	async block({ occasionId }: ClaimedOccasion, reason: string, day: LocalDate): Promise<void> {
		await settleOccasions(this.store, [{ occasionId: occasionId as number, outcome: 'blocked', reason }], noon(day));
	}

	async exam(customerId: number, takenOn: LocalDate, more: Partial<ExamFields> = {}, now = takenOn): Promise<void> {
		await saveExams(this.store, [{ customerId, takenOn, ...more, code: `E${customerId}${takenOn}` }], noon(now));
	}

	async equipment(customerId: number, equipment: Partial<EquipmentFields> & { code?: string }, now = plusDays('2030-01-01', 0)): Promise<void> {
		await saveEquipment(this.store, [{ customerId, ...equipment }], noon(now));
	}

	async ledger(): Promise<string[]> {
		const rows = await this.store.db.selectFrom('occasions').select(['kind', 'stage', 'state', 'outcome', 'reason']).orderBy('id').execute();
		return rows.map(({ kind, stage, state, outcome, reason }) => [kind, stage, state, outcome, reason].filter((part) => part !== null).join(' '));
	}

	async stateOf(messageId: number): Promise<string | undefined> {
		return (await messageStates(this.store, [messageId])).get(messageId);
	}
}
