import { renderLogin } from '../../../lib/desk/login/loginPage';
import { renderProblem } from '../../../lib/desk/problemPage';
import type { ProblemState } from '../../../lib/desk/state';
import { elementsOf } from '../web/markup';

const text = (body: string) => elementsOf(body).find(({ name }) => name === 'body')?.text ?? '';
const state = { language: 'it', shopName: 'Ottica' } as const;

describe('renderLogin', () => {
	it('asks for name and password and keeps the wanted view', () => {
		const page = renderLogin({ ...state, wanted: { view: 'message', id: 4, place: { page: 1 } } });
		const inputs = elementsOf(page.body).filter(({ name }) => name === 'input').map(({ attributes }) => [attributes.name, attributes.value]);
		expect(inputs).toEqual([['back', '?view=message&id=4'], ['user', ''], ['password', undefined]]);
		expect(page.status).toBe(200);
		expect(page.body).not.toContain('role="alert"');
	});

	it('says that it was wrong, not what', () => {
		const page = renderLogin({ ...state, notice: 'wrong', user: 'chiara' });
		expect(page.status).toBe(401);
		expect(text(page.body)).toContain('Nome utente o password non corretti');
	});

	it.each([
		[1, 'tra 1 secondo.', 'in 1 second.'],
		[16, 'tra 16 secondi', 'in 16 seconds'],
		[300, 'tra circa 5 minuti', 'in about 5 minutes'],
	])('says how long to wait: %i s', (waitSeconds, italian, english) => {
		const page = renderLogin({ ...state, notice: 'wrong', waitSeconds });
		expect(text(page.body)).toContain(italian);
		expect(text(renderLogin({ ...state, language: 'en', waitSeconds }).body)).toContain(english);
		expect([page.status, page.headers['Retry-After']]).toEqual([429, String(waitSeconds)]);
	});

	it.each([['expired', 'La sessione è scaduta'], ['loggedOut', 'Hai chiuso il Desk']] as const)('%s', (notice, said) => {
		const page = renderLogin({ ...state, notice });
		expect(text(page.body)).toContain(said);
		expect(page.status).toBe(200);
	});
});

describe('renderProblem', () => {
	const problems: Array<[ProblemState['problem'], number]> = [['badForm', 400], ['expired', 401], ['forbidden', 403], ['notFound', 404], ['tooOld', 409], ['failure', 500], ['busy', 503]];

	it.each(problems)('%s is %i', (problem, status) => {
		const page = renderProblem({ ...state, problem });
		expect(page.status).toBe(status);
		expect(elementsOf(page.body).filter(({ name, attributes }) => name === 'a' && attributes.href === '?')).toHaveLength(1);
	});

	it('gives back what was typed', () => {
		const page = renderProblem({ ...state, problem: 'expired', typed: { subject: 'Auguri', body: 'riga 1\nriga 2' } });
		expect(elementsOf(page.body).find(({ name }) => name === 'textarea')?.text).toBe('\nAuguri\n\nriga 1\nriga 2');
	});
});
