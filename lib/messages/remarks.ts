import type { ItemMessage } from '../domain/item';
import { healthDetails } from './healthLint';
import { readingEase } from './readingEase';
import { renderMessage } from './render';
import { gsmSafe, smsLength } from './sms';
import type { Template } from './template';
import type { MessageVariables } from './values';

/** Something about a text that its writer should look at before it is sent to many. */
export interface Remark {
	code: 'SUBJECT_LONG' | 'PREHEADER_MISSING' | 'PREHEADER_LONG' | 'SMS_SEGMENTS' | 'TITLE_LONG' | 'PUSH_LONG' | 'HARD_TO_READ' | 'HEALTH_DETAIL' | 'NOT_PERSONAL' | 'NOT_REWORDED';
	remark: string;
}

/** What a phone shows of a subject and of the line after it; ours, for the usual mailboxes held upright. */
const SUBJECT_SHOWN = 60;
const PREHEADER_SHOWN = 90;
/** What a locked phone shows of a notification; ours. */
const TITLE_SHOWN = 45;
const PUSH_SHOWN = 150;
const EASY = 60;

/** What should be looked at in a message. Whether it may be sent is for the consent rules to say. */
export function remarksOn(message: Pick<ItemMessage, 'channel' | 'language' | 'subject' | 'preheader' | 'body' | 'text'>, isPersonal: boolean): Remark[] {
	const { channel, language, subject = '', preheader = '', body, text } = message;
	const remarks: Remark[] = [];
	const add = (code: Remark['code'], remark: string) => void remarks.push({ code, remark });
	if (channel === 'email') {
		if (subject.length > SUBJECT_SHOWN) add('SUBJECT_LONG', `The subject has ${subject.length} characters; a phone shows about ${SUBJECT_SHOWN}.`);
		if (preheader === '') add('PREHEADER_MISSING', 'There is no preheader: mailboxes show how the text begins.');
		if (preheader.length > PREHEADER_SHOWN) add('PREHEADER_LONG', `The preheader has ${preheader.length} characters; a phone shows about ${PREHEADER_SHOWN}.`);
	}
	if (channel === 'sms') {
		const { segments, encoding, outside } = smsLength(text);
		const safe = smsLength(gsmSafe(text)).segments;
		const dear = safe < segments ? ` Without ${outside.join(' ')} it would be ${safe}.` : '';
		if (segments > 1) add('SMS_SEGMENTS', `It is paid as ${segments} messages (${encoding}).${dear}`);
	}
	if (channel === 'push') {
		if (subject.length > TITLE_SHOWN) add('TITLE_LONG', `The title has ${subject.length} characters; a locked phone shows about ${TITLE_SHOWN}.`);
		if (body.length > PUSH_SHOWN) add('PUSH_LONG', `The text has ${body.length} characters; a locked phone shows about ${PUSH_SHOWN}.`);
	}
	const ease = readingEase(body, language);
	if (ease < EASY) add('HARD_TO_READ', `It reads hard (${ease} of 100): shorter sentences and words help.`);
	if (healthDetails(text).length > 0) add('HEALTH_DETAIL', 'It tells something of the reader\'s eyes, and would be blocked at the sending (rule 14).');
	if (!isPersonal) add('NOT_PERSONAL', 'It would read the same for everybody: nothing in it is about the customer.');
	return remarks;
}

/** Two people whom nobody is, so that what differs between their texts is what a text says of its reader. */
const SOMEBODY = { firstName: 'Quintilia', lastName: 'Zambelli' };
const SOMEBODY_ELSE = { firstName: 'Wolfango', lastName: 'Xausa' };

/** Whether a template says anything of its reader, be it only the name. */
export function isPersonal(template: Template, variables: MessageVariables): boolean {
	const [one, other] = [SOMEBODY, SOMEBODY_ELSE].map((name) => renderMessage(template, { ...variables, customer: { ...variables.customer, ...name } }));
	return one.subject !== other.subject || one.body !== other.body;
}
