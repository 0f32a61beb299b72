import type { FunctionsBase } from 'n8n-workflow';
import type { InboundEvent } from '../../lib/domain/inbound';
import type { Store } from '../../lib/store/open';
import { log } from './log';

/** What a provider has told, by kind: repetitions are counted too. */
export function logHeard(context: FunctionsBase, { shop }: Store, events: readonly InboundEvent[]): void {
	if (events.length === 0) return;
	const counts = Object.fromEntries([...Map.groupBy(events, ({ kind }) => kind)].map(([kind, those]) => [kind, those.length]));
	log(context, 'heard', shop, { channel: events[0].channel, ...counts });
}
