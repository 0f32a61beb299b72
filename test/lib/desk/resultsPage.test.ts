import { readResultsAction } from '../../../lib/desk/results/action';
import { drawCharts } from '../../../lib/desk/results/charts';
import { renderReportFile } from '../../../lib/desk/results/file';
import { renderReportMail } from '../../../lib/desk/results/mail';
import { renderResults } from '../../../lib/desk/results/page';
import { ADVICE, VERDICTS } from '../../../lib/domain/report';
import { READY_MADE_NAMES } from '../../../lib/segments/readyMade';
import { segmentInWords } from '../../../lib/desk/results/words';
import { readForm } from '../../../lib/web/form';
import { elementsOf } from '../web/markup';
import { campaignReport, results } from './states';

const wordsOf = (body: string) => body.replace(/<[^>]+>/g, ' ').replace(/[\s\u00a0]+/g, ' ').replace(/&#39;/g, "'");
const shown = (changes: Partial<ReturnType<typeof results>> = {}) => wordsOf(renderResults({ ...results(), ...changes }).body);
const withCampaigns = (...campaigns: Array<ReturnType<typeof campaignReport>>) => shown({ report: { ...results().report, campaigns } });

it('says the three figures as they are now and against the year before, and again as a table', () => {
	const text = shown();
	expect(text).toContain('Ritorni per cliente 0,52 ottobre 2026: 4 % in più di un anno prima');
	expect(text).toContain('Spesa media 208 € ottobre 2026: 4 % in più di un anno prima');
	expect(text).toContain('Paia per cliente 1,25 ottobre 2026: un anno prima non c’erano dati');
	expect(text).toContain('set 26 0,5 0,5 200 € 200 € 1,25 —');
	const [image] = elementsOf(renderResults(results()).body).filter(({ name }) => name === 'img');
	expect(image.attributes.alt).toBe('Ritorni per cliente, mese per mese. Da 0,5 di settembre 2026 a 0,52 di ottobre 2026. Le cifre sono nella tabella sotto i grafici.');
});

it.each([
	[{ verdict: 'works', advice: 'keep', returnDifference: { difference: 0.1, low: 0.032, high: 0.17 } }, ['Funziona', 'Continua così.', 'Ogni 100 clienti contattati ne tornano da 3,2 a 17 in più.']],
	[{ verdict: 'harms', advice: 'stop-now', returnDifference: { difference: -0.1, low: -0.17, high: -0.032 } }, ['Fa danno', 'Fermala subito', 'Ogni 100 clienti contattati ne tornano da 3,2 a 17 in meno.']],
	[{ verdict: 'does-not', advice: 'stop' }, ['Porta troppo poco', 'Fermala: il tempo', 'da 4,6 in meno a 12,8 in più: può essere un caso']],
	[{}, ['È presto per dirlo', 'Aspetta ancora circa 31 settimane.', 'Tornati: 200/800 dei contattati (25 %), 16/80 dei non contattati (20 %).']],
	[{ moreWeeks: undefined }, ['Adesso nella campagna non entra nessuno']],
	[{ advice: 'raise-holdout', moreWeeks: 300 }, ['circa 6 anni']],
	[{ verdict: 'no-holdout', advice: 'hold-out', returnDifference: undefined, over: { contact: 10, holdout: 0 }, returned: { contact: 2, holdout: 0 } }, ['Non si può sapere', 'di solito 1 su 10', 'Tornati: 2/10 (20 %).']],
	[{ verdict: undefined, advice: 'service', returnDifference: undefined, over: { contact: 0, holdout: 0 } }, ['Servizio', 'Si manda comunque', 'I 60 giorni non sono ancora passati per nessuno.']],
] as const)('tells the lead in plain words what came out: %j', (changes, sentences) => {
	const text = withCampaigns(campaignReport(changes));
	for (const sentence of sentences) expect(text).toContain(sentence);
});

it('says what a campaign cost and why some were not written to', () => {
	const text = shown();
	expect(text).toContain('Costo: 450 € in tutto, 0,45 € per ogni cliente a cui si è scritto; 8,4 ore dello staff.');
	expect(text).toMatch(/A chi non si è scritto: 100 × .+ 14 × lo staff ha detto di no\./);
	expect(text).toContain('Spesa per cliente: 50 € i contattati, 30 € i non contattati.');
});

it('shows each goal with what is wanted and how far it is, and keeps what was typed of a new one that is wrong', () => {
	const text = shown();
	expect(text).toContain('Persi In ritardo 30 % torna entro 6 mesi');
	expect(text).toContain('Adesso 5 %: 10 clienti su 200. All’inizio 0 %. Ne mancano 50. Restano 220 giorni.');
	expect(text).toContain('L’obiettivo non è stato salvato. Scrivi quanti mesi, da 1 a 120.');
	const elements = elementsOf(renderResults(results()).body);
	expect(elements.find(({ attributes: { id } }) => id === 'goal-months')?.attributes.value).toBe('x');
	expect(elements.filter(({ name, attributes }) => name === 'option' && 'selected' in attributes).map(({ attributes: { value } }) => value)).toEqual(['lapsed', 'return']);
});

it('has words for all that it can say, in both languages', () => {
	for (const language of ['it', 'en'] as const) {
		for (const name of READY_MADE_NAMES) expect(segmentInWords(name, language)).not.toBe(name);
		for (const verdict of VERDICTS) for (const advice of ADVICE) expect(renderReportMail({ ...results().report, campaigns: [campaignReport({ verdict, advice })] }, language).text).not.toMatch(/undefined|\{\w+\}/);
	}
	expect(shown({ language: 'en' })).toContain('Of 100 customers contacted, from 4.6 fewer to 12.8 more come back: it may be chance.');
});

it('is a mail of a few lines too, which leads to the Desk and names nobody', () => {
	const { subject, text, html } = renderReportMail(results().report, 'it', 'https://n8n.example/webhook/ottica/desk');
	expect(subject).toBe('Ottica Lumière: i risultati fino a ottobre 2026');
	expect(text).toContain('- Controllo della vista: È presto per dirlo. Aspetta ancora circa 31 settimane.');
	expect(text).toContain('https://n8n.example/webhook/ottica/desk?view=results');
	expect(wordsOf(html)).toContain('Persi (30\u00a0% torna entro 6 mesi): In ritardo.'.replace(/\u00a0/g, ' '));
	expect(renderReportMail(results().report, 'it').html).not.toContain('href');
	expect(renderReportMail({ ...results().report, shop: '<b>x' }, 'it').html).not.toContain('<b>');
	expect(renderReportMail({ ...results().report, campaigns: [campaignReport({ advice: 'service', verdict: undefined })] }, 'it').text).toContain('Nessuna campagna');
});

it('draws its charts on the server, and lets no name become markup', async () => {
	const { report } = results();
	const charts = await drawCharts({ ...report, campaigns: [campaignReport({ campaign: '"><script>alert(1)</script>&' }), campaignReport()] }, 'it');
	const drawn = (image: string) => Buffer.from(image.replace('data:image/svg+xml;base64,', ''), 'base64').toString();
	expect(Object.keys(charts.kpis)).toEqual(['returnFrequency', 'averageBasket', 'concurrentEquipments']);
	const lines = drawn(charts.kpis.averageBasket?.light ?? '');
	for (const word of ['Quest’anno', 'Un anno prima', 'set 26', 'ott 26', '200']) expect(lines).toContain(word);
	const intervals = elementsOf(drawn(charts.campaigns?.dark ?? ''));
	expect(intervals.map(({ name }) => name)).not.toContain('script');
	expect(intervals.filter(({ name }) => name === 'circle')).toHaveLength(2);
	expect(intervals.map(({ text }) => text).join(' ')).toContain('Controllo della vista');
	expect(charts.campaigns?.light).not.toBe(charts.campaigns?.dark);
	expect(await drawCharts({ kpis: [], campaigns: [campaignReport({ returnDifference: undefined })] }, 'it')).toEqual({ kpis: {} });
	const file = renderReportFile({ report, charts, language: 'it', timeZone: 'Europe/Rome' });
	expect(elementsOf(file).filter(({ name }) => ['form', 'button', 'script', 'nav'].includes(name))).toEqual([]);
	expect(wordsOf(file)).toContain('Ottica Lumière. Fatto il 22 nov 2026, 09:00.');
});

const GOAL = { action: 'setGoal', segment: 'lapsed', goal: 'return', months: '6', percent: '12,5', dueOn: '2027-06-30' };
it.each([
	[GOAL, { wanted: { segment: 'lapsed', goal: 'return', months: 6, target: 125, dueOn: '2027-06-30' } }],
	[{ ...GOAL, goal: 'second-pair', months: 'x', percent: '5' }, { wanted: { segment: 'lapsed', goal: 'second-pair', target: 50, dueOn: '2027-06-30' } }],
	[{ ...GOAL, segment: '' }, { fault: 'segment' }],
	[{ ...GOAL, goal: 'toString' }, { fault: 'goal' }],
	[{ ...GOAL, months: '-1' }, { fault: 'months' }],
	[{ ...GOAL, percent: '1e2' }, { fault: 'target' }],
	[{ ...GOAL, dueOn: '2027-02-30' }, { fault: 'dueOn' }],
])('reads the goal %j', (form, wanted) => {
	const action = readResultsAction(readForm(form) as NonNullable<ReturnType<typeof readForm>>);
	const { action: _, ...typed } = form;
	expect(action).toEqual({ kind: 'setGoal', typed, ...wanted });
});

it('reads which goal ends, and nothing else', () => {
	const read = (form: object) => readResultsAction(readForm(form) as NonNullable<ReturnType<typeof readForm>>);
	expect([read({ action: 'endGoal', goal: '7' }), read({ action: 'endGoal', goal: '0' }), read({ action: 'unheardOf' })]).toEqual([{ kind: 'endGoal', id: 7 }, undefined, undefined]);
});
