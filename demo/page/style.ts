/** The look of the demo's page: system font, light and dark, one column on a phone and three at a desk. */
export const stylesheet = `
:root { color-scheme: light dark; --paper: #fff; --ground: #f3f5f7; --ink: #1c2530; --soft: #5b6775; --line: #dde3e9; --accent: #0b6a75; --mine: #d7f0dd; --bad: #9c1c1c; }
@media (prefers-color-scheme: dark) { :root { --paper: #1b2128; --ground: #12161b; --ink: #e8edf2; --soft: #9aa7b5; --line: #2d3640; --accent: #5cc4d0; --mine: #1d3d29; --bad: #ffa4a4; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 78rem; margin: 0 auto; padding: 0 1rem 3rem; }
h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 0 0 .5rem; font-size: 1.1rem; } h2 a { text-decoration: none; } h2 small { color: var(--soft); font-weight: 400; }
header { margin-top: 1.25rem; } header p { margin: .25rem 0 0; color: var(--soft); }
a { color: var(--accent); }
a:focus-visible, button:focus-visible, textarea:focus-visible, input:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
nav { display: flex; flex-wrap: wrap; gap: .25rem; }
nav.parts { padding: .75rem 0; border-bottom: 1px solid var(--line); }
nav.views { margin: 1.25rem 0 .75rem; }
nav a { padding: .5rem .8rem; border-radius: 2rem; text-decoration: none; }
nav a[aria-current] { background: var(--accent); color: var(--paper); font-weight: 600; }
.all { display: grid; gap: 1.5rem; margin-top: 1.25rem; }
.all > section { min-width: 0; } .all .list, .all .empty { margin-top: 0; }
@media (min-width: 60rem) { .all { grid-template-columns: 1fr 1fr 1fr; } }
.list { list-style: none; margin: 1.25rem 0 0; padding: 0; background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; overflow: hidden; }
.list li + li { border-top: 1px solid var(--line); }
.list a { display: grid; padding: .75rem 1rem; color: inherit; text-decoration: none; }
.list a:hover { background: var(--ground); }
.list a:focus-visible { outline-offset: -3px; }
.subject { font-weight: 600; overflow-wrap: anywhere; }
.about { color: var(--soft); overflow-wrap: anywhere; }
time, small { color: var(--soft); font-size: .875rem; font-variant-numeric: tabular-nums; }
.way { padding: 0 .4rem; border: 1px solid currentColor; border-radius: 1rem; font-size: .75rem; font-weight: 600; white-space: nowrap; }
.phone { max-width: 26rem; margin: 1.25rem auto 0; padding: 0 1rem 1rem; background: var(--paper); border: 1px solid var(--line); border-radius: 2rem; }
.phone iframe { display: block; width: 100%; height: 26rem; margin-top: .75rem; border: 1px solid var(--line); border-radius: .75rem; }
.screen { display: flex; flex-direction: column-reverse; gap: .5rem; height: 100vh; margin: 0; padding: .75rem; overflow-y: auto; list-style: none; }
.bubble { flex: none; max-width: 88%; padding: .5rem .75rem; background: var(--paper); border: 1px solid var(--line); border-radius: .9rem; overflow-wrap: anywhere; }
.bubble p { margin: 0; white-space: pre-wrap; } .bubble strong { display: block; }
.bubble.customer { align-self: flex-end; background: var(--mine); }
.bubble.push { align-self: center; width: 88%; border-style: dashed; }
form { display: grid; gap: .5rem; margin-top: 1rem; }
label { font-weight: 600; } fieldset label { margin-right: 1rem; font-weight: 400; }
fieldset { margin: 0; padding: .25rem .75rem .5rem; border: 1px solid var(--line); border-radius: .5rem; }
legend { color: var(--soft); font-size: .875rem; }
textarea { width: 100%; padding: .6rem; background: var(--ground); border: 1px solid var(--soft); border-radius: .5rem; color: inherit; font: inherit; }
button { min-height: 2.75rem; padding: .5rem 1rem; background: var(--accent); border: 1px solid var(--accent); border-radius: .5rem; color: var(--paper); font: inherit; font-weight: 600; cursor: pointer; }
button.quiet { background: none; color: var(--accent); }
.buttons { display: flex; flex-wrap: wrap; gap: .5rem; }
.problem { color: var(--bad); font-weight: 600; } .told { color: var(--accent); font-weight: 600; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .1rem .75rem; margin: .75rem 0 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; } dd time { color: inherit; font-size: inherit; }
.sheet { display: block; width: 100%; margin: 0; background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; }
iframe.sheet { height: 70vh; min-height: 24rem; background: #fff; }
div.sheet { overflow: auto; }
pre.sheet { padding: 1rem; overflow: auto; font: .85rem/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
pre.prose { font: inherit; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
th, td { padding: .4rem 1rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 600; white-space: nowrap; }
tr:last-child > * { border-bottom: 0; }
.empty { margin: 1.25rem 0 0; padding: 1.5rem 1rem; color: var(--soft); text-align: center; background: var(--paper); border: 1px dashed var(--line); border-radius: .75rem; }
.note { margin: .5rem 0 0; color: var(--soft); font-size: .9rem; }
@media (max-width: 36rem) {
	th, td { display: block; padding: .4rem 1rem 0; border: 0; }
	td { padding: 0 1rem .4rem; border-bottom: 1px solid var(--line); }
}
`;
