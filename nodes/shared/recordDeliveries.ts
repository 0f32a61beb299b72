import { afterDeliveries } from '../../lib/channels/circuit';
import type { Delivery } from '../../lib/channels/channel';
import type { Channel } from '../../lib/domain/glossary';
import { REHEARSAL, type Circuit, type SenderState } from '../../lib/domain/sender';
import type { Instant } from '../../lib/domain/time';
import { closeAlert, openAlert } from '../../lib/store/alerts';
import type { Database, Store } from '../../lib/store/open';
import { recordConsents } from '../../lib/store/recordConsents';
import { readSender, senderTurn, sendingTransaction, writeSender } from '../../lib/store/senders';
import { recordSending, type OutgoingMessage, type SendingResult } from '../../lib/store/sending';
import { stopWhatsAppTemplates } from '../../lib/store/whatsApp/whatsAppAccount';
import { markUnreachable } from '../../lib/store/unreachable';

/** A message whose sending has ended. */
export interface Ended {
	message: OutgoingMessage;
	result: SendingResult;
	delivery?: Delivery;
}

/** The sender that they left through, and how its circuit was when they were taken. */
export interface SenderOfRun {
	name: string;
	channel: Channel;
	circuit: Circuit;
}

/** The kind of alert that an open circuit is. */
const CIRCUIT_ALERT = 'circuit';

/** Whether these were all sent, by a sender that was known to work: then only the messages have to be recorded. */
export function saysNothingNew(ended: readonly Ended[], { failures, openUntil }: Circuit): boolean {
	return failures === 0 && openUntil === undefined && ended.every(({ result }) => result.to === 'sent');
}

/**
 * Records in one transaction how sendings ended: the messages, what customers have refused at the provider, addresses and templates that do not work, and
 * whether the sender works.
 * @returns the circuit as it is now
 */
export async function recordDeliveries(store: Store, ended: readonly Ended[], sender: SenderOfRun | undefined, now: Instant): Promise<Circuit | undefined> {
	const real = ended.filter(({ result }) => result.provider !== REHEARSAL);
	const refused = real.flatMap(({ message, delivery }) => (delivery?.outcome === 'refused' ? [{ message, delivery }] : []));
	const withdrawn = refused.filter(({ delivery }) => delivery.withdraw).map(({ message: { customerId, channel } }) => ({
		customerId, channel, purpose: 'marketing' as const, status: 'withdrawn' as const, legalBasis: 'consent', capturedAt: now, source: 'provider', withdrawnAt: now, withdrawnHow: 'provider',
	}));
	const record = async (transaction: Database) => {
		const scope = { ...store, db: transaction };
		const circuit = sender && (await recordCircuit(scope, sender, ended.flatMap(({ delivery }) => delivery ?? []), now));
		if (withdrawn.length > 0) await recordConsents(scope, withdrawn, now);
		const gone = refused.filter(({ delivery }) => delivery.unreachable);
		await markUnreachable(transaction, store, gone.map(({ message: { contactPointId, channel } }) => ({ contactPointId, channel })));
		await stopWhatsAppTemplates(scope, ended.flatMap(({ message, delivery }) => (delivery?.outcome === 'refused' && delivery.stopTemplate ? (message.extra?.whatsApp ?? []) : [])), now);
		await recordSending(transaction, ended.map(({ result }) => result), now);
		return circuit;
	};
	// Consents are chained: who appends to a chain takes a turn.
	return withdrawn.length > 0 ? await store.db.transaction().execute(record) : await sendingTransaction(store, record);
}

/** Most batches say nothing new of their sender, and then nothing is asked of the store. */
async function recordCircuit(scope: Store, { name, channel, circuit: known }: SenderOfRun, deliveries: readonly Delivery[], now: Instant): Promise<Circuit> {
	const isClean = known.failures === 0 && known.openUntil === undefined;
	if (isClean && deliveries.every(({ outcome }) => outcome === 'sent' || outcome === 'refused')) return known;
	await senderTurn(scope.db, scope);
	const before = await readSender(scope.db, scope, name);
	const { circuit, told } = afterDeliveries(before, deliveries, now);
	const { failures, openings, openUntil, code, trying } = circuit;
	const state: SenderState = { ...before, failures, openings, openUntil, code, trying };
	await writeSender(scope.db, scope, { name, channel }, state, now);
	const alert = { kind: CIRCUIT_ALERT, subject: name, code: code ?? '' };
	if (told === 'opened') await openAlert(scope, alert, now);
	if (told === 'closed') await closeAlert(scope, alert, now);
	return circuit;
}
