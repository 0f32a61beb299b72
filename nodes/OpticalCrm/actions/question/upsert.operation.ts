import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { CrmError } from '../../../../lib/domain/errors';
import type { Language } from '../../../../lib/domain/glossary';
import { fold } from '../../../../lib/domain/text';
import { QUESTION_PLACES } from '../../../../lib/replies/questions';
import { saveQuestion } from '../../../../lib/store/replies/frequentQuestions';
import { now } from '../../../shared/clock';
import { LANGUAGE_OPTIONS } from '../../../shared/options';
import { storeOf } from '../../../shared/store';
import { answersOf } from '../customer/customerField';

export const option = {
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update a frequent question',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
};

export const fields: INodeProperties[] = [
	{ displayName: 'Name', name: 'name', type: 'string', default: '', required: true, placeholder: 'e.g. parking', description: 'With the name of one of the package (hours, address, order, phone, website) it takes the place of that one' },
	{ displayName: 'Language', name: 'language', type: 'options', options: LANGUAGE_OPTIONS, default: 'it' },
	{
		displayName: 'How It Is Asked',
		name: 'phrases',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. parcheggi*, posto auto',
		description: 'Words of which one is enough, separated by commas. A * at the end stands for any ending.',
	},
	{
		displayName: 'Answer',
		name: 'answer',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		description: 'What is proposed to the staff. It may hold {hours}, {address}, {phone}, {website} and {order} (where the customer\'s order stands).',
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	for (let index = 0; index < context.getInputData().length; index++) {
		try {
			const text = (name: string) => String(context.getNodeParameter(name, index)).trim();
			const question = { name: text('name'), language: text('language') as Language, phrases: phrasesOf(text('phrases')), answer: text('answer') };
			checkQuestion(question);
			await saveQuestion(store, question, now());
			answers.output[index] = { json: { ...question }, pairedItem: { item: index } };
		} catch (error) {
			answers.fail(index, error);
		}
	}
	return [answers.output];
}

/** Folded as replies are when they are read. */
function phrasesOf(text: string): string[] {
	return text.split(',').map((phrase) => fold(phrase) + (phrase.trim().endsWith('*') ? '*' : '')).filter((phrase) => /[\p{L}\p{N}]/u.test(phrase));
}

function checkQuestion({ name, phrases, answer }: { name: string; phrases: string[]; answer: string }): void {
	if (name === '' || phrases.length === 0 || answer === '') throw new CrmError('The question has no name, no words or no answer', 'Fill in Name, How It Is Asked and Answer.');
	const unknown = [...answer.matchAll(/\{(\w*)\}/g)].map(([, place]) => place).filter((place) => !(QUESTION_PLACES as readonly string[]).includes(place));
	if (unknown.length > 0) throw new CrmError(`The answer holds {${unknown[0]}}, which is none of the places`, `Use one of ${QUESTION_PLACES.map((place) => `{${place}}`).join(', ')}, or words.`);
}
