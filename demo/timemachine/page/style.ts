import { BASE_STYLE } from '../../../lib/web/baseStyle';
import { stylesheet } from '../../../lib/web/stylesheet';

const step = (number: number, share: number) => `.v${number} { background: color-mix(in oklab, var(--accent) ${share}%, var(--card)); }`;

export const SHEET = stylesheet(
	BASE_STYLE,
	`main { display: grid; gap: 1.5rem; padding-block: 2rem 4rem; grid-template-columns: minmax(0, 1fr); }
	.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; }
	.figures div { display: grid; gap: .1rem; padding: .8rem 1rem; }
	.figures dt { color: var(--soft); font-size: .9rem; order: 2; } .figures dd { font-size: 1.6rem; font-weight: 650; line-height: 1.15; font-variant-numeric: tabular-nums; }
	.checks { display: grid; gap: .5rem; list-style: none; }
	.checks > li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .15rem 1rem; padding-block: .55rem; border-top: 1px solid var(--line); }
	.checks b { font-weight: 600; white-space: nowrap; } .checks .holds b { color: var(--accent); } .checks .broken b { color: var(--bad); } .checks .unchecked b { color: var(--warn); }
	.checks small, .checks ul { grid-column: 1 / -1; color: var(--soft); font-size: .9rem; } .checks ul { list-style: none; }
	.year { display: grid; gap: .5rem; } .year h3 { font-variant-numeric: tabular-nums; }
	.months { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.4rem, 1fr)); gap: .9rem 1rem; align-items: start; }
	.month { border-collapse: separate; border-spacing: 2px; width: 100%; table-layout: fixed; }
	.month caption { text-align: left; color: var(--soft); font-size: .85rem; padding: 0 0 .15rem 2px; }
	.month td { padding: 0; border-radius: 3px; } .month td::before { content: ''; display: block; padding-top: 100%; }
	.month td[class], .legend i { border: 1px solid transparent; }
	.v0 { background: color-mix(in oklab, var(--line) 55%, var(--card)); }
	${step(1, 22)} ${step(2, 40)} ${step(3, 60)} ${step(4, 80)} ${step(5, 100)}
	.month td.off, .legend .off { border-color: var(--edge); }
	.down { background: repeating-linear-gradient(45deg, var(--warn) 0 2px, var(--warn-soft) 2px 5px); }
	.legend { display: flex; flex-wrap: wrap; gap: .35rem 1.1rem; list-style: none; color: var(--soft); font-size: .9rem; }
	.legend li { display: inline-flex; align-items: center; gap: .4rem; } .legend i { width: 1rem; height: 1rem; border-radius: 3px; }
	.scroll { overflow-x: auto; }
	.counts { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
	.counts th, .counts td { padding: .4rem .5rem; text-align: right; border-top: 1px solid var(--line); } .counts th:first-child { text-align: left; font-weight: 400; }
	.counts thead th { color: var(--soft); font-weight: 600; border: 0; font-size: .9rem; }
	summary { font-weight: 650; padding-block: .5rem; display: flex; align-items: center; gap: .5rem; } summary::before { width: 1ch; color: var(--accent); content: '+'; } details[open] summary::before { width: 1ch; color: var(--accent); content: '−'; }
	@media (max-width: 30rem) { .counts th, .counts td { padding: .35rem .25rem; font-size: .88rem; } }`,
);
