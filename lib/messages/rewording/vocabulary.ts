import type { Language } from '../../domain/glossary';
import { CONDITION } from '../healthLint';

/* Words that a rewording may not bring in. All patterns are for texts in small letters without accents. */

const word = (source: string) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, 'gu');

/** Numbers in words. Not alone: Italian "uno" and English "one", articles and pronouns too, and "sei", which also says "you are". */
export const NUMBER_WORDS: Record<Language, RegExp> = {
	it: word(
		[
			'due', 'tre', 'quattro', 'cinque', 'sei (?:mesi|anni|giorni|settimane|ore|euro|volte|paia|coppie)', 'sette', 'otto', 'nove', 'dieci', 'undici', 'dodici', 'quindici', '(?:vent|trent|quarant|cinquant|sessant|settant|ottant|novant)[aio]\\w*',
			'cento', '(?:due|tre|quattro|cinque|sei|sette|otto|nove)(?:cento|mila)\\w*', 'mille', 'mila', 'meta prezzo', 'doppi[oa]', 'triplo', 'per ?cento',
		].join('|'),
	),
	en: word(
		[
			'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', '(?:thir|four|fif|six|seven|eigh|nine)teen', '(?:twen|thir|for|fif|six|seven|eigh|nine)ty\\w*',
			'hundred', 'thousand', 'half price', 'double', 'triple', 'percent', 'per cent',
		].join('|'),
	),
};

/** Days, months and what stands for a day. Not among them: Italian "ora", which says "now" too, and English "may" and "march", which are verbs. */
export const DATE_WORDS = word(
	[
		'lunedi', 'martedi', 'mercoledi', 'giovedi', 'venerdi', 'sabato', 'domenica', 'gennaio', 'febbraio', 'marzo', 'aprile', 'maggio', 'giugno', 'luglio', 'agosto', 'settembre', 'ottobre', 'novembre', 'dicembre',
		'oggi', 'ieri', 'domani', 'dopodomani', 'stamattina', 'stasera', 'stamani', 'weekend', 'fine settimana', 'settiman[ae]', 'mes[ei]', 'ann[oi]', 'ore', 'scad\\w+', 'entro',
		'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday', 'january', 'february', 'march', 'april', 'june', 'july', 'august', 'september', 'october', 'november', 'december',
		'today', 'yesterday', 'tomorrow', 'tonight', 'weeks?', 'months?', 'years?', 'hours?', 'deadline', 'expir\\w+', 'until',
	].join('|'),
);

/** Prices, gifts and pressure. */
export const OFFER_WORDS = word(
	[
		'scont\\w*', 'offert[ae]', 'promo\\w*', 'gratis', 'gratuit\\w*', 'omagg\\w*', 'regal\\w*', 'sald[oi]', 'convenien\\w*', 'convenzion\\w*', 'vantagg\\w*', 'coupon', 'buon[oi] (?:sconto|acquisto|regalo)', 'prezz\\w*', 'euro', 'eur', 'ribass\\w*', 'risparmi\\w*', 'rat[ae]', 'rateal\\w*', 'premi[oa]?', 'esclusiv\\w*', 'imperdibil\\w*', 'affrett\\w*', 'ultim[aei] occasion[ei]', 'acquist\\w*', 'compra\\w*',
		'discount\\w*', 'offers?', 'promo\\w*', '(?<!feel )free', 'gifts?', 'sales?', 'voucher\\w*', 'bargain\\w*', 'deals?', 'price\\w*', 'saving\\w*', 'reduc\\w*', 'prize\\w*', 'exclusive\\w*', 'hurry', 'buy\\w*', 'purchas\\w*', '[€$£%]',
	].join('|'),
);

/** What belongs to health, also where it would tell nothing of the reader. */
export const HEALTH_WORDS = word(
	[
		CONDITION, 'vist[ae]', 'visiv\\w+', 'visual\\w*', 'occhi[oa]?', 'diottri[ae]', 'gradazion[ei]', 'prescrizion[ei]', 'ricett[ae]', 'visus', 'malatti[ae]', 'malat[aioe]', 'patologi\\w+', 'diagnos\\w+', 'terapi\\w+', 'farmac\\w+', 'medic\\w+', 'oculist\\w+', 'ottalm\\w+', 'salute', 'sanitari\\w*', 'disturb\\w+', 'sintom\\w+', 'dolor\\w*', 'progressiv\\w+', 'esam[ei]',
		'eyes?', 'eyesight', 'sight', 'vision', 'dioptres?', 'diopters?', 'prescription\\w*', 'disease\\w*', 'illness\\w*', 'sick\\w*', 'patholog\\w+', 'therap\\w+', 'medic\\w+', 'medicine', 'doctor\\w*', 'ophthalm\\w+', 'health\\w*', 'symptom\\w*', 'pain(?:s|ful)?', 'varifocal\\w*', 'progressives?', 'exams?', 'examination\\w*',
	].join('|'),
);

/** Words that betray the other form of address: Italian only, where they are words of one form alone. */
export const OTHER_FORM: Record<'lei' | 'tu', RegExp> = {
	lei: word('tu|ti|te|tuo|tua|tuoi|tue|sei|hai|puoi|vuoi|devi'),
	tu: word('lei|suo|sua|suoi|sue|glielo|voglia|gentile'),
};

/** The commonest small words of a language, without those that the other one has too. */
export const STOP_WORDS: Record<Language, RegExp> = {
	it: word("il|lo|la|gli|le|un|una|uno|di|da|del|della|dei|delle|dal|nel|nella|con|per|che|non|si|ci|e|ed|ma|se|al|alla|ai|sono|suo|sua|suoi|sue|tuo|tua|tuoi|tue|lei|ti|te|questo|questa|anche|piu|quando|noi|nostri|nostra|tanti|auguri"),
	en: word("the|an|of|to|and|is|are|was|were|it|its|you|your|we|our|us|that|this|with|for|from|not|but|have|has|had|will|would|can|be|been|at|by|as|if|so|when|or|they|there|what|my|do|don't|let"),
};

/** Words that Italian and English write with a capital though they name nobody. */
export const CAPITAL_WORDS: ReadonlySet<string> = new Set(['lei', 'le', 'la', 'suo', 'sua', 'suoi', 'sue', 'ella', 'vi', 'voi', 'vostro', 'vostra']);
