import { remembered } from '../domain/remember';
import { CONDITIONS, GENERAL, NOT_BY_NAME } from './healthWords';

/** What a text tells of somebody's eyes. Source: RULES 14. */
export type HealthDetail = 'refraction' | 'acuity' | 'diagnosis' | 'placeholder';

/** A health detail in a text, by its place: the words themselves go into no log. */
export interface HealthFinding {
	detail: HealthDetail;
	/** Position of the first character. */
	at: number;
	length: number;
}

/* The patterns stand without accents: so do the texts that they are held against, and so every letter is a word's letter to them. */

/** A pattern for texts without accents: the conditions of the eye, in Italian and English. */
export const CONDITION = CONDITIONS.join('|');
/** Words between "your" and the condition: "la sua lieve, recente miopia". */
const FEW_WORDS = "(?:[\\w'’-]+,? ){0,3}?";

/** Ways to say that the reader has the condition, and not to speak of it in general. */
const DIAGNOSES = [
	`\\b(?:su[ao]|suoi|sue|tu[ao]|tuoi|tue|vostr[aoie]|your) ${FEW_WORDS}(?:${CONDITION})`,
	`\\b(?:diagnos\\w+|riscontr\\w+|rilevat\\w+|trovat\\w+|notat\\w+|noticed|refert\\w+|sospett\\w+|peggior\\w+|progredi\\w+|operat[oa]|operazione|intervento|detected|found|suspect\\w*|worsen\\w*|progress(?:ed|ing)|operated|surgery)\\b[^.!?\\n]{0,60}?\\b(?:${CONDITION})`,
	`\\b(?:${CONDITION})\\b[^.!?\\n]{0,40}?\\b(?:e|sono|risulta\\w*|appare|is|are|has|have|was|seems)(?: (?:un po[’']?|molto|leggermente|slightly|much))? (?:peggior\\w+|aument\\w+|stabil\\w+|progred\\w+|diminui\\w+|migliorat\\w+|salit\\w+|alt[ao]|worse\\w*|increas\\w+|stable|progress\\w+|improv\\w+|risen|higher|high|elevated)`,
	`\\b(?:${CONDITION})\\b[^.!?\\n]{0,40}?\\b(?:detected|found|suspected|diagnosed|diagnosticat[oa]|riscontrat[oa]|rilevat[oa]|sospett[oa])`,
	`(?<!\\b(?:chi|who) )\\b(?:soffr[ei]|affett[oa]|ammalat[oa]|suffer(?:s|ing)?|diagnosed|living) (?:di|da|del|dal|with|from) (?:\\w+ )?(?:${CONDITION})`,
	`\\b(?<!chi )(?:lei e|tu sei|sei|essendo|in quanto|poiche e|dato che e|visto che e|you are|you're|you’re|since you are|being|as a|as an) ${FEW_WORDS}(?:${CONDITION})`,
	`\\b(?<!chi )(?:lei ha|hai|avendo|you have|you've got|you’ve got|having) ${FEW_WORDS}(?:${CONDITION})`,
	`\\b(?:paziente|patient) (?:con|with) (?:${CONDITION})`,
	`\\b(?:${CONDITION})\\b[^.!?\\n]{0,30}?\\b(?:come (?:lei|te|voi)|like you)\\b`,
	`\\b(?:${CONDITION}) (?:operation|surgery)`,
	`\\b(?:pressione|pressure)\\b[^.!?\\n]{0,20}?\\b(?:occhio|occhi|eyes?)\\b[^.!?\\n]{0,10}?\\b(?:e|era|is|was)\\b[^.!?\\n]{0,12}?(?:alt[ao]|high|elevated|\\d)`,
	'\\b(?:retin[ae]s?|corne[ae]s?|cristallin[oi]|macul[ae]|nervo ottico|palpebr[ae]|campo visivo|optic nerve|eyelids?|visual field)\\b[^.!?\\n]{0,40}?\\b(?:irritat|sottil|opac|cicatri|infiamm|gonfi|arross|deficit|danneggi|thin|scar|swollen|inflam|damag|controllat|checked)\\w*',
	'\\b(?:su[ao]|tua|vostra|your|the) (?:gradazione|prescrizione|correzione|vista|visus|prescription|correction|eyesight|sight)\\b[^.!?\\n]{0,20}? (?:e|has|is|sta) [^.!?\\n]{0,12}?(?:aumenta|cambia|peggiora|diminui|cala|scend|sces|sali|stronger|weaker|chang|increas|worse|dropp|gone up)\\w*',
	'\\b(?:la|your) (?:vista|sight) (?:e|has) (?:calat|peggiorat|sces|dropped|worsened)\\w*',
	'\\b(?:gradazione|correzione|prescription|correction) (?:piu |much |a bit )?(?:forte|alta|debole|stronger|weaker)\\b|\\b(?:stronger|weaker|higher) (?:prescription|correction)\\b',
	`\\b(?:occhio|occhi|sinistro|destro|eyes?)\\b[^.!?\\n]{0,20}?\\b(?:non vede|vede(?:va)? (?:poco|male|meno|peggio)|hardly sees?|(?:does not|doesn[’']t) see|sees (?:little|badly|less))\\b`,
	`\\b(?:fatto il|operat[oa] (?:al|con il|di)|dopo il|intervento (?:al|con il)) laser\\b|\\b(?:laser|eye) (?:operation|surgery)\\b|\\b(?:intervento|operazione|operat[oa]) (?:agli occhi|all[’']occhio)`,
	`\\b(?:cerott[oi]|bend[ae]|bendaggio)\\b[^.!?\\n]{0,20}?\\bocchio\\b|\\bpatch(?:ing)?\\b[^.!?\\n]{0,20}?\\beye\\b|\\beye patch\\b`,
	'\\bvede (?:meno|peggio) di prima\\b(?![^.!\\n]*\\?)',
];

