import { renderToday } from '../../../../lib/desk/today/todayPage';
import { elementsOf } from '../../web/markup';
import { today } from '../states';

const textOf = (body: string) => elementsOf(body).find(({ name }) => name === 'body')?.text.replace(/\s+/g, ' ') ?? '';

describe('renderToday', () => {
	it('tells the day, what waits, and what only a person can tell', () => {
		const text = textOf(renderToday(today()).body).toLowerCase();
		for (const part of ['Domenica 22', '45 messaggi aspettano', 'Sono arrivati?', 'Dopo questi ce ne sono ancora 3.', 'Si può contattare?']) expect(text).toContain(part.toLowerCase());
	});

	it('leads to what waits for a yes, and nowhere where nothing waits', () => {
		expect(renderToday(today()).body).toContain('href="?view=approve">Da approvare</a></h3>');
		const none = renderToday({ ...today(), tasks: [], uncertain: [], review: [] }).body;
		expect(textOf(none)).toContain('Per oggi non c’è altro.');
		expect(textOf(none)).not.toContain('Sono arrivati?');
	});

	it('speaks English too', () => {
		expect(textOf(renderToday({ ...today(), language: 'en' }).body)).toContain('Sunday, 22 November 2026');
	});
});
