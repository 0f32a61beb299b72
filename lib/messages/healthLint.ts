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

/** Conditions of the eye, and diabetes, as stems in Italian and English. */
const CONDITION = [
	'miop[ieao]\\w*', 'astigmati\\w+', 'iper?metrop\\w+', 'presbi(?:te|ti|op\\w+)', 'cataratt\\w+', 'glaucom\\w+', 'maculopati\\w+', 'degenerazione maculare', 'retinopati\\w+',
	'cheratocon\\w+', 'cheratit\\w+', 'congiuntivit\\w+', 'blefarit\\w+', 'strabi(?:smo|c[ao])', 'ambliop\\w+', 'occhio pigro', 'daltonic?\\w+', 'distacco (?:di|della) retina', 'diabet\\w+',
	'pressione (?:oculare|intraoculare|degli occhi|dell[\'’]occhio)', 'tono oculare', 'secchezza oculare', 'occhi[oi]? secc\\w+', 'uveit\\w+', 'nistagm\\w+', 'diplopia', 'ipovision\\w+', 'ipovedent\\w+',
	'eteroforia', 'esoforia', 'exoforia', 'drusen', 'foro maculare', 'occhi sensibili alla luce', 'fotofobia', 'emianopsia',
	'myop\\w+', '(?:short|near|long|far)-? ?sighted\\w*', 'astigmati\\w+', 'hyperop\\w+', 'presbyop\\w+', 'cataracts?', 'macular degeneration', 'retinopath\\w+', 'keratoconus', 'keratitis',
	'conjunctivitis', 'blepharitis', 'strabismus', 'squint', 'amblyop\\w+', 'lazy eye', 'colou?r-? ?blind\\w*', 'detached retina', 'retinal detachment', '(?:high )?eye pressure', 'intraocular pressure',
	'dry eyes?(?: syndrome)?', 'uveitis', 'nystagmus', 'double vision', 'low vision', 'floaters', 'macular hole', 'photophobia',
].join('|');
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
];

const QUARTERS = '[+−–-]? ?\\d{1,2}[,.](?:00|25|50|75|5|0)\\b';
const SIGNED = '[+−–-] ?\\d{1,2}(?:[,.]\\d{1,2})?\\b';
/** A number as only prescriptions have it. */
const STRENGTH = '[+−–-] ?\\d{1,2}[,.](?:00|25|50|75)';
const REFRACTION_WORD = 'diottri[ae]|gradazion[ei]|sfer[ao]|sferic[oa]|cilindr[oa]|cilindric[ao]|addizion[ei]|add|prescrizione|ricetta|correzione|potere|dioptres?|diopters?|prescription|sphere|sph|sf|cylinder|cyl|cil|correction|power|addition|lens power';
const NOT_PRICE = '(?! ?(?:%|€|euro|eur\\b|£|\\$|anni|years|giorni|days|mm|ml))';

