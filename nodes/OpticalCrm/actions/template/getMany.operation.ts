import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { readTemplateFile, templateFiles } from '../../../../lib/messages/files';
import { listTemplates } from '../../../../lib/messages/load';
import { ownTemplates } from '../../../../lib/store/ownTemplates';
import { storeOf } from '../../../shared/store';

export const option = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many templates',
	description: 'Get the templates with their texts, as they stand: those of the package, and the shop\'s own in their place. It runs once, whatever the number of items.',
};

export const fields: INodeProperties[] = [];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const own = await ownTemplates(await storeOf(context));
	const versions = new Map(listTemplates().map(({ file, version }) => [file, version]));
	const ours = templateFiles()
		.filter(({ id, channel, language }) => !own.some((each) => each.id === id && each.channel === channel && each.language === language))
		.map(({ id, channel, language, file }) => ({ id, channel, language, version: versions.get(`templates/${file}`), source: readTemplateFile(file), own: false }));
	const all = [...own.map((each) => ({ ...each, own: true })), ...ours].sort((one, other) => key(one).localeCompare(key(other)));
	const pairedItem = context.getInputData().map((_, item) => ({ item }));
	return [all.map((template) => ({ json: { ...template } as IDataObject, pairedItem }))];
}

function key({ id, channel, language }: { id: string; channel: string; language: string }): string {
	return `${id} ${channel} ${language}`;
}
