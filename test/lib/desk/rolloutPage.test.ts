import { readRolloutAction } from '../../../lib/desk/rollout/action';
import { renderRollout } from '../../../lib/desk/rollout/page';
import { readForm } from '../../../lib/web/form';
import { elementsOf } from '../web/markup';
import { rollout } from './states';

const wordsOf = (body: string) => body.replace(/<[^>]+>/g, ' ').replace(/[\s\u00a0]+/g, ' ');
const shown = (changes: Partial<ReturnType<typeof rollout>> = {}) => wordsOf(renderRollout({ ...rollout(), ...changes }).body);
const actions = (changes: Partial<ReturnType<typeof rollout>> = {}) => elementsOf(renderRollout({ ...rollout(), ...changes }).body).flatMap(({ attributes: { name, value } }) => (name === 'action' ? [value] : []));

it('says each criterion with what there is and what is wanted, in words', () => {
	const text = shown();
	expect(text).toContain('Dati compilati e utilizzabili : 72,5 % (almeno 60 %)');
	expect(text).toContain('Messaggi su cui avete deciso : 1234 (almeno 20)');
	expect(text).toContain('Clienti che non vogliono più messaggi : ancora niente da misurare (al massimo 2 %)');
});

it('offers to open the next step only where it is ready, and none after the last', () => {
	expect(actions()).toContain('openStep');
	expect(actions({ ready: false })).not.toContain('openStep');
	expect(shown({ ready: false })).toContain('La fase non si può ancora aprire');
	expect(actions({ step: 'promotional', next: undefined, ready: false })).toEqual(['logout', 'resumeCampaign', 'fallBack']);
	expect(actions({ step: 'data', holds: [] })).not.toContain('fallBack');
});

it('says in plain words what is held and why, and who let a campaign go on', () => {
	const text = shown();
	expect(text).toContain('Compleanni · E-mail');
	expect(text).toContain('Freno: a questa campagna dicono di no in troppi. Finora 6 su 60, cioè il 10 %; il limite è 2 %.');
	expect(text).toContain('Marco ha fatto ripartire: Benvenuto. «testo cambiato»');
	expect(text).toContain('Chiara ha aperto la fase «Relazione». «si parte»');
});

it('speaks English too', () => {
	expect(shown({ language: 'en' })).toContain('Chiara opened the step “Relations”.');
});

it.each([
	[{ action: 'openStep', step: 'recall', note: ' si\n parte ' }, { kind: 'openStep', step: 'recall', note: 'si parte' }],
	[{ action: 'fallBack', step: 'data' }, { kind: 'fallBack', step: 'data', note: '' }],
	[{ action: 'resumeCampaign', hold: '7', note: 'x' }, { kind: 'resumeCampaign', id: 7, note: 'x' }],
	[{ action: 'openStep', step: 'everything' }, undefined],
	[{ action: 'resumeCampaign', hold: '-1' }, undefined],
	[{ action: 'unheardOf', step: 'recall' }, undefined],
])('reads %j', (form, wanted) => {
	expect(readRolloutAction(readForm(form) as NonNullable<ReturnType<typeof readForm>>)).toEqual(wanted);
});
