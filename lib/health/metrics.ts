import { CHANNELS } from '../domain/glossary';
import { HEALTH_LEVELS, type Health, type SignKind, type Waiting } from '../domain/health';
import type { Instant } from '../domain/time';
import { exposition, type Family } from './exposition';

/** A sample without the shop's label, which all have. */
type Sample = { labels?: Record<string, string>; value: number };

const SENDING_ENDS: readonly SignKind[] = ['sent', 'failed', 'uncertain', 'blocked', 'retried', 'returned'];

/**
 * What Prometheus asks for. Labels are the shop's code, a channel, a kind or a state: few, and nothing about a person; accounts of providers are left out. Counters count from
 * the day on which the store began to, and go on over restarts; gauges are of this moment.
 */
export function metricsOf(shop: string, health: Health): string {
	const family = (type: Family['type'], name: string, help: string, samples: readonly Sample[]): Family => ({
		name: `optical_crm_${name}`, help, type, samples: samples.map(({ labels, value }) => ({ labels: { shop, ...labels }, value })),
	});
	const gauge = (name: string, help: string, samples: readonly Sample[]) => family('gauge', name, help, samples);
	const counter = (name: string, help: string, samples: readonly Sample[]) => family('counter', `${name}_total`, help, samples);
	const signs = (...what: SignKind[]) => health.signs.filter((sign) => what.includes(sign.what));
	const { queue, store } = health;
	const waiting: Array<[string, Waiting]> = [['pending', queue.pending], ['approved', queue.approved], ['overdue', queue.overdue], ['uncertain', queue.uncertain]];
	return exposition([
		gauge('up', 'Whether the store could be read', [{ value: 1 }]),
		gauge('health', 'Whether the shop is in this state of health', HEALTH_LEVELS.map((state) => ({ labels: { state }, value: Number(state === health.state) }))),
		gauge('findings', 'Findings of the page Health, by their code', [...Map.groupBy(health.findings, ({ code }) => code)].map(([kind, those]) => ({ labels: { kind }, value: those.length }))),
		gauge('store_schema_version', 'Version of the schema of the store', [{ labels: { kind: store.kind }, value: store.schemaVersion }]),
		gauge('store_size_bytes', 'Size of the store, all its shops together', [{ labels: { kind: store.kind }, value: store.bytes }]),
		gauge('store_free_bytes', 'Free space on the disk of an embedded store', store.freeBytes === undefined ? [] : [{ value: store.freeBytes }]),
		gauge('backup_timestamp_seconds', 'When the store was backed up last', moment(store.lastBackup)),
		gauge('messages_waiting', 'Messages that wait: pending (for approval), approved (to leave), overdue (being sent for too long), uncertain', waiting.map(([state, { count }]) => ({ labels: { state }, value: count }))),
		gauge('messages_oldest_age_seconds', 'How long the oldest of these messages waits', waiting.map(([state, { oldest }]) => ({ labels: { state }, value: age(oldest, health.at) }))),
		gauge('messages_ready', 'Approved messages whose hour has come', CHANNELS.flatMap((channel) => {
			const ready = queue.approved.byChannel[channel];
			return ready ? [{ labels: { channel }, value: ready.count }] : [];
		})),
		gauge('messages_failed_today', 'Messages that failed in the last 24 hours', [{ value: queue.failed }]),
		gauge('tickets_open', 'Tickets that wait for an answer', [{ value: queue.tickets.count }]),
		gauge('occasions_lease_expired', 'Occasions that a workflow was given and did not settle in time', [{ value: queue.lostLeases.count }]),
		gauge('alerts_open', 'Alerts that last', Object.entries(health.alerts).map(([kind, value]) => ({ labels: { kind }, value }))),
		gauge('campaigns_held', 'Campaigns that a brake holds', [{ value: health.holds }]),
		gauge('desk_sessions', 'People logged in at the Desk', [{ value: health.sessions }]),
		gauge('senders_paused', 'Accounts of providers that are left alone because they fail', perChannel(health.senders.filter(({ circuit }) => circuit !== 'closed'), health)),
		gauge('sent_timestamp_seconds', 'When a message left last', health.channels.flatMap(({ channel, lastSent }) => moment(lastSent, { channel }))),
		gauge('failed_timestamp_seconds', 'When a message failed last', health.channels.flatMap(({ channel, lastFailed }) => moment(lastFailed?.at, { channel }))),
		gauge('poll_timestamp_seconds', 'When who is due was looked for last', health.polls.flatMap(({ kind, lastAt }) => moment(lastAt, { kind }))),
		gauge('poll_late', 'Whether a search for who is due should have come before now', health.polls.filter(({ state }) => state !== 'off').map(({ kind, state }) => ({ labels: { kind }, value: Number(state === 'late') }))),
		gauge('heard_timestamp_seconds', 'When a provider or a mailbox told something last', health.heard.flatMap(({ channel, kind, lastAt }) => moment(lastAt, { channel, kind }))),
		gauge('linked_phone_connected', 'Whether the shop\'s own phone is connected', health.phone ? [{ value: Number(health.phone.connected) }] : []),
		counter('polls', 'Searches for who is due', signs('poll').map(({ name, times }) => ({ labels: { kind: name }, value: times }))),
		counter('occasions_found', 'Occasions that were handed to a workflow', signs('poll').map(({ name, things }) => ({ labels: { kind: name }, value: things }))),
		counter('messages', 'Messages by how their sending ended', signs(...SENDING_ENDS).map(({ what, name, things }) => ({ labels: { channel: name, state: what }, value: things }))),
		counter('events_heard', 'Events that providers and mailboxes told', signs('heard').map(({ name, things }) => ({ labels: { channel: name.split(' ')[0], kind: name.split(' ')[1] ?? '' }, value: things }))),
		counter('rows_imported', 'Rows of exports that were read', signs('imported').map(({ name, things }) => ({ labels: { kind: name }, value: things }))),
	]);
}

/** What is served while the store cannot be read: everything else would be a guess. */
export function metricsOfTrouble(shop: string): string {
	return exposition([{ name: 'optical_crm_up', help: 'Whether the store could be read', type: 'gauge', samples: [{ labels: { shop }, value: 0 }] }]);
}

function perChannel(paused: Health['senders'], { channels }: Health): Sample[] {
	return channels.map(({ channel }) => ({ labels: { channel }, value: paused.filter((sender) => sender.channel === channel).length }));
}

function moment(at: Instant | undefined, labels: Record<string, string> = {}): Sample[] {
	return at === undefined ? [] : [{ labels, value: Math.floor(Date.parse(at) / 1000) }];
}

function age(since: Instant | undefined, now: Instant): number {
	return since === undefined ? 0 : Math.max(0, Math.round((Date.parse(now) - Date.parse(since)) / 1000));
}
