import { CrmError } from '../../../lib/domain/errors';
import type { Channel } from '../../../lib/domain/glossary';
import type { CrmItem, ItemMessage } from '../../../lib/domain/item';
import type { Store } from '../../../lib/store/open';
import { dueBirthdayItems } from '../../../nodes/BirthdayDueTrigger/dueBirthdays';
import { usualTriggers, type DueTrigger } from '../../../nodes/OpticalCrm/actions/shop/forecast/kinds';
import { placeholders } from '../../../nodes/OpticalCrm/actions/shop/forecast/placeholder';
import { dueItem, findDue } from '../../../nodes/shared/due';
import { personalize } from '../../../nodes/shared/personalize';
import { planContacts } from '../../../nodes/shared/planContacts';
import { gateItems } from '../../../nodes/RolloutGate/gateItems';
import { NOW } from '../shopOfSize';

const AT_ONCE = { leaseMinutes: 60, mostPerPoll: 500, olderDays: 0 };
const CLAIM = { claim: true };

/** What a shop's night came to. */
export interface Night {
	due: number;
	/** Messages that wait for the staff. */
	messages: number;
}

/** A shop's night: all triggers poll, and what they hand out goes through gate, consent check and texts to the queue; with the code of the nodes. */
export async function night(store: Store): Promise<Night> {
	const found: Night = { due: 0, messages: 0 };
	for (const trigger of usualTriggers(store.shop.timeZone)) {
		const items = await itemsOf(store, trigger);
		const open = (await gateItems(store, items, 0.1, NOW)).flatMap((answer, position): CrmItem[] => (answer instanceof CrmError || answer.held !== undefined ? [] : [{ ...items[position], occasion: answer.occasion }]));
		const planned = await planContacts(store, open, { channelsOf: ({ by }): Channel[] => (by === 'call' ? ['call'] : ['email', 'sms']), approvalOf: () => 'staff', write: writer(store) }, NOW);
		found.due += items.length;
		found.messages += planned.filter(({ message }) => message !== undefined).length;
	}
	return found;
}

async function itemsOf(store: Store, { name, kinds, restDays }: DueTrigger): Promise<CrmItem[]> {
	if (name === 'birthday') return await dueBirthdayItems(store, { belatedDays: 3, earlyDays: 0, ...AT_ONCE }, CLAIM, NOW);
	const { found, today } = await findDue(store, kinds, { ...AT_ONCE, restDays }, CLAIM, NOW);
	return found.map((occasion) => dueItem(occasion, kinds.find(({ kind }) => kind === occasion.kind) as DueTrigger['kinds'][number], today));
}

/** Where the package has no text, the contact is made without one. */
function writer(store: Store): (item: CrmItem) => ItemMessage | CrmError {
	const placeholder = placeholders(store);
	return (item) => {
		try {
			return personalize(store, item, '');
		} catch (error) {
			if (error instanceof CrmError) return placeholder(item);
			throw error;
		}
	};
}
