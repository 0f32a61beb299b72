import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { CrmError } from '../../../../lib/domain/errors';
import { isLocalDate, startOfLocalDay, type Instant } from '../../../../lib/domain/time';
import { phones } from '../../../../lib/imports/fields/phone';
import { recordRpoChecks, type RpoCheck } from '../../../../lib/store/rpo';
import type { Shop } from '../../../../lib/domain/shop';
import { now } from '../../../shared/clock';
import { storeOf } from '../../../shared/store';
import { answersOf } from '../customer/customerField';

export const option = {
	name: 'Record RPO Checks',
	value: 'recordRpoChecks',
	action: 'Record checks of the opposition register',
	description: 'Keep what the Registro Pubblico delle Opposizioni answered about phone numbers, one for each item',
};

export const fields: INodeProperties[] = [
	{ displayName: 'Number', name: 'number', type: 'string', default: '', required: true, placeholder: 'e.g. +393331234567' },
	{
		displayName: 'Result',
		name: 'result',
		type: 'options',
		options: [
			{ name: 'Listed', value: 'listed', description: 'The register holds the number: no promotional calls' },
			{ name: 'Not Listed', value: 'notListed' },
		],
		default: 'listed',
	},
	{
		displayName: 'Checked At',
		name: 'checkedAt',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-11-22',
		description: 'The day, or the moment with its time zone, of the check; now when empty. Of a day only, the check counts from its beginning.',
	},
	{ displayName: 'Enrolled On', name: 'enrolledOn', type: 'string', default: '', placeholder: 'e.g. 2024-05-31', description: 'The day on which the number was enrolled, where it is known' },
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	const at = now();
	const checks: RpoCheck[] = [];
	for (let index = 0; index < context.getInputData().length; index++) {
		try {
			const given = (name: string) => String(context.getNodeParameter(name, index, '') ?? '').trim();
			const check = readCheck(store.shop, given, at);
			checks.push(check);
			const { checkedAt, result } = check;
			answers.output[index] = { json: { status: 'recorded', result, checkedAt } as IDataObject, pairedItem: { item: index } };
		} catch (error) {
			answers.fail(index, error);
		}
	}
	await recordRpoChecks(store, checks);
	return [answers.output];
}

function readCheck({ country, timeZone }: Shop, given: (name: string) => string, at: Instant): RpoCheck {
	const { values } = phones(given('number'), country);
	if (values.length !== 1) throw new CrmError('The number of a check is no phone number', 'Give one number, for example +393331234567.');
	const result = given('result');
	if (result !== 'listed' && result !== 'notListed') throw new CrmError('The result of a check is unknown', 'Use listed or notListed.');
	const enrolledOn = given('enrolledOn') || undefined;
	if (enrolledOn && !isLocalDate(enrolledOn)) throw new CrmError('The day of the enrolment is no calendar day', 'Write it as YYYY-MM-DD, or leave it empty.');
	const text = given('checkedAt');
	// Noon in UTC is on the same day in every zone that a shop is in.
	const checkedAt = text === '' ? at : isLocalDate(text) ? startOfLocalDay(`${text}T12:00:00.000Z`, timeZone) : readInstant(text);
	if (!checkedAt || checkedAt > at) throw new CrmError('The time of a check is no day or moment of the past', 'Write 2026-11-22, or 2026-11-22T10:30:00+01:00 with its time zone.');
	return { number: values[0].e164, checkedAt, result, enrolledOn };
}

function readInstant(text: string): Instant | undefined {
	return /T.*(Z|[+-]\d{2}:?\d{2})$/.test(text) && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : undefined;
}
