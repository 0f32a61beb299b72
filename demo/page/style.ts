/** The look of the mailbox page: system font, light and dark, one column that also fits a phone. */
export const stylesheet = `
:root { color-scheme: light dark; --paper: #fff; --ground: #f3f5f7; --ink: #1c2530; --soft: #5b6775; --line: #dde3e9; --accent: #0b6a75; }
@media (prefers-color-scheme: dark) { :root { --paper: #1b2128; --ground: #12161b; --ink: #e8edf2; --soft: #9aa7b5; --line: #2d3640; --accent: #5cc4d0; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.25rem 1rem 3rem; }
h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; overflow-wrap: anywhere; }
header p { margin: .25rem 0 0; color: var(--soft); }
a { color: var(--accent); }
a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.back { display: inline-block; padding: .5rem 0; text-decoration: none; }
.mails { list-style: none; margin: 1.25rem 0 0; padding: 0; background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; overflow: hidden; }
.mails li + li { border-top: 1px solid var(--line); }
.mails a { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; padding: .75rem 1rem; color: inherit; text-decoration: none; }
.mails a:hover { background: var(--ground); }
.mails a:focus-visible { outline-offset: -3px; }
.subject { font-weight: 600; overflow-wrap: anywhere; }
.to { color: var(--soft); overflow-wrap: anywhere; }
time { color: var(--soft); font-variant-numeric: tabular-nums; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .1rem .75rem; margin: .75rem 0 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; } dd time { color: inherit; }
nav { display: flex; flex-wrap: wrap; gap: .25rem; margin: 1.25rem 0 .75rem; }
nav a { padding: .5rem .8rem; border-radius: 2rem; text-decoration: none; }
nav a[aria-current] { background: var(--accent); color: var(--paper); font-weight: 600; }
.sheet { display: block; width: 100%; margin: 0; background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; }
iframe.sheet { height: 70vh; min-height: 24rem; background: #fff; }
div.sheet { overflow: auto; }
pre.sheet { padding: 1rem; overflow: auto; font: .85rem/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
pre.prose { font: inherit; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
th, td { padding: .4rem 1rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 600; white-space: nowrap; }
tr:last-child > * { border-bottom: 0; }
.empty, .note { margin: 1.25rem 0 0; padding: 1.5rem 1rem; color: var(--soft); text-align: center; }
.empty { background: var(--paper); border: 1px dashed var(--line); border-radius: .75rem; }
@media (max-width: 36rem) {
	.mails a { grid-template-columns: 1fr; gap: .1rem; }
	.mails time { order: 3; font-size: .875rem; }
	th, td { display: block; padding: .4rem 1rem 0; border: 0; }
	td { padding: 0 1rem .4rem; border-bottom: 1px solid var(--line); }
}
`;