/** Numbers of a prescription. Ranges of a product ("from +1.00 to +3.50") are nobody's own. */
const REFRACTIONS = [
	`\\b(?:${REFRACTION_WORD})\\b\\.?(?! (?:da|dalle|from|fra|between) )[^.!?\\n\\d%€£$]{0,40}?(?:${SIGNED}|${QUARTERS})${NOT_PRICE}`,
	`(?<!\\d)(?:${SIGNED}|${QUARTERS}|\\d{1,2}(?:[,.]\\d{1,2})?|\\b(?:mezza|due|tre|quattro|cinque|sei|half a|two|three|four|five|six)) ?(?:diottri[ae]|dioptres?|diopters?)\\b`,
	`\\b(?:od|os|oo|ou|o\\.d\\.|o\\.s\\.|occhio (?:destro|sinistro)|(?:right|left) eye|dx|sx|sin)\\b[^.!?\\n\\d]{0,25}?(?:${SIGNED}|${QUARTERS})${NOT_PRICE}`,
	`\\b(?:${REFRACTION_WORD})\\b(?! (?:da|from) )[^.!?\\n%€£$]{0,40}?${STRENGTH}\\b${NOT_PRICE}`,
	`\\b(?:lent[ei]|lens|lenses)\\b(?: (?:da|di|at|of|with))? ${STRENGTH}${NOT_PRICE}`,
	`${STRENGTH}${NOT_PRICE} (?:lens|lenses)\\b`,
	`${STRENGTH} ?/? ?${STRENGTH}? ?[x×] ?\\d{1,3}\\b`,
	`\\b(?:asse|axis)\\b[^.!?\\n\\d]{0,15}\\d{1,3} ?(?:°|gradi|degrees)`,
	`(?<!via (?:dell['’])?)\\b(?:asse|axis|ax)\\b\\.?:?(?: di| a| of| at| is| e| now| ora){0,2} ?\\d{1,3}(?: ?°| gradi| degrees|\\b(?! ?(?:di strada|road|km|euro|€)))`,
	`\\b(?:prisma|prism)\\b[^.!?\\n\\d]{0,25}\\d`,
	`\\b(?:distanza pupillare|distanza interpupillare|pupillary distance|\\bpd\\b)[^.!?\\n\\d]{0,15}\\d{2}`,
];

const TENTHS = '(?:\\d{1,2}/10|20/\\d{2,3}|6/\\d{1,2}|(?:\\d{1,2}|due|tre|quattro|cinque|sei|sette|otto|nove|dieci) decimi|0[.,]\\d|[012][.,]\\d)';
const SIGHT = "visus|acuita|vista|vede|vedeva|vedere|visione|occhi[oa]?|acuity|vision|eyes?|sight|sees?|reads? the chart|snellen";

const ACUITIES = [
	`\\b(?:${SIGHT})\\b[^.!?\\n\\d]{0,45}?(?<![\\d/])${TENTHS}(?![\\d/])${NOT_PRICE}`,
	`(?<![\\d/])(?:\\d{1,2}/10|20/\\d{2,3}|\\d{1,2} decimi)(?![\\d/])[^.!?\\n\\d]{0,35}?\\b(?:${SIGHT}|od|os)\\b`,
];

/** Places of a template that would be filled with a prescription. */
const PLACEHOLDERS = ['\\{\\{[^}]*(?:sphere|cylinder|axis|addition|prescription|acuity|diagnos|diopt|refraction|gradazione|sfera|cilindro|\\basse\\b|visus|patholog|condition)[^}]*\\}\\}'];

const PATTERNS: Array<{ detail: HealthDetail; pattern: RegExp }> = [
	...list('placeholder', PLACEHOLDERS),
	...list('refraction', REFRACTIONS),
	...list('acuity', ACUITIES),
	...list('diagnosis', DIAGNOSES),
];

/** Every diagnosis names a condition. Most texts name none, and are not searched for one in all its ways. */
const NAMES_CONDITION = new RegExp(CONDITION, 'iu');
const OTHER_PATTERNS = PATTERNS.filter(({ detail }) => detail !== 'diagnosis');

function list(detail: HealthDetail, sources: readonly string[]) {
	return sources.map((source) => ({ detail, pattern: new RegExp(source, 'giu') }));
}

/**
 * Finds what a text, or the source of a template, tells of the reader's eyes: dioptres, axis, addition, acuity, a diagnosis; in Italian and English.
 * Speaking of a condition in general ("how to prevent glaucoma") is none. How often it is wrong is measured in its test.
 * @returns the findings by place; empty when there are none
 */
export function healthDetails(text: string): HealthFinding[] {
	const plain = text.normalize('NFC').replace(/[À-ÿ]/g, (letter) => letter.normalize('NFD')[0]).replace(/[^\S\n]/g, ' ');
	const patterns = NAMES_CONDITION.test(plain) ? PATTERNS : OTHER_PATTERNS;
	const found = patterns.flatMap(({ detail, pattern }) => [...plain.matchAll(pattern)].map(({ index, 0: { length } }) => ({ detail, at: index, length })));
	return found.sort((one, other) => one.at - other.at);
}
