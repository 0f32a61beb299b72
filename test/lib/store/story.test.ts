import { customerStory } from '../../../lib/store/approve/story';
import { saveEquipment } from '../../../lib/store/records/equipment';
import { saveExams } from '../../../lib/store/records/exams';
import { saveQuotes } from '../../../lib/store/records/quotes';
import { customer, openTestStore, saved, type TestStore } from '../../support/store';

const NOW = '2026-11-23T09:00:00.000Z';
const DAY = '2026-10-05';

let test: TestStore;
beforeEach(async () => (test = await openTestStore(NOW)));
afterEach(async () => await test.close());

it('what happened on one day stands in one order: by sort, and of one sort what was recorded last', async () => {
	const [customerId] = await saved(test.store, [customer()], NOW);
	// Recorded in another order than they are told.
	await saveQuotes(test.store, [{ customerId, madeOn: DAY, description: 'Occhiale da sole' }], NOW);
	await saveEquipment(test.store, ['uno', 'due', 'tre', 'quattro'].map((description) => ({ customerId, code: description, kind: 'spectacles' as const, description, orderedOn: DAY })), NOW);
	await saveExams(test.store, (['vision', 'contact-lenses'] as const).map((kind) => ({ customerId, takenOn: DAY, kind })), NOW);
	await saveExams(test.store, [{ customerId, takenOn: '2026-10-06', kind: 'vision' }], NOW);
	const story = await customerStory(test.store, customerId, '2026-11-23');
	expect(story.map(({ day, what, kind, details }) => [day.slice(8), what, details ?? kind].join(' '))).toEqual([
		'06 exam vision', '05 exam contact-lenses', '05 exam vision', '05 purchase quattro', '05 purchase tre', '05 purchase due', '05 quote Occhiale da sole',
	]);
});
