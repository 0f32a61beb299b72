import { frequentEdits } from '../../../../lib/desk/approve/frequentEdits';
import { readSampleClaim, writeSampleClaim } from '../../../../lib/desk/approve/sampleClaim';
import { whatsAppParts } from '../../../../lib/desk/approve/whatsAppParts';
import { becauseInWords, storyInWords } from '../../../../lib/desk/approve/words';
import { composeWhatsApp } from '../../../../lib/messages/compose/whatsApp';
import type { MessageDraft } from '../../../../lib/messages/compose';

const AT = '2026-11-22T08:00:00.000Z';

describe('the claim of a sample', () => {
	const place = { page: 3, kind: 'birthday', q: 'ro', at: 5 };
	const claim = writeSampleClaim('session', place, { upTo: 9, at: AT });

	it('says what was looked at, wherever in the list one is', () => {
		expect(readSampleClaim('session', { page: 1, kind: 'birthday', q: 'ro' }, claim, '2026-11-22T08:30:00.000Z')).toEqual({ upTo: 9, at: AT });
	});

	it.each([
		['another session', 'other', place, claim, AT],
		['another kind', 'session', { ...place, kind: 'recall.vision' }, claim, AT],
		['another channel', 'session', { ...place, channel: 'sms' }, claim, AT],
		['another text', 'session', { ...place, template: 'x' }, claim, AT],
		['another name', 'session', { page: 1, kind: 'birthday' }, claim, AT],
		['more messages', 'session', place, claim.replace(/^9/, '10'), AT],
		['an hour later', 'session', place, claim, '2026-11-22T09:00:01.000Z'],
		['the future', 'session', place, claim, '2026-11-22T07:59:59.000Z'],
		['nonsense', 'session', place, '9.1.', AT],
	])('holds not for %s', (_, session, of, given, now) => {
		expect(readSampleClaim(session, of, given, now)).toBeUndefined();
	});
});

describe('a WhatsApp message in parts', () => {
	it('is what the composer put together', () => {
		const draft = { channel: 'whatsapp', body: 'Ciao Ada,\n\na presto!', whatsApp: { name: 'x', category: 'UTILITY', header: 'Ottica', footer: 'Rispondi STOP', buttons: [{ kind: 'reply', label: 'Va bene' }, { kind: 'phone', label: 'Chiama' }] } } as unknown as MessageDraft;
		const { text } = composeWhatsApp(draft);
		expect(whatsAppParts(text, draft.body)).toEqual({ header: 'Ottica', body: 'Ciao Ada,\n\na presto!', footer: 'Rispondi STOP', buttons: ['Va bene', 'Chiama'] });
	});

	it('may have nothing around its text, or another text', () => {
		expect(whatsAppParts('Ciao', 'Ciao')).toEqual({ body: 'Ciao', buttons: [] });
		expect(whatsAppParts('Altro [x]', 'Ciao')).toEqual({ body: 'Altro [x]', buttons: [] });
		expect(whatsAppParts('Ciao', '')).toEqual({ body: 'Ciao', buttons: [] });
	});
});

it('counts what was changed most often, once for each text', () => {
	const edits = [
		{ before: 'Tanti auguri Ada. Tanti saluti', after: 'Auguri Ada. Tanti saluti' },
		{ before: 'Tanti auguri Bea.', after: 'Auguri Bea.' },
		{ before: 'Ciao Cleo', after: 'Ciao Cleo a presto' },
		{ before: 'Ciao Dora', after: 'Ciao Dora' },
	];
	expect(frequentEdits(edits, 5)).toEqual([
		{ removed: 'Tanti auguri', added: 'Auguri', times: 2, before: edits[0].before, after: edits[0].after },
		{ removed: '', added: 'a presto', times: 1, before: edits[2].before, after: edits[2].after },
	]);
	expect(frequentEdits(edits, 1)).toHaveLength(1);
});

it('tells the fact that made an occasion due', () => {
	expect(becauseInWords({ kind: 'recall.vision', dueOn: '2026-11-14', since: '2024-11-14' }, 'it')).toBe('Ultimo controllo della vista il 14 novembre 2024');
	expect(becauseInWords({ kind: 'campaign.x', dueOn: '2026-11-14', since: '2024-11-14' }, 'en')).toBe('Since 14 November 2024');
	expect(becauseInWords({ kind: 'label', dueOn: '2026-11-14', since: '2024-11-14' }, 'it')).toBe('Dal 14 novembre 2024');
	expect(becauseInWords({ kind: 'birthday', dueOn: '2026-11-14' }, 'it')).toBeUndefined();
});

it.each([
	[{ what: 'exam', kind: 'vision' }, 'Controllo della vista'],
	[{ what: 'exam', kind: 'toString' }, 'Controllo'],
	[{ what: 'purchase', kind: 'spectacles', details: 'Progressivi' }, 'Occhiali: Progressivi'],
	[{ what: 'appointment', kind: 'controllo', details: 'missed' }, 'Appuntamento: controllo, mancato'],
	[{ what: 'quote', kind: 'open', details: 'Lenti' }, 'Preventivo aperto: Lenti'],
	[{ what: 'message', kind: 'birthday', details: 'email' }, 'Da noi: Compleanni, E-mail'],
	[{ what: 'reply', kind: 'whatsapp' }, 'Ci ha scritto, WhatsApp'],
] as const)('tells %j in a few words', (line, words) => {
	expect(storyInWords({ day: '2026-01-01', ...line }, 'it')).toBe(words);
});
