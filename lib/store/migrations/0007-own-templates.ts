import type { DialectWords } from '../dialect';

/** The shop's own templates, every version of them: a message that was sent can always be traced to its text. */
export function ownTemplates({ id, tableOptions, appendOnly }: DialectWords): string[] {
	return [
		`create table own_templates (
			id ${id},
			shop_id integer not null references shops (id),
			template_id text not null,
			channel text not null,
			language text not null,
			version integer not null,
			source text,
			who text not null,
			created_at text not null
		) ${tableOptions}`,
		'create unique index own_templates_version on own_templates (shop_id, template_id, channel, language, version)',
		...appendOnly('own_templates'),
	];
}
