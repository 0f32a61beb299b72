import { plusDays, plusMinutes, type Instant, type LocalDate } from '../../../../lib/domain/time';
import { SEGMENT_DEFAULTS } from '../../../../lib/domain/segment';
import { openAllSteps } from '../../../../lib/store/rollout/changes';
import { changeLinkedDevice, holdLinkedDevice } from '../../../../lib/store/linkedDevice/device';
import { keyShelf } from '../../../../lib/store/linkedDevice/keys';
import type { Store } from '../../../../lib/store/open';
import { saveOwnTemplate } from '../../../../lib/store/ownTemplates';
import { saveWording } from '../../../../lib/store/wordings';

/** The rule of the watched segment. */
export const WATCHED = { fact: 'purchases', comparison: 'atLeast', value: 1 } as const;

/** What a shop has beside its customers: the same names, ids of templates and accounts in each. */
export async function fillSettings(store: Store, now: Instant, today: LocalDate): Promise<void> {
	const { db, shop } = store;
	const before = plusMinutes(now, -3 * 24 * 60);
	await openAllSteps(store, 'chiara', before);
	await saveWording(store, 'w1', 'Ottica Prova può scriverle', before);
	await saveOwnTemplate(store, { id: 'birthday', channel: 'email', language: 'it' }, 'Auguri', 'chiara', before);
	await db.insertInto('desk_accounts').values({ shop_id: shop.id, name: 'Marco', name_key: 'marco', role: 'staff', password_hash: 'x', one_time_until: null, disabled_at: null, created_at: before, changed_at: before }).execute();
	await db.insertInto('desk_sessions').values({ token_hash: `${shop.code} session`, shop_id: shop.id, staff: 'Marco', name_key: 'marco', created_at: before, expires_at: plusMinutes(now, 600), seen_at: before, stamp: 's', device: 'Firefox' }).execute();
	await db.insertInto('desk_failures').values({ shop_id: shop.id, subject: 'marco', failures: 2, last_at: before, wait_until: null }).execute();
	await db.insertInto('desk_languages').values({ shop_id: shop.id, name_key: 'marco', language: 'en' }).execute();
	await db.insertInto('desk_log').values({ shop_id: shop.id, at: before, who: 'Marco', action: 'login', subject: null }).execute();
	await db.insertInto('frequent_questions').values({ shop_id: shop.id, language: 'it', name: 'orari', phrases: '["orari"]', answer: 'Fino alle 19', updated_at: before }).execute();
	await db.insertInto('senders').values({ shop_id: shop.id, name: 'smtp', channel: 'email', next_at: null, day: today, day_count: 3, failures: 1, openings: 0, open_until: null, code: 'X', trying: 0, updated_at: before }).execute();
	await db.insertInto('signs_of_life').values([['poll', 'birthday', 60], ['sent', 'email', null], ['heard', 'sms reply', null]].map(([what, name, every]) => ({ shop_id: shop.id, what: String(what), name: String(name), last_at: before, times: 3, things: 7, code: null, every_minutes: every as number | null }))).execute();
	await db.insertInto('alerts').values([
		{ shop_id: shop.id, kind: 'circuit', subject: 'smtp', code: 'SMTP_535', since: before, until: null, seen_by: null, seen_at: null },
		{ shop_id: shop.id, kind: 'brake', subject: 'campaign.sun', code: 'BRAKE_OPTOUTS', since: before, until: null, seen_by: null, seen_at: null },
	]).execute();
	await db.insertInto('campaign_holds').values({ shop_id: shop.id, campaign: 'campaign.sun', channel: null, reason: 'BRAKE_OPTOUTS', figures: '{}', held_at: before, resumed_at: null, resumed_by: null, note: null }).execute();
	await db.insertInto('occasion_starts').values(['birthday', 'recall.vision', 'progressive'].map((kind) => ({ shop_id: shop.id, kind, starts_on: '2020-01-01', activated_on: '2020-01-01', left_out: 0 }))).execute();
	await db.insertInto('segment_watches').values({ shop_id: shop.id, name: 'at-risk', definition: JSON.stringify({ rule: WATCHED, settings: SEGMENT_DEFAULTS }), began_at: before }).execute();
	await db.insertInto('segment_goals').values({ shop_id: shop.id, segment: 'at-risk', goal: 'return', months: 12, target: 200, due_on: plusDays(today, 60), set_by: 'chiara', set_on: plusDays(today, -10), set_at: before, ended_at: null }).execute();
	// Shops of a chain may share an account with Meta; these have one each.
	await db.insertInto('whatsapp_accounts').values({ shop_id: shop.id, waba_id: `waba ${shop.code}`, phone_number_id: `phone ${shop.code}`, message_limit: '250', quality: 'GREEN', state: 'CONNECTED', fetched_at: before }).execute();
	await db.insertInto('whatsapp_templates').values({ waba_id: `waba ${shop.code}`, name: 'birthday', language: 'it', meta_id: '1', state: 'APPROVED', category: 'MARKETING', parameter_format: 'NAMED', parts: '{}', quality: 'GREEN', fetched_at: before, changed_at: before })
		.onConflict((conflict) => conflict.doNothing()).execute();
	await holdLinkedDevice(store, 'process', plusMinutes(now, 60), before);
	await changeLinkedDevice(store, 'process', { state: 'linked', connected: true, number: '+39333000000' }, before);
	await keyShelf(store, store.secret, 'process').write([{ kind: 'session', name: 'one', value: 'key' }]);
}
