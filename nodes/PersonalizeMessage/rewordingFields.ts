import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { RewordingSettings } from '../../lib/messages/rewording/reword';

const DEFAULTS = { atOnce: 3, patienceSeconds: 30, mostCalls: 100 };

export const REWORDING_FIELDS: INodeProperties[] = [
	{
		displayName: 'Reword with a Language Model',
		name: 'reword',
		type: 'boolean',
		default: false,
		description:
			'Whether a language model, plugged in below, words the texts anew. It sees them without names, dates and all else that is the customer\'s own, or that the shop does not let it see. What adds or loses anything is refused, and the template\'s text stays. The staff see the difference on the Desk.',
	},
	{
		displayName: 'Rewording Options',
		name: 'rewordingOptions',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: { reword: [true] } },
		options: [
			{
				displayName: 'Calls at the Same Time',
				name: 'atOnce',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 20, numberPrecision: 0 },
				default: 3,
				description: 'How many texts the model works on at the same time',
			},
			{
				displayName: 'Most Calls',
				name: 'mostCalls',
				type: 'number',
				typeOptions: { minValue: 0, numberPrecision: 0 },
				default: 100,
				description: 'How often the model is asked in one run. Texts that read the same without what is hidden are asked for once; the others stay as the template has them.',
			},
			{
				displayName: 'Patience',
				name: 'patienceSeconds',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 600, numberPrecision: 0 },
				default: 30,
				description: 'Seconds to wait for an answer',
			},
		],
	},
];

/** What the panel says of the rewording; the same for all items. */
export function rewordingSettings(context: IExecuteFunctions): RewordingSettings {
	const given = context.getNodeParameter('rewordingOptions', 0, {}) as Partial<typeof DEFAULTS>;
	const { atOnce, patienceSeconds, mostCalls } = { ...DEFAULTS, ...given };
	return { atOnce: Math.max(1, Number(atOnce) || 1), mostCalls: Number(mostCalls) || 0, patience: 1000 * (Number(patienceSeconds) || DEFAULTS.patienceSeconds), signal: context.getExecutionCancelSignal() };
}