/** A condition by its name, in a sentence that says nothing general: of whom should it be told but of the reader, or of the reader's family? */
const NAMED = new RegExp(`\\b(?:${CONDITIONS.filter((stem) => !NOT_BY_NAME.test(stem)).join('|')})\\b`, 'giu');

const QUARTERS = '[+−–-]? ?\\d{1,2}[,.](?:00|25|50|75|5|0)\\b';
const SIGNED = '[+−–-] ?\\d{1,2}(?:[,.]\\d{1,2})?\\b';
/** A number as only prescriptions have it. */
const STRENGTH = '[+−–-] ?\\d{1,2}[,.](?:00|25|50|75)';
const REFRACTION_WORD = 'diottri[ae]|gradazion[ei]|sfer[ao]|sferic[oa]|cilindr[oa]|cilindric[ao]|addizion[ei]|add|prescrizione|ricetta|correzione|potere|dioptres?|diopters?|prescription|pwr|sphere|sph|sf|cylinder|cyl|cil|correction|power|addition|lens power';
const NUMBER = 'mezza|una|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|half a|one|two|three|four|five|six|seven|eight|nine|ten';
const NOT_PRICE = '(?! ?(?:%|€|euro|eur\\b|£|\\$|anni|years|giorni|days|mm|ml))';

