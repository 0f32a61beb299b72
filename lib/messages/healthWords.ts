/* Words of eye conditions for `healthLint`. Like the patterns there, they stand without accents. */

/** Conditions of the eye, and diabetes, as stems in Italian and English. */
export const CONDITIONS = [
	'miop[ieao]\\w*', 'astigmati\\w+', 'iper?metrop\\w+', 'presbi(?:te|ti|op\\w+)', 'cataratt\\w+', 'glaucom\\w+', 'maculopati\\w+', 'degenerazione maculare', 'retinopati\\w+',
	'cheratocon\\w+', 'cheratit\\w+', 'congiuntivit\\w+', 'blefarit\\w+', 'strabi(?:smo|c[ao])', 'ambliop\\w+', 'occhio pigro', 'daltonic?\\w+', 'distacco (?:di|della) retina', 'diabet\\w+',
	'pressione (?:oculare|intraoculare|degli occhi|dell[\'’]occhio)', 'tono oculare', 'secchezza oculare', 'occhi[oi]? secc\\w+', 'uveit\\w+', 'nistagm\\w+', 'diplopia', 'ipovision\\w+', 'ipovedent\\w+',
	'eteroforia', 'esoforia', 'exoforia', 'drusen', 'foro maculare', 'occhi sensibili alla luce', 'fotofobia', 'emianopsia', 'mosche volanti', 'miodesopsie', 'cono corneale',
	'degenerazione della retina', 'allergia (?:oculare|agli occhi)', 'pressione alta (?:degli|agli|negli) occhi',
	'myop\\w+', '(?:short|near|long|far)-? ?sighted\\w*', 'astigmati\\w+', 'hyperop\\w+', 'presbyop\\w+', 'cataracts?', 'macular degeneration', 'retinopath\\w+', 'keratoconus', 'keratitis',
	'conjunctivitis', 'blepharitis', 'strabismus', 'squint', 'amblyop\\w+', 'lazy eye', 'colou?r-? ?blind\\w*', 'detached retina', 'retinal detachment', '(?:high )?eye pressure', 'intraocular pressure',
	'dry eyes?(?: syndrome)?', 'uveitis', 'nystagmus', 'double vision', 'low vision', 'floaters', 'macular hole', 'photophobia', 'eye allergy', 'ocular (?:rosacea|allergy)', 'high pressure in the eyes?',
];
/** Of these a shop also speaks where it offers to measure something, or means something else: they count only with what `DIAGNOSES` says of them. */
export const NOT_BY_NAME = /^(?:pressione \(|\(\?:high \)\?eye press|intraocular press|tono oculare|squint$|low vision)/;
/** What tells nothing of the reader: an offer, an event, advice for everybody. */
export const GENERAL = new RegExp([
	'\\b(?:chi (?:e|ha|soffre|porta|vede)|per chi|bambini|aperto a tutti|giornata|settimana|mese (?:del|della)|campagna|prevenzione|prevenire|screening|incontro|conferenza|serata|parla|parliamo|cos[’\']?e|ingresso libero|lo sapeva|lo sapevi)\\b',
	'\\b(?:people|those|everybody|everyone|children|awareness|world \\w+ (?:day|week)|talk|open evening|prevent\\w*|what (?:is|are)|did you know|exhibition|petition|leaflets?)\\b',
	'\\d ?(?:€|euros?\\b|%)|[€£$] ?\\d|\\b(?:offerta|sconto|in negozio|\\d for \\d|on sale)\\b',
].join('|'), 'iu');
