import type { INodeProperties } from 'n8n-workflow';

/** Which column fills which field: guessed from the headings at each run, or chosen field by field. */
export const columnFields: INodeProperties[] = [
	{
		displayName: 'First Line of the File',
		name: 'firstLine',
		type: 'string',
		default: '',
		placeholder: 'e.g. Codice;Cognome;Nome;Data di nascita',
		displayOptions: { show: { source: ['file'], 'columns.mappingMode': ['defineBelow'] } },
		hint: 'Paste it to choose from its headings below, where the known ones are filled in then',
		description: 'The editor cannot look into the file. The line also stands in the Summary of an import, as headings.',
	},
	{
		// Resolved by the editor, which knows the input; never at a run.
		displayName: 'Item Headings',
		name: 'itemHeadings',
		type: 'hidden',
		default: '={{ Object.keys($json) }}',
		displayOptions: { show: { source: ['items'] } },
	},
	{
		displayName: 'Columns',
		name: 'columns',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'autoMapInputData', value: null },
		required: true,
		description: 'Which heading fills which field',
		typeOptions: {
			// Not the item headings: another input would throw away what somebody has corrected.
			loadOptionsDependsOn: ['source', 'firstLine'],
			resourceMapper: {
				resourceMapperMethod: 'importFields',
				mode: 'add',
				valuesLabel: 'Headings',
				fieldWords: { singular: 'field', plural: 'fields' },
				addAllFields: true,
				multiKeyMatch: false,
				refreshStaleSchemaOnOpen: true,
			},
		},
	},
	{
		displayName: 'Headings are recognised in Italian and English, in any spelling that shop programs use. The Summary tells which heading was taken for which field, and which were not recognised; map the columns manually to correct that.',
		name: 'guessNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { 'columns.mappingMode': ['autoMapInputData'] } },
	},
	{
		displayName: 'Only the fields below are imported. Each takes the name of a heading; with input items also an expression, worked out for each item.',
		name: 'manualNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { 'columns.mappingMode': ['defineBelow'] } },
	},
];
