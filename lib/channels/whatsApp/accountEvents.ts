import type { TemplateEvent } from '../../domain/inbound';
import { limitOf } from '../../domain/whatsApp';
import { fields, text } from './inboundText';

type Told = Omit<TemplateEvent, 'kind' | 'channel' | 'eventId' | 'account' | 'at'>;

/** Template events that say something else than the state that the template is in. */
const STATE_AFTER = new Map([['REINSTATED', 'APPROVED'], ['UNARCHIVED', 'APPROVED']]);
/** What was told of a number before the limits went over to the portfolio; still read where an older version is pinned. */
const QUALITY_AFTER = new Map([['FLAGGED', 'RED'], ['UNFLAGGED', 'GREEN']]);
/** Marks on a template that leave its state as it is. */
const ONLY_MARKS = ['FLAGGED', 'LOCKED', 'UNLOCKED', 'LIMIT_EXCEEDED'];
/** Account events after which the account does not send, or no longer as before; all others are about partners, prices and terms. */
const ACCOUNT_STATES = ['ACCOUNT_DELETED', 'ACCOUNT_VIOLATION', 'ACCOUNT_RESTRICTION', 'DISABLED_UPDATE'];

/**
 * What a change of templates or account tells; undefined for what nobody here needs.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/<field>
 * @param field what was subscribed to, such as `message_template_status_update`
 */
export function changeTold(field: string, value: Record<string, unknown>): Told | undefined {
	const template = { name: text(value.message_template_name), language: languageOf(text(value.message_template_language)) };
	// Meta's own example of a change of quality comes under the name of the change of state.
	if (template.name && value.new_quality_score !== undefined) return { ...template, quality: text(value.new_quality_score) };
	switch (field) {
		case 'message_template_status_update': {
			const event = text(value.event);
			if (!template.name || !event) return undefined;
			const category = text(value.message_template_category);
			const state = ONLY_MARKS.includes(event) ? undefined : (STATE_AFTER.get(event) ?? event);
			return { ...template, ...(state && { state }), ...(event === 'FLAGGED' && { quality: 'RED' }), ...(category && { category }) };
		}
		case 'template_category_update':
			return template.name && value.new_category ? { ...template, category: text(value.new_category) } : undefined;
		case 'phone_number_quality_update':
		case 'business_capability_update': {
			const throughputOnly = text(value.event) === 'THROUGHPUT_UPGRADE' && value.max_daily_conversations_per_business === undefined;
			const limit = throughputOnly ? undefined : limitOf(value.max_daily_conversations_per_business ?? value.current_limit ?? value.max_daily_conversation_per_phone);
			const quality = QUALITY_AFTER.get(text(value.event));
			return limit === undefined && !quality ? undefined : { ...(limit !== undefined && { limit }), ...(quality && { quality }) };
		}
		case 'account_update': {
			const event = text(value.event);
			if (!ACCOUNT_STATES.includes(event)) return undefined;
			return { state: text(fields(value.ban_info).waba_ban_state) || event };
		}
		default:
			return undefined;
	}
}

/** Webhooks write `en-US` where the rest of the API writes `en_US`. */
function languageOf(code: string): string {
	return code.replace('-', '_');
}
