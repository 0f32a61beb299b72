import type { INodeProperties } from 'n8n-workflow';
import { CrmError } from '../../../../lib/domain/errors';
import { CLASS_OPTIONS } from '../../../shared/options';

/** The class of the messages that follow, as a field of an operation that makes occasions. */
export const classField: INodeProperties = {
	displayName: 'Class of the Messages',
	name: 'class',
	type: 'options',
	default: 'promotional',
	options: CLASS_OPTIONS,
	description: 'What the messages are for; decides the consent that they need',
};

/** @throws CrmError when the name cannot be part of an occasion's kind */
export function campaignName(label: string, given: unknown): string {
	const name = String(given ?? '').trim();
	if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return name;
	throw new CrmError(`${label} cannot be used as a name`, 'Use lower-case letters, digits and hyphens, for example second-pair.');
}
