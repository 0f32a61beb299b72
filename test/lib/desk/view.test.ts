import fc from 'fast-check';
import { deskAddress, FLASH_CODES, LIST_PAGES, parseDeskView, THING_PAGES, viewOfAddress, type DeskView } from '../../../lib/desk/view';

const place = fc.record(
	{ page: fc.integer({ min: 1, max: 1_000_000 }), q: fc.constantFrom('rossi', 'Ada & Co', 'è 100%'), channel: fc.constantFrom('email', 'x y'), template: fc.constantFrom('birthday', 'campaign.è'), kind: fc.string({ minLength: 1, maxLength: 40 }).filter((text) => text.isWellFormed()), at: fc.integer({ min: 1, max: 1e9 }) },
	{ requiredKeys: ['page'], noNullPrototype: true },
);
const flash = fc.record({ code: fc.constantFrom(...FLASH_CODES), count: fc.integer({ min: 0, max: 1000 }), left: fc.integer({ min: 1, max: 1000 }), undo: fc.integer({ min: 1, max: 1e14 }) }, { requiredKeys: ['code', 'count'], noNullPrototype: true });
const id = fc.integer({ min: 1, max: 1e9 });
const view: fc.Arbitrary<DeskView> = fc.oneof(
	fc.record({ view: fc.constantFrom(...LIST_PAGES), place, flash }, { requiredKeys: ['view', 'place'], noNullPrototype: true }),
	fc.record({ view: fc.constantFrom(...THING_PAGES), id, place, flash }, { requiredKeys: ['view', 'id', 'place'], noNullPrototype: true }),
);

describe('views', () => {
	it('come back out of their addresses', () => {
		fc.assert(fc.property(view, (wanted) => expect(viewOfAddress(deskAddress(wanted))).toEqual(wanted)));
	});

	it('have addresses that stay on this page', () => {
		fc.assert(fc.property(view, (wanted) => expect(deskAddress(wanted)).toMatch(/^\?[\x21-\x7e]*$/)));
		expect(deskAddress({ view: 'unknown' })).toBe('?');
	});

	it.each([
		[{}, { view: 'today', place: { page: 1 } }],
		[{ page: '-1', at: 'x', done: 'toString' }, { view: 'today', place: { page: 1 } }],
		[{ view: 'message', id: '5', done: 'saved', n: '1' }, { view: 'message', id: 5, place: { page: 1 }, flash: { code: 'saved', count: 1 } }],
		[{ view: 'message' }, { view: 'unknown' }],
		[{ view: 'preview', id: '0' }, { view: 'unknown' }],
		[{ view: 'toString' }, { view: 'unknown' }],
		[{ view: 'approve', q: ' ro\nssi ' }, { view: 'approve', place: { page: 1, q: 'ro ssi' } }],
		[undefined, { view: 'unknown' }],
	])('%j', (query, expected) => {
		expect(parseDeskView(query)).toEqual(expected);
	});

	it('survive any query', () => {
		fc.assert(fc.property(fc.anything(), (query) => void deskAddress(parseDeskView(query))));
		fc.assert(fc.property(fc.string({ unit: 'binary' }), (address) => void deskAddress(viewOfAddress(address))));
	});

	it('scroll to the next card', () => {
		expect(deskAddress({ view: 'approve', place: { page: 2, at: 7 } })).toBe('?view=approve&page=2&at=7#m7');
	});
});
