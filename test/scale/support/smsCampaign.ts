import { sql } from 'kysely';
import type { SmsStandin } from '../../../demo/standins/sms';
import { closeDatabase, openDatabase, openStore, type Store, type StoreSettings } from '../../../lib/store/open';
import type { StorePlace } from '../../../lib/store/place';
import { openAllSteps } from '../../../lib/store/rollout/changes';
import { saveShop } from '../../../lib/store/shops';
import { approved } from '../../support/approved';
import { ANY_HOUR, NOTICE, SECRET } from '../../support/store';

const BATCH = 1_000;
const REFUSAL = 'https://crm.example/webhook/ottica/customer?t=abc';
const TEXT = `Gentile Giulia, è ora di un controllo della vista. Ottica Prova, Via Roma 1, Firenze, 055 000000. Per non riceverne più: ${REFUSAL}`;

/** Approved messages, one for each customer of a shop, in a store that the chain shares. */
export interface SmsCampaign {
	settings: StoreSettings;
	store: Store;
	/** All are approved, and nothing was ever sent. Before, none is. */
	approveAgain(): Promise<void>;
	/** Messages in a state. */
	inState(state: string): Promise<number>;
	close(): Promise<void>;
}

/** @param place of an empty database */
export async function smsCampaign(place: StorePlace, messages: number): Promise<SmsCampaign> {
	const now = new Date().toISOString();
	const settings: StoreSettings = { ...place, shop: 'main', secret: SECRET };
	const db = await openDatabase(settings);
	await saveShop(db, 'main', {
		name: 'Ottica Prova', street: 'Via Roma 1', town: 'Firenze', email: 'ciao@ottica.example', phone: '+39055000000', signature: 'Chiara', smsAlias: 'Ottica',
		customerPageUrl: 'https://crm.example/webhook/ottica/customer', privacyNotices: [{ ...NOTICE, purposes: [...NOTICE.purposes] }], policy: ANY_HOUR,
	}, now);
	const store = await openStore(settings);
	await openAllSteps(store, 'chiara', now);
	for (let begin = 0; begin < messages; begin += BATCH) {
		const people = Array.from({ length: Math.min(BATCH, messages - begin) }, (_, index) => ({ contactPoints: [{ kind: 'phone' as const, value: numberOf(begin + index), line: 'mobile' as const }] }));
		await approved(store, 'sms', people, now, { kind: 'recall.vision', messageClass: 'recall', message: { subject: undefined, text: TEXT, refusalUrl: REFUSAL } });
	}
	await sql`update messages set state = 'pending'`.execute(db);
	return {
		settings,
		store,
		approveAgain: async () => {
			await db.updateTable('messages').set({ state: 'approved', sent_on: null, provider: null, provider_id: null, attempts: 0 }).execute();
			// The next run finds the tables as tidy as the first did.
			await sql`vacuum analyze`.execute(db);
		},
		inState: async (state) => (await sql<{ total: number }>`select count(*) as total from messages where state = ${state}`.execute(db)).rows[0].total,
		close: async () => await closeDatabase(settings),
	};
}

/**
 * The books of the shop against what the provider has got in the last of so many rounds.
 * @throws where a message was lost, or came twice
 */
export async function compareBooks({ store, inState }: SmsCampaign, sms: SmsStandin, messages: number, rounds: number): Promise<void> {
	const got = Map.groupBy(sms.messages, ({ to }) => to);
	const twice = [...got.values()].filter((one) => one.length > 1).length;
	const { rows } = await sql<{ number: string; id: string | null }>`
		select point.value as number, message.provider_id as id from messages as message join contact_points as point on point.id = message.contact_point_id where message.state = 'sent'`.execute(store.db);
	const lost = rows.filter(({ number, id }) => got.get(number)?.[0]?.id !== id).length;
	const histories = (await sql<{ total: number }>`select count(*) as total from (select message_id from message_history where to_state = 'sent' group by message_id having count(*) = ${rounds}) as once`.execute(store.db)).rows[0].total;
	if (twice === 0 && lost === 0 && rows.length === messages && got.size === messages && histories === messages) return;
	const { rows: others } = await sql<{ state: string; to_state: string; why: string | null; at: string }>`
		select message.state, entry.to_state, entry.why, entry.at from messages as message join message_history as entry on entry.message_id = message.id where message.state <> 'sent' order by entry.id desc limit 20`.execute(store.db);
	throw new Error(`The books differ: ${messages} were approved, ${await inState('sent')} are sent in the store (${histories} of them once), ${got.size} numbers got one, ${twice} of them twice; ${lost} of those sent never arrived. Not sent: ${JSON.stringify(others)}`);
}

function numberOf(index: number): string {
	return `+3934${String(70_000_000 + index)}`;
}