/** Numbers of a prescription. Ranges of a product ("from +1.00 to +3.50") are nobody's own. */
const REFRACTIONS = [
	`\\b(?:${REFRACTION_WORD})\\b\\.?(?! (?:da|dalle|from|fra|between) )[^.!?\\n\\d%€£$]{0,40}?(?:${SIGNED}|${QUARTERS})${NOT_PRICE}`,
	`(?<!\\d)(?:${SIGNED}|${QUARTERS}|\\d{1,2}(?:[,.]\\d{1,2})?|\\b(?:${NUMBER})) ?(?:diottri[ae]|dioptres?|diopters?)\\b`,
	`\\b(?:od|os|oo|ou|o\\.d\\.|o\\.s\\.|occhio (?:destro|sinistro)|(?:right|left) eye|dx|sx|sin)\\b[^.!?\\n\\d]{0,25}?(?:${SIGNED}|${QUARTERS})${NOT_PRICE}`,
	`\\b(?:${REFRACTION_WORD})\\b(?! (?:da|from) )[^.!?\\n%€£$]{0,40}?${STRENGTH}\\b${NOT_PRICE}`,
	`(?<!\\d ?|(?:da|from|a|to|sconto) |[€£$] ?)${STRENGTH}(?![\\d.,]*\\d)${NOT_PRICE}(?! (?:a|to|di sconto|off)\\b)`,
	`\\b(?:lent[ei]|lenses) (?:da|di|of|at) [+−–-]\\d{1,2}\\b${NOT_PRICE}`,
	'\\b\\d{1,2} prism\\b',
	`\\b(?:destr[ao]|sinistr[ao]|right|left)\\b[^.!?\\n]{0,8}? (?:meno|piu|minus|plus) (?:\\d|${NUMBER})\\b`,
	`\\b(?:(?:per|da) (?:vicino|lontano)|for (?:near|distance|reading))\\b[^.!?\\n]{0,30}?${STRENGTH}${NOT_PRICE}`,
	`(?<![\\d,.])[−–-]\\d{1,2}(?:[,.]\\d{1,2})? lens(?:es)?\\b`,
	'\\b(?:near|distance|reading) power (?:is|was|went|has)\\b',
	`\\b(?:destr[ao]|sinistr[ao]|right|left)\\b:? ${STRENGTH}${NOT_PRICE}`,
	`\\b(?:occhiali|glasses)\\b (?:con|with) ${STRENGTH}${NOT_PRICE}`,
	'\\b(?:cilindr[oi]|cylinder|cyl|cil)\\b[^.!?\\n\\d]{0,15}\\d{1,3} ?°',
	'\\b(?:con|with) (?:il |i |un |a |the )?prism[ais]{0,2}\\b|\\bprism[ais]{0,2} (?:in|nei|nelle) (?:your|suoi|sue|tuoi|tue)\\b',
	`\\b(?:lent[ei]|lens|lenses)\\b(?: (?:da|di|at|of|with))? ${STRENGTH}${NOT_PRICE}`,
	`${STRENGTH}${NOT_PRICE} (?:lens|lenses)\\b`,
	`${STRENGTH} ?/? ?${STRENGTH}? ?[x×] ?\\d{1,3}\\b`,
	`\\b(?:asse|axis)\\b[^.!?\\n\\d]{0,15}\\d{1,3} ?(?:°|gradi|degrees)`,
	`(?<!via (?:dell['’])?)\\b(?:asse|axis|ax)\\b\\.?:?(?: di| a| of| at| is| e| now| ora){0,2} ?\\d{1,3}(?: ?°| gradi| degrees|\\b(?! ?(?:di strada|road|km|euro|€)))`,
	`\\b(?:prisma|prism)\\b[^.!?\\n\\d]{0,25}\\d`,
	`\\b(?:distanza pupillare|distanza interpupillare|pupillary distance|\\bpd\\b)[^.!?\\n\\d]{0,15}\\d{2}`,
];

const TENTHS = '(?:\\d{1,2}/10|20/\\d{2,3}|6/\\d{1,2}|(?:\\d{1,2}|due|tre|quattro|cinque|sei|sette|otto|nove|dieci) decimi|0[.,]\\d|[012][.,]\\d)';
const SIGHT = "visus|acuita|vista|vede|vedeva|vedere|visione|occhi[oa]?|acuity|vision|eyes?|sight|sees?|saw|legge(?:va)?|reads? the chart|snellen";

