import type { INodeProperties } from 'n8n-workflow';

const CHOSEN = { mapping: ['chosen'] };

/**
 * Which column fills which field. The mapper's own automatic mode is not offered: n8n tells people there that the input must be named
 * exactly like the fields, and here it need not.
 */
export const columnFields: INodeProperties[] = [
	{
		displayName: 'Columns',
		name: 'mapping',
		type: 'options',
		default: 'guessed',
		options: [
			{
				name: 'Recognised by Their Headings',
				value: 'guessed',
				description: 'Italian and English headings in the spellings of many shop programs. The Summary tells which heading was taken for which field, and which were not recognised.',
			},
			{ name: 'Chosen Field by Field', value: 'chosen', description: 'Only the fields that you give a heading are imported; the recognised headings are filled in to begin with' },
		],
	},
	{
		displayName: 'First Line of the File',
		name: 'firstLine',
		type: 'string',
		default: '',
		placeholder: 'e.g. Codice;Cognome;Nome;Data di nascita',
		displayOptions: { show: { ...CHOSEN, source: ['file'] } },
		hint: 'Paste it to choose from its headings below. It also stands in the Summary of an import, as headings.',
		description: 'The editor cannot look into the file. Without the line, type the headings below.',
	},
	{
		// Resolved by the editor, which knows the input; never at a run.
		displayName: 'Item Headings',
		name: 'itemHeadings',
		type: 'hidden',
		default: '={{ Object.keys($json) }}',
		displayOptions: { show: { ...CHOSEN, source: ['items'] } },
	},
	{
		displayName: 'Fields',
		name: 'columns',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		required: true,
		displayOptions: { show: CHOSEN },
		typeOptions: {
			// Not the item headings: another input would throw away what somebody has corrected.
			loadOptionsDependsOn: ['source', 'firstLine'],
			resourceMapper: {
				resourceMapperMethod: 'importFields',
				mode: 'add',
				supportAutoMap: false,
				valuesLabel: 'Heading of Each Field',
				fieldWords: { singular: 'field', plural: 'fields' },
				addAllFields: true,
				multiKeyMatch: false,
				refreshStaleSchemaOnOpen: true,
			},
		},
	},
	{
		displayName: 'A field may also be an expression, worked out for each item: drag a column of the input onto it.',
		name: 'expressionNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { ...CHOSEN, source: ['items'] } },
	},
];
