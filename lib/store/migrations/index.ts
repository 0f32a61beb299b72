import type { DialectWords } from '../dialect';
import { firstPath } from './0001-first-path';
import { shopMemory } from './0002-shop-memory';
import { whoIsDue } from './0003-who-is-due';
import { shopSettings } from './0004-shop-settings';
import { contactRules } from './0005-contact-rules';
import { segmentWatches } from './0006-segment-watches';
import { ownTemplates } from './0007-own-templates';
import { channels } from './0008-channels';
import { rules } from './0009-rules';
import { sending } from './0010-sending';
import { replies } from './0011-replies';
import { whatsApp } from './0012-whatsapp';
import { letters } from './0013-letters';
import { calls } from './0014-calls';
import { shopLogo } from './0017-shop-logo';
import { bookingLink } from './0018-booking-link';
import { rewording } from './0019-rewording';
import { customerMessages } from './0020-customer-messages';
import { approve } from './0021-approve';
import { deskAccounts } from './0024-desk-accounts';
import { rollout } from './0025-rollout';
import { segmentGoals } from './0026-segment-goals';
import { customerWords } from './0027-customer-words';
import { messageHtml } from './0028-message-html';
import { linkedDevice } from './0029-linked-device';
import { sessionNames } from './0030-session-names';
import { rolloutDays } from './0031-rollout-days';
import { messageKind } from './0032-message-kind';
import { signsOfLife } from './0033-signs-of-life';
import { manyShops } from './0034-many-shops';
import { brakeCounts } from './0036-brake-counts';
import { lastFacts } from './0037-last-facts';

/** A numbered step of the store's schema. A released step never changes; what is needed later is a step of its own. */
export interface Migration {
	version: number;
	name: string;
	statements(words: DialectWords): string[];
}

export const MIGRATIONS: readonly Migration[] = [
	{ version: 1, name: 'first-path', statements: firstPath },
	{ version: 2, name: 'shop-memory', statements: shopMemory },
	{ version: 3, name: 'who-is-due', statements: whoIsDue },
	{ version: 4, name: 'shop-settings', statements: shopSettings },
	{ version: 5, name: 'contact-rules', statements: contactRules },
	{ version: 6, name: 'segment-watches', statements: segmentWatches },
	{ version: 7, name: 'own-templates', statements: ownTemplates },
	{ version: 8, name: 'channels', statements: channels },
	{ version: 9, name: 'rules', statements: rules },
	{ version: 10, name: 'sending', statements: sending },
	{ version: 11, name: 'replies', statements: replies },
	{ version: 12, name: 'whatsapp', statements: whatsApp },
	{ version: 13, name: 'letters', statements: letters },
	{ version: 14, name: 'calls', statements: calls },
	{ version: 17, name: 'shop-logo', statements: shopLogo },
	{ version: 18, name: 'booking-link', statements: bookingLink },
	{ version: 19, name: 'rewording', statements: rewording },
	{ version: 20, name: 'customer-messages', statements: customerMessages },
	{ version: 21, name: 'approve', statements: approve },
	{ version: 24, name: 'desk-accounts', statements: deskAccounts },
	{ version: 25, name: 'rollout', statements: rollout },
	{ version: 26, name: 'segment-goals', statements: segmentGoals },
	{ version: 27, name: 'customer-words', statements: customerWords },
	{ version: 28, name: 'message-html', statements: messageHtml },
	{ version: 29, name: 'linked-device', statements: linkedDevice },
	{ version: 30, name: 'session-names', statements: sessionNames },
	{ version: 31, name: 'rollout-days', statements: rolloutDays },
	{ version: 32, name: 'message-kind', statements: messageKind },
	{ version: 33, name: 'signs-of-life', statements: signsOfLife },
	{ version: 34, name: 'many-shops', statements: manyShops },
	{ version: 36, name: 'brake-counts', statements: brakeCounts },
	{ version: 37, name: 'last-facts', statements: lastFacts },
];

/** The schema version that this package reads and writes. */
export const SCHEMA_VERSION = MIGRATIONS[MIGRATIONS.length - 1].version;