const ACUITIES = [
	`\\b(?:${SIGHT})\\b[^.!?\\n\\d]{0,45}?(?<![\\d/])(?:\\d{1,2} a )?${TENTHS}(?![\\d/])${NOT_PRICE}`,
	`(?<![\\d/])(?:\\d{1,2}/10|20/\\d{2,3}|\\d{1,2} decimi)(?![\\d/])[^.!?\\n\\d]{0,35}?\\b(?:${SIGHT}|od|os)\\b`,
	'\\b(?:pers[oi]|guadagnat[oi]|recuperat[oi]) (?:\\w+ )?(?:un|mezzo|due|tre|quattro|\\d) decim[oi]\\b',
];

/** Places of a template that would be filled with a prescription. */
const PLACEHOLDERS = ['\\{\\{[^}]*(?:sphere|cylinder|axis|addition|prescription|acuity|diagnos|diopt|refraction|gradazione|sfera|cilindro|\\basse\\b|visus|patholog|condition)[^}]*\\}\\}'];

interface Pattern {
	detail: HealthDetail;
	pattern: RegExp;
}

/** Alone among the patterns a place may stretch over lines. */
const PLACES = list('placeholder', PLACEHOLDERS);

const PATTERNS: Pattern[] = [
	...list('refraction', REFRACTIONS),
	...list('acuity', ACUITIES),
	...list('diagnosis', DIAGNOSES),
];

/** Most ways to say a diagnosis name a condition, and most texts name none: to look for one first takes half the time. */
const ANY_CONDITION = new RegExp(CONDITION, 'iu');
const PATTERNS_WITHOUT_CONDITION = PATTERNS.filter(({ pattern }) => !pattern.source.includes(CONDITION));

function list(detail: HealthDetail, sources: readonly string[]): Pattern[] {
	return sources.map((source) => ({ detail, pattern: new RegExp(source, 'giu') }));
}

/**
 * Finds what a text, or the source of a template, tells of the reader's eyes: dioptres, axis, addition, acuity, a diagnosis; in Italian and English.
 * A condition that is named counts, unless its sentence is an offer or speaks in general ("how to prevent glaucoma"). How often it is wrong is measured in its test.
 * @returns the findings by place; empty when there are none
 */
export function healthDetails(text: string): HealthFinding[] {
	const plain = withoutAccents(text);
	const found = plain.includes('{{') ? findingsBy(PLACES, plain) : [];
	let begin = 0;
	for (const line of plain.split('\n')) {
		for (const { detail, at, length } of detailsOfLine(line)) found.push({ detail, at: begin + at, length });
		begin += line.length + 1;
	}
	return found.sort((one, other) => one.at - other.at);
}

/** Lines that are known: the messages of a day share most of theirs. */
const LINES_KNOWN = 2_000;

const detailsOfLine = remembered((line: string): readonly HealthFinding[] => {
	const found = findingsBy(ANY_CONDITION.test(line) ? PATTERNS : PATTERNS_WITHOUT_CONDITION, line);
	// Most lines name none, and are not taken apart.
	const named = line.search(NAMED) < 0 ? [] : [...line.matchAll(/(?:[^.!?]|[.!?](?!\s|$))+/gu)].filter(([sentence]) => !GENERAL.test(sentence)).flatMap((sentence) =>
		[...sentence[0].matchAll(NAMED)].map(({ index, 0: { length } }) => ({ detail: 'diagnosis' as const, at: sentence.index + index, length })));
	return [...found, ...named];
}, LINES_KNOWN);

/** Searched first: nearly all are found nowhere, and to go through no matches takes as long as to look for them. */
function findingsBy(patterns: readonly Pattern[], text: string): HealthFinding[] {
	return patterns.filter(({ pattern }) => text.search(pattern) >= 0)
		.flatMap(({ detail, pattern }) => [...text.matchAll(pattern)].map(({ index, 0: { length } }) => ({ detail, at: index, length })));
}

/** The text with each letter in its place, but without accents, and with plain spaces. */
export function withoutAccents(text: string): string {
	return text.normalize('NFC').replace(/[À-ÿ]/g, (letter) => letter.normalize('NFD')[0]).replace(/[^\S\n ]/g, ' ');
}
