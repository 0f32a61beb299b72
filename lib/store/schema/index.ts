import type { Selectable } from 'kysely';

import type { CallTables } from './calls';
import type { ConsentTables } from './consents';
import type { CustomerTables } from './customers';
import type { DeskTables } from './desk';
import type { HealthTables } from './health';
import type { LetterTables } from './letters';
import type { LinkedDeviceTables } from './linkedDevices';
import type { MessageTables } from './messages';
import type { OccasionTables } from './occasions';
import type { RecordTables } from './records';
import type { ReplyTables } from './replies';
import type { RolloutTables } from './rollout';
import type { SegmentTables } from './segments';
import type { SenderTables } from './senders';
import type { ShopTables } from './shops';
import type { WhatsAppTables } from './whatsApp';

/** The tables as they are stored. Booleans are 0 or 1, days `YYYY-MM-DD`, instants ISO 8601 in UTC, JSON is text: the same on both databases. */
export interface Schema
	extends ShopTables,
		CustomerTables,
		RecordTables,
		ConsentTables,
		OccasionTables,
		MessageTables,
		LetterTables,
		CallTables,
		SenderTables,
		WhatsAppTables,
		LinkedDeviceTables,
		ReplyTables,
		DeskTables,
		SegmentTables,
		RolloutTables,
		HealthTables {}

/** What a query of all columns reads of a table. */
export type Row<Table extends keyof Schema> = Selectable<Schema[Table]>;
