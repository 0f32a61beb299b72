import { sql } from 'kysely';
import type { Channel, Language } from '../domain/glossary';
import { OWN_VERSIONS_FROM, type OwnTemplate } from '../domain/ownTemplate';
import type { Instant } from '../domain/time';
import type { Store } from './open';

type Shop = Pick<Store, 'db' | 'shop'>;
/** Which template is meant. */
export type TemplateKey = Pick<OwnTemplate, 'id' | 'channel' | 'language'>;

interface Row {
	template_id: string;
	channel: string;
	language: string;
	version: number;
	source: string | null;
}

/** The shop's own templates as they stand, in one query: of each the last version, where that is a text. */
export async function ownTemplates({ db, shop }: Shop): Promise<OwnTemplate[]> {
	const { rows } = await sql<Row>`
		select template_id, channel, language, version, source from own_templates as own where shop_id = ${shop.id} and source is not null
			and version = (select max(version) from own_templates where shop_id = ${shop.id} and template_id = own.template_id and channel = own.channel and language = own.language)
		order by template_id, channel, language`.execute(db);
	return rows.map(toTemplate);
}

/**
 * Adds a version of an own template; without a source, one that gives the place back to the package's own. The same text as before adds none.
 * @param who who wrote it
 * @returns the version that holds now
 */
export async function saveOwnTemplate({ db, shop }: Shop, { id, channel, language }: TemplateKey, source: string | null, who: string, now: Instant): Promise<number> {
	return await db.transaction().execute(async (transaction) => {
		const { rows } = await sql<Row>`select template_id, channel, language, version, source from own_templates
			where shop_id = ${shop.id} and template_id = ${id} and channel = ${channel} and language = ${language} order by version desc limit 1`.execute(transaction);
		const [last] = rows;
		if (last ? last.source === source : source === null) return last?.version ?? 0;
		const version = last ? last.version + 1 : OWN_VERSIONS_FROM;
		await sql`insert into own_templates (shop_id, template_id, channel, language, version, source, who, created_at)
			values (${shop.id}, ${id}, ${channel}, ${language}, ${version}, ${source}, ${who}, ${now})`.execute(transaction);
		return version;
	});
}

function toTemplate({ template_id: id, channel, language, version, source }: Row): OwnTemplate {
	return { id, channel: channel as Channel, language: language as Language, version, source: source as string };
}
