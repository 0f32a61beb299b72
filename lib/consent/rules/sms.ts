import type { Rule } from '../rule';

/** What an alias may look like; the shop enters it only when AGCOM's register has it. */
const ALIAS = /^[A-Za-z0-9 ]{1,11}$/;

/** Nobody can answer an alias: that the text offers another way to refuse is rule 4. */
export const aliasUnregistered: Rule = {
	id: 'R40',
	title: 'SMS come from a name of at most 11 characters that is registered with AGCOM',
	source: 'RULES 40; AGCOM, register of aliases',
	mark: 'law',
	settings: ['smsAlias'],
	reason: 'ALIAS_UNREGISTERED',
	check: ({ channel, shop: { smsAlias } }) => (channel === 'sms' && !ALIAS.test(smsAlias ?? '') ? { alias: smsAlias !== undefined } : undefined),
};
