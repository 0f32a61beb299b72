import fc from 'fast-check';
import { daysBetween, plusDays } from '../../../lib/domain/time';
import { campaignRound } from '../../../lib/occasions/campaignRound';

const TODAY = '2027-05-02';

it('a yearly round has the days after its first one', () => {
	expect(campaignRound({ beginsOn: '04-15', lastsDays: 30 }, TODAY)).toEqual({ dueOn: '2027-04-15', expiresOn: '2027-05-15', hadSince: '2026-10-16' });
	expect(campaignRound({ beginsOn: '04-15', lastsDays: 16 }, TODAY)).toBeUndefined();
	expect(campaignRound({ beginsOn: '05-03', lastsDays: 30 }, TODAY)).toBeUndefined();
	expect(campaignRound({ beginsOn: '05-02', lastsDays: 0 }, TODAY)).toMatchObject({ dueOn: TODAY, expiresOn: TODAY });
});

it('a round goes on over New Year, and one of 29 February begins a day earlier in other years', () => {
	expect(campaignRound({ beginsOn: '12-15', lastsDays: 30 }, '2027-01-03')).toMatchObject({ dueOn: '2026-12-15' });
	expect(campaignRound({ beginsOn: '02-29' }, '2027-03-01')).toMatchObject({ dueOn: '2027-02-28' });
	expect(campaignRound({ beginsOn: '02-29' }, '2028-03-01')).toMatchObject({ dueOn: '2028-02-29' });
});

it('a single round comes once, and without one each day is the first of its customers', () => {
	expect(campaignRound({ beginsOn: '2027-04-20' }, TODAY)).toMatchObject({ dueOn: '2027-04-20' });
	expect(campaignRound({ beginsOn: '2026-04-20' }, TODAY)).toBeUndefined();
	expect(campaignRound({ beginsOn: ' ', restMonths: 12, lastsDays: 14 }, TODAY)).toEqual({ dueOn: TODAY, expiresOn: '2027-05-16', hadSince: '2026-05-03' });
});

it.each([{ beginsOn: '15-04' }, { beginsOn: '02-30' }, { beginsOn: '2027-02-29' }, { beginsOn: 'spring' }, { restMonths: 0 }, { lastsDays: 1.5 }, { lastsDays: '30' }])('refuses what makes no sense: %j', (given) => {
	expect(() => campaignRound(given, TODAY)).toThrow(/Begins On|Not Again|Lasts/);
});

it('on each day there is the round that began last, if it has not ended: as often as one day in the year', () => {
	fc.assert(fc.property(fc.integer({ min: 0, max: 365 * 60 }), fc.integer({ min: 0, max: 365 }), fc.integer({ min: 0, max: 120 }), (start, ofYear, lastsDays) => {
		const today = plusDays('2000-01-01', start);
		const beginsOn = plusDays('2024-01-01', ofYear).slice(5);
		const round = campaignRound({ beginsOn, lastsDays }, today);
		// The days of this and the last year that are called so; 29 February is the 28th where there is none.
		const firsts = [0, 1].map((ago) => Number(today.slice(0, 4)) - ago).map((year) => (beginsOn === '02-29' && (year % 4 !== 0 || (year % 100 === 0 && year % 400 !== 0)) ? `${year}-02-28` : `${year}-${beginsOn}`));
		const first = firsts.find((day) => day <= today && daysBetween(day, today) <= lastsDays);
		expect(round?.dueOn).toBe(first);
	}));
});
