import type { Channel, Language } from './glossary';

/** Versions of a shop's own templates are counted from here, those of the package from 1: a message tells from its version which of them it was made from. */
export const OWN_VERSIONS_FROM = 10_001;

/** A shop's own text of a template; it takes the place of the package's one of the same id, channel and language. */
export interface OwnTemplate {
	id: string;
	channel: Channel;
	language: Language;
	/** From `OWN_VERSIONS_FROM` up, one more for each change. */
	version: number;
	/** Front matter and text, as in the files of the package; the version in it is not read. */
	source: string;
}
