import type { CrmItem, ItemMessage } from '../../lib/domain/item';
import type { NotReworded } from '../../lib/domain/rewording';
import type { Instant } from '../../lib/domain/time';
import { TextTooLong } from '../../lib/messages/compose';
import { healthDetails } from '../../lib/messages/healthLint';
import { hiddenBody } from '../../lib/messages/rewording/hidden';
import { nameOfModel, type LanguageModel } from '../../lib/messages/rewording/model';
import { notReworded } from '../../lib/messages/rewording/remarks';
import { rewordTexts, type RewordingSettings, type WantedRewording } from '../../lib/messages/rewording/reword';
import { smsLength } from '../../lib/messages/sms';
import type { Store } from '../../lib/store/open';
import type { WorkItem } from '../shared/items';
import { decisionOf, templateOf, variablesOf, type MessagePreview, type PreviewSettings, type WritingSettings } from './personalize';

type Text = ItemMessage | MessagePreview;

/** A message that was written for an item, or its preview. */
export interface Draft {
	entry: WorkItem;
	templateId: string;
	message: Text;
}

/** Writes the message of an item with another body: `personalize` or `previewMessage`. */
type Write = (store: Pick<Store, 'shop' | 'secret'>, item: CrmItem, templateId: string, settings: WritingSettings, body?: string) => Text;

export interface RewordedDrafts {
	drafts: Draft[];
	/** How often the model was asked. */
	calls: number;
}

/**
 * Has a language model word the messages anew. What it may not see stays here, and what it may not say is refused; a message that cannot be worded anew
 * stays as it was, and says why. Nothing is thrown.
 */
export async function rewordMessages(
	store: Pick<Store, 'shop' | 'secret'>, drafts: readonly Draft[], model: LanguageModel | undefined, write: Write, settings: PreviewSettings, rewording: RewordingSettings, now: Instant,
): Promise<RewordedDrafts> {
	const wanted = drafts.map(({ entry, templateId }) => wantedRewording(store, entry.item, templateId, settings));
	const { texts, calls } = await rewordTexts(wanted, model, rewording);
	const reworded = drafts.map((draft, place): Draft => {
		const text = texts[place];
		const message = 'reason' in text ? text : withBody(draft, text.body, () => write(store, draft.entry.item, draft.templateId, settings, text.body));
		if ('reason' in message) return { ...draft, message: keptAs(draft.message, message) };
		const changed = message.body !== draft.message.body;
		return { ...draft, message: changed ? { ...message, rewording: { original: draft.message.body, model: model && nameOfModel(model), at: now } } : draft.message };
	});
	return { drafts: reworded, calls };
}

function wantedRewording(store: Pick<Store, 'shop' | 'secret'>, item: CrmItem, templateId: string, settings: PreviewSettings): WantedRewording {
	const { channel } = decisionOf(store.shop, item, settings);
	const template = templateOf(store, item, channel, templateId, settings);
	const variables = variablesOf(item, store.shop, channel);
	return {
		hidden: hiddenBody(template, variables, store.shop.policy.modelMaySee),
		language: template.locale,
		formality: variables.customer.formality,
		mayHoldOffer: template.mayHoldOffer,
		channel,
		isFixed: channel === 'whatsapp' && template.whatsApp !== undefined,
	};
}

/** The message with the new body, or why it cannot leave so: values and words together must pass what each of them passed. */
function withBody({ message: before }: Draft, body: string, write: () => Text): Text | NotReworded {
	try {
		const after = write();
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
