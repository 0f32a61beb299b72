import { readPhoneAction } from '../../../lib/desk/phone/action';
import { renderPhone } from '../../../lib/desk/phone/page';
import { readForm } from '../../../lib/web/form';
import { elementsOf } from '../web/markup';
import { phone } from './states';

type State = ReturnType<typeof phone>;
const given = ({ device, ...changes }: Partial<Omit<State, 'device'>> & { device?: Partial<State['device']> } = {}): State => ({
	...phone(), picture: undefined, badNumber: undefined, sent: undefined, device: { state: 'pairing', connected: false, isHeld: true, ...device }, ...changes,
});
const wordsOf = (state: State) => renderPhone(state).body.replace(/<[^>]+>/g, ' ').replace(/[\s ]+/g, ' ');
const actions = (state: State) => elementsOf(renderPhone(state).body).flatMap(({ attributes: { name, value } }) => (name === 'action' && value !== 'logout' ? [value] : []));

it('offers a code where no phone is linked, and nothing where no workflow would answer', () => {
	expect(actions(given())).toEqual(['phoneConnect', 'phoneCode']);
	expect(actions(given({ device: { isHeld: false } }))).toEqual([]);
	expect(actions({ ...given(), device: undefined })).toEqual([]);
	expect(wordsOf({ ...given(), device: undefined })).toContain('Nessun flusso di n8n tiene il collegamento');
});

it('shows the QR code as a picture, or the code to type in two halves', () => {
	const picture = elementsOf(renderPhone(given({ picture: 'R0lGOD' })).body).find(({ name }) => name === 'img');
	expect(picture?.attributes).toMatchObject({ src: 'data:image/gif;base64,R0lGOD', alt: 'Codice QR da inquadrare con il telefono del negozio' });
	expect(wordsOf(given({ device: { code: 'ABCD1234' } }))).toContain('ABCD-1234');
});

it('says how much may leave on this day, and lets a linked phone only be unlinked', () => {
	const state = given({ device: { state: 'linked', connected: true, number: '+390551234567', linkedAt: '2026-11-01T08:00:00.000Z' }, sent: { today: 3, limit: 20 } });
	expect(wordsOf(state)).toContain('Oggi 3 su 20');
	expect(actions(state)).toEqual(['phoneUnlink']);
});

it.each([['loggedOut', 'Scollegato dal telefono'], ['banned', 'Bloccato da WhatsApp'], ['conflict', 'In uso da un altro programma']] as const)('says what it means that the phone is %s', (state, words) => {
	expect(wordsOf(given({ device: { state } }))).toContain(words);
	expect(actions(given({ device: { state } }))).toContain('phoneConnect');
});

it('offers to go on sending only where it was stopped', () => {
	const stopped = given({ device: { state: 'linked', connected: true, stoppedCode: 'WA_463', stoppedAt: '2026-11-20T08:00:00.000Z' } });
	expect(actions(stopped)).toEqual(['phoneResume', 'phoneUnlink']);
	expect(wordsOf(stopped)).toContain('WhatsApp ha limitato questo numero (WA_463)');
});

it.each([
	[{ action: 'phoneConnect' }, { kind: 'phoneConnect' }],
	[{ action: 'phoneCode', number: ' 333 1\n2 ' }, { kind: 'phoneCode', number: '333 1 2' }],
	[{ action: 'phoneUnlink' }, { kind: 'phoneUnlink' }],
	[{ action: 'phone' }, undefined],
])('reads %j', (form, wanted) => {
	expect(readPhoneAction(readForm(form) as NonNullable<ReturnType<typeof readForm>>)).toEqual(wanted);
});
