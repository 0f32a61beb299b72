import { ALL_PURPOSE_OPTIONS, CHANNEL_OPTIONS } from '../../../shared/options';

/** What a consent can be about, as the panels offer it. */
export const CHANNEL_CHOICES = [...CHANNEL_OPTIONS, { name: 'WhatsApp Linked Device', value: 'whatsappLinked' }];

/** The same for a record of the ledger, where a no may be about everything. */
export const CHANNELS_OR_ALL = [{ name: 'All (Only for a No)', value: 'any' }, ...CHANNEL_CHOICES];
export const PURPOSES_OR_ALL = [{ name: 'All but Service (Only for a No)', value: 'any' }, ...ALL_PURPOSE_OPTIONS];
