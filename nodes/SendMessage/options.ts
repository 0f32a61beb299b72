import type { INodeProperties } from 'n8n-workflow';

/** What can be set beside channels and operation. */
export const OPTIONS: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'At Once',
			name: 'parallel',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100 },
			default: 5,
			description: 'How many messages of a channel are under way at the same time. After a crash, at most so many are uncertain; from ten on, twice as many.',
		},
		{
			displayName: 'Attempts at Most',
			name: 'attempts',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 10 },
			default: 3,
			description: 'How often a message is tried that the provider has refused for now. Each wait is longer than the one before.',
		},
		{
			displayName: 'Most for Each Run',
			name: 'most',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 500,
			description: 'How many messages of a channel one execution sends at the most. The others stay approved.',
		},
		{
			displayName: 'Pace: Messages per Day',
			name: 'perDay',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: 'How many messages leave through one account or number on a day of the shop, over all executions and workers; 0: no limit',
		},
		{
			displayName: 'Pace: Messages per Minute',
			name: 'perMinute',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: 'How many messages leave through one account or number in a minute, evenly spread, over all executions and workers; 0: no limit',
		},
		{
			displayName: 'Pace: Messages per Second',
			name: 'perSecond',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 10,
			description: 'How many messages leave through one account or number in a second, over all executions and workers; 0: no limit. Unless it is set, each channel has its own usual pace.',
		},
		{
			displayName: 'Uncertain After (Minutes)',
			name: 'leaseMinutes',
			type: 'number',
			typeOptions: { minValue: 2, maxValue: 60 },
			default: 2,
			description: 'How long a sending may last before it counts as uncertain',
		},
	],
};
