import type { ItemMessage } from '../../lib/domain/item';
import type { NotReworded } from '../../lib/domain/rewording';
import type { Shop } from '../../lib/domain/shop';
import type { Instant } from '../../lib/domain/time';
import { TextTooLong } from '../../lib/messages/compose';
import { healthDetails } from '../../lib/messages/healthLint';
import { hiddenBody } from '../../lib/messages/rewording/hidden';
import { nameOfModel, type LanguageModel } from '../../lib/messages/rewording/model';
import { notReworded } from '../../lib/messages/rewording/remarks';
import { rewordTexts, type RewordingSettings, type WantedRewording } from '../../lib/messages/rewording/reword';
import { smsLength } from '../../lib/messages/sms';
import type { WorkItem } from '../shared/items';
import type { MessagePreview, Writing } from '../shared/personalize';

type Text = ItemMessage | MessagePreview;

/** A message that was written for an item, or its preview. */
export interface Draft {
	entry: WorkItem;
	writing: Writing;
	message: Text;
}

export interface RewordedDrafts {
	drafts: Draft[];
	/** How often the model was asked. */
	calls: number;
}

/**
 * Has a language model word the messages anew. What it may not see stays here, and what it may not say is refused; a message that cannot be worded anew
 * stays as it was, and says why. Nothing is thrown.
 */
export async function rewordMessages(shop: Shop, drafts: readonly Draft[], model: LanguageModel | undefined, settings: RewordingSettings, now: Instant): Promise<RewordedDrafts> {
	const { texts, calls } = await rewordTexts(drafts.map(({ writing }) => wantedRewording(shop, writing)), model, settings);
	const name = model && nameOfModel(model);
	return { drafts: drafts.map((draft, place) => ({ ...draft, message: reworded(draft, texts[place], name, now) })), calls };
}

function wantedRewording({ policy }: Shop, { template, variables, channel }: Writing): WantedRewording {
	return {
		hidden: hiddenBody(template, variables, policy.modelMaySee),
		language: template.locale,
		formality: variables.customer.formality,
		mayHoldOffer: template.mayHoldOffer,
		channel,
		isFixed: channel === 'whatsapp' && template.whatsApp !== undefined,
	};
}

function reworded(draft: Draft, text: { body: string } | NotReworded, model: string | undefined, at: Instant): Text {
	const { message: before } = draft;
	const after = 'reason' in text ? text : withBody(draft, text.body);
	if ('reason' in after) return keptAs(before, after);
	return after.body === before.body ? before : { ...after, rewording: { original: before.body, model, at } };
}

/** The message with the new body, or why it cannot leave so: values and words together must pass what each of them passed. */
function withBody({ message: before, writing }: Draft, body: string): Text | NotReworded {
	try {
		const after = writing.write(body);
		if (after.channel === 'sms' && smsLength(after.text).segments > smsLength(before.text).segments) return notReworded('SMS_SEGMENTS');
		return healthDetails(body).length > healthDetails(before.body).length ? notReworded('HEALTH_DETAIL') : after;
	} catch (error) {
		return notReworded(error instanceof TextTooLong ? 'CHANNEL_LIMIT' : 'INCOMPLETE');
	}
}

function keptAs(message: Text, why: NotReworded): Text {
	const kept = { ...message, notReworded: why };
	return 'remarks' in kept ? { ...kept, remarks: [...kept.remarks, { code: 'NOT_REWORDED', remark: why.remark }] } : kept;
}
