import type { INodeProperties, NodeHint } from 'n8n-workflow';

/** How long the workflow has to decide; the same wherever occasions are handed out. */
export const LEASE_FIELD: INodeProperties = {
	displayName: 'Lease (Minutes)',
	name: 'leaseMinutes',
	type: 'number',
	typeOptions: { minValue: 5, maxValue: 1440 },
	default: 60,
	description: 'How long the workflow may take to decide on an occasion. One that ends in no message and no recorded decision by then comes again, at most three times.',
};

/** With the e-mail of each, about four megabytes in all of an execution: n8n holds it in memory, and sends it between its processes. */
export const MOST_PER_POLL = 250;

export const MOST_PER_POLL_FIELD: INodeProperties = {
	displayName: 'Most for Each Poll',
	name: 'mostPerPoll',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 5000 },
	default: MOST_PER_POLL,
	description: 'How many customers one execution gets at the most. The others come with the next poll. With an e-mail for each, n8n holds about 15 KB of run data for one.',
};

export const OLDER_FIELD: INodeProperties = {
	displayName: 'Older at the Start (Days)',
	name: 'olderDays',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 1095 },
	default: 0,
	description:
		'When a kind is switched on for the first time, what was due in so many days before comes too. With 0 it begins with what is due from that day on, and Optical CRM > Shop > Get and the log tell how many older ones were left out. Later changes have no effect.',
};

/** So that nobody is surprised by the first day. */
export const FIRST_DAY_HINT: NodeHint = {
	message: 'A kind that is looked for the first time begins with what is due from that day on: years of history do not flood the shop. How many older ones it leaves out is told by Optical CRM > Shop > Get; Forecast shows what is coming.',
	type: 'info',
	location: 'outputPane',
	whenToDisplay: 'beforeExecution',
};
