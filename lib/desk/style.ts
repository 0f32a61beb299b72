/** What only the Desk shows. One column on a phone, numbers beside the work from 60rem on. */
export const DESK_STYLE = `
.skip { position: absolute; left: 1rem; top: -4rem; z-index: 3; background: var(--card); padding: .8rem 1rem; border-radius: .6rem; }
.skip:focus { top: .5rem; }
.top { background: var(--card); border-bottom: 1px solid var(--line); }
.top > .wide:first-child { display: flex; justify-content: space-between; align-items: center; gap: .5rem 1rem; min-height: 3.75rem; padding-block: .3rem; }
.home { min-width: 0; color: inherit; text-decoration: none; display: flex; align-items: center; min-height: 2.75rem; }
.logout { display: flex; align-items: center; gap: .25rem; margin-right: -.6rem; }
.logout button { padding-inline: .6rem; }
.who { color: var(--soft); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-width: 9rem; }
.who[aria-current] { color: var(--ink); }
a.who { display: inline-flex; align-items: center; min-height: 2.75rem; text-decoration: none; }
a.who:hover { color: var(--accent); text-decoration: underline; }
.people { list-style: none; display: grid; }
.people li { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: center; justify-content: space-between; padding-block: .8rem; border-top: 1px solid var(--line); }
.people li:first-child { border-top: 0; }
.people li > div:first-child { flex: 1 1 14rem; min-width: 0; }
.people li > .field { flex: 1 1 18rem; }
.people .rejecting { flex: 0 1 auto; }
.people .rejecting[open] { flex-basis: 100%; }
textarea[readonly] { min-height: 4rem; }
.qr { width: min(18rem, 100%); background: #fff; image-rendering: pixelated; }
.secret { font: 700 1.3rem/1.4 ui-monospace, monospace; letter-spacing: .04em; }
.sections { display: flex; flex-wrap: wrap; gap: 0 1.25rem; }
.sections a { flex: none; display: inline-flex; align-items: center; min-height: 2.75rem; color: var(--soft); font-weight: 600; text-decoration: none; border-bottom: 3px solid transparent; }
.sections a:hover { color: var(--ink); }
.sections [aria-current] { color: var(--ink); border-color: var(--accent); }
.rehearsal { background: var(--alarm); color: var(--alarm-ink); font-weight: 600; }
.rehearsal p { padding-block: .6rem; }
main.wide { padding-block: 1.25rem 3rem; display: grid; gap: 1.25rem; }
main:focus { outline: none; }
.flash { position: sticky; top: .5rem; z-index: 2; box-shadow: 0 4px 16px rgb(0 0 0 / .14); font-weight: 550; animation: settle 1ms 8s forwards; }
@keyframes settle { to { position: static; box-shadow: none; } }
.intro { display: grid; gap: .35rem; }
.intro h1::first-letter { text-transform: uppercase; }
.columns { display: grid; gap: 1.5rem; align-items: start; grid-template-columns: minmax(0, 1fr); }
.work, .work > section, .cards, .message, main.wide, .intro, .uncertain ul { grid-template-columns: minmax(0, 1fr); }
.work, .work > section { display: grid; gap: 1rem; min-width: 0; }
.work { gap: 1.5rem; }
.section-head { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; }

.counts { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .5rem; }
.counts > div { display: flex; flex-direction: row-reverse; justify-content: flex-end; align-items: center; gap: .6rem; background: var(--card); border: 1px solid var(--line); border-radius: .8rem; padding: .4rem .8rem; }
.counts dt { color: var(--soft); font-size: .9rem; line-height: 1.25; }
.counts dd { flex: none; font-size: 1.3rem; line-height: 1.4; font-weight: 650; font-variant-numeric: tabular-nums; }
.counts .first { background: var(--accent-soft); border-color: transparent; }
.counts .first dt { color: var(--ink); }
.counts .bad { background: var(--bad-soft); border-color: transparent; }
.counts .bad dt, .counts .bad dd { color: var(--bad); }
.filter { display: flex; flex-wrap: wrap; gap: .5rem; }
.filter .button { border-radius: 2rem; }
.filter [aria-current] { background: var(--accent-soft); border-color: var(--accent); color: var(--ink); }

.cards { display: grid; gap: 1rem; }
.message { display: grid; gap: .6rem; scroll-margin-top: 5rem; }
.message:target { border-color: var(--accent); }
.message:has([name='pick']:checked) { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
.head { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-items: start; gap: .5rem; }
.head > div { order: -1; }
.message h3 a { color: inherit; text-decoration-color: var(--line); padding-block: .7rem; }
.message h3 a:hover { color: var(--accent); text-decoration-color: currentColor; }
.pick { display: grid; place-items: center; width: 2.75rem; height: 2.75rem; margin: -.5rem -.5rem 0 0; cursor: pointer; }
.facts { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .7rem; }
.facts strong { font-weight: 600; color: var(--accent); }
.last { display: inline-block; padding: 0 .6rem; border-radius: 1rem; background: var(--warn-soft); color: var(--warn); font-size: .9rem; font-weight: 600; }
.subject { font-weight: 600; }
.text { border-left: 3px solid var(--line); padding-left: .85rem; }
.text summary { display: block; min-height: 2.75rem; }
.text .more, .text .less { color: var(--accent); font-weight: 600; text-decoration: underline; text-underline-offset: .18em; white-space: nowrap; }
.text .less, .text[open] .start, .text[open] .more { display: none; }
.text[open] .less { display: inline-flex; align-items: center; min-height: 2.75rem; }
.whole { white-space: pre-wrap; }
.why { position: relative; padding-left: 1.5rem; color: var(--soft); font-size: .94rem; }
.why::before { content: ''; position: absolute; left: .35rem; top: .3rem; width: .42rem; height: .8rem; border: solid var(--accent); border-width: 0 .14rem .14rem 0; rotate: 42deg; }
.acts { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: .2rem; }
.acts .button, .acts > form:first-child button { padding-inline: .7rem; }
.acts > form:first-child, .acts > .button { flex: 1 1 auto; display: flex; }
.acts > form:first-child button { flex: 1; }
.rejecting { flex: 1 1 auto; }
.rejecting summary { width: 100%; }
.rejecting[open] { flex-basis: 100%; }
.rejecting form { margin-top: .5rem; padding: 1rem; border-radius: .8rem; background: var(--paper); }

.many { display: flex; flex-wrap: wrap; gap: .5rem; align-items: flex-start; padding: .75rem; border-radius: 1rem; background: var(--card); border: 1px solid var(--line); }
.many > button { flex: 1 1 14rem; }
.many > details { flex: 1 1 14rem; }
.many summary { width: 100%; }
.ask { display: grid; gap: .6rem; padding: .75rem; margin-top: .5rem; border-radius: .8rem; background: var(--warn-soft); color: var(--warn); }
.work { counter-reset: picked; }
[name='pick']:checked { counter-increment: picked; }
@supports selector(:has(*)) {
	.work:has([name='pick']:checked) .many > details:not([open]) { display: none; }
	.work:has([name='pick']:checked) .picked::before { content: '(' counter(picked) ')'; }
	@media (min-height: 32rem) { .work:has([name='pick']:checked) .many { position: sticky; bottom: .5rem; z-index: 1; box-shadow: 0 -2px 18px rgb(0 0 0 / .16); } }
}
.pager { display: flex; justify-content: space-between; align-items: center; gap: .5rem; text-align: center; }
.pager > :first-child, .pager > :last-child { min-width: 6rem; }
.empty { display: grid; justify-items: center; gap: .6rem; padding: 2.5rem 1.25rem; text-align: center; }
.empty svg { color: var(--accent); }
.empty strong { font-size: 1.2rem; }

.uncertain { border: 1.5px solid var(--warn); background: var(--warn-soft); }
.uncertain h2 { color: var(--warn); }
.uncertain ul { list-style: none; display: grid; gap: .6rem; }
.uncertain li { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: center; justify-content: space-between; padding: .8rem; border-radius: .8rem; background: var(--card); }
.uncertain li > div { flex: 1 1 14rem; }
.two { display: flex; flex-wrap: wrap; gap: .5rem; }
.two button { flex: 1 1 auto; }

.back { margin-block: -.5rem; }
.back a { display: inline-flex; align-items: center; gap: .4rem; min-height: 2.75rem; font-weight: 600; }
.state { display: inline-block; padding: .15rem .7rem; border-radius: 2rem; background: var(--accent-soft); font-weight: 600; font-size: .94rem; }
.state.failed, .state.blocked { background: var(--bad-soft); color: var(--bad); }
.state.uncertain, .state.expired, .state.rejected { background: var(--warn-soft); color: var(--warn); border: 0; }
.letter > section { display: grid; gap: .75rem; min-width: 0; }
.mail { padding: 0; overflow: hidden; }
.sheet { padding: 1rem; }
.rewording ins { background: var(--accent-soft); text-decoration: underline; text-underline-offset: .2em; }
.rewording del { color: var(--soft); }
.envelope { padding: .7rem 1rem; border-bottom: 1px solid var(--line); display: grid; gap: .15rem; }
.envelope > div { display: grid; grid-template-columns: 4.5rem minmax(0, 1fr); }
.envelope dt { color: var(--soft); }
.envelope dd { font-weight: 600; }
iframe { display: block; width: 100%; height: clamp(20rem, 70vh, 34rem); border: 0; background: #fff; color-scheme: light; }
.full { display: grid; }
.history { list-style: none; display: grid; gap: .5rem; }
.history li { padding-left: .9rem; border-left: 3px solid var(--line); }
.standings { display: grid; }
.standings > div { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; padding-block: .4rem; border-top: 1px solid var(--line); }
.standings > div:first-child { border-top: 0; }
.standings dt { color: var(--soft); }
.standings dd { font-weight: 600; text-align: right; margin-left: auto; overflow-wrap: anywhere; }
.standings dd .soft { font-weight: 400; }
.history li.warn { border-color: var(--warn); }
.history li.bad { border-color: var(--bad); }
.history time { color: var(--soft); display: block; font-size: .92rem; }

div.flash { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .5rem 1rem; }
.stack > .counts { grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); }
.note ul { padding-left: 1.2rem; }
.filters { display: grid; gap: .75rem; margin-top: .5rem; grid-template-columns: repeat(auto-fit, minmax(min(12rem, 100%), 1fr)); align-items: end; }
.inset { margin-top: .5rem; padding: 1rem; border-radius: .8rem; background: var(--paper); }
.tick { display: flex; gap: .75rem; align-items: center; min-height: 2.75rem; }
.choices { list-style: none; display: grid; gap: 1rem; }
.thumb summary svg { vertical-align: -.2em; }
.bubble { max-width: 26rem; padding: .7rem .9rem; border-radius: 1.1rem 1.1rem 1.1rem .3rem; background: var(--accent-soft); overflow-wrap: anywhere; }
.bubble + .bubble, .bubble > * + * { margin-top: .5rem; }
.bubble.label { border-radius: .8rem; text-align: center; font-weight: 600; color: var(--accent); }
.push { max-width: 26rem; padding: .8rem 1rem; border: 1px solid var(--line); border-radius: 1.1rem; background: var(--paper); }
.a4 { max-width: 40rem; aspect-ratio: 210 / 297; height: auto; min-height: min-content; padding: 7% 11%; display: grid; gap: .8rem; align-content: start; background: #fff; color: #1b1b1b; border: 1px solid var(--line); font: .94rem/1.45 Helvetica, Arial, sans-serif; overflow-wrap: anywhere; }
.a4 .window { margin: 2.5rem 0 2rem 45%; }
.a4 .foot { align-self: end; font-size: .78rem; }
.beside { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); }
.source { padding: .8rem 1rem; border-radius: .8rem; background: var(--paper); overflow-wrap: anywhere; }
.rows, .plain-list, .talk { list-style: none; display: grid; gap: .75rem; grid-template-columns: minmax(0, 1fr); }
.row { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: center; justify-content: space-between; scroll-margin-top: 5rem; }
.row:target { border-color: var(--accent); }
.row > div:first-child { flex: 1 1 16rem; display: grid; gap: .2rem; min-width: 0; }
.row > form, .row > .button { flex: 0 1 auto; }
.row h2 a, .row h3 a { color: inherit; text-decoration-color: var(--line); display: inline-block; padding-block: .6rem; }
.row .rejecting { flex: 0 1 auto; }
.row .rejecting[open] { flex-basis: 100%; }
.pairs { display: grid; gap: .5rem; }
.pairs dt { color: var(--soft); font-size: .92rem; }
.pairs .last { margin-block: .1rem; border-radius: .8rem; }
.dial { font-size: 1.15rem; min-height: 3.25rem; }
.script { border-left: 3px solid var(--accent); padding-left: .85rem; font-size: 1.05rem; }
.short { min-height: 5.5rem; }
fieldset.choices { gap: .35rem; }
.choices legend { font-weight: 600; padding: 0; margin-bottom: .35rem; }
.choice { display: flex; gap: .6rem; align-items: center; min-height: 2.75rem; }
.choice label { flex: 1; font-weight: 400; padding-block: .5rem; cursor: pointer; }
input[type='radio'] { width: 1.4rem; min-height: 1.4rem; height: 1.4rem; flex: none; margin: 0; accent-color: var(--accent); cursor: pointer; }
.outcomes > button { flex: 1 1 9rem; }
.talk li { padding: .7rem .9rem; border-radius: .9rem; background: var(--card); border: 1px solid var(--line); max-width: 92%; }
.talk .ours { justify-self: end; background: var(--accent-soft); border-color: transparent; }
.figures { display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr)); }
.figure { display: grid; gap: .3rem; align-content: start; min-width: 0; }
.big { font-size: 1.9rem; line-height: 1.2; font-weight: 650; font-variant-numeric: tabular-nums; }
.chart { display: block; width: 100%; max-width: 30rem; height: auto; margin-top: .5rem; }
.scroll { overflow-x: auto; margin-top: .5rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .45rem .7rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th { font-weight: 600; }
th:first-child { text-align: left; }
th[scope='colgroup'] { text-align: center; }
meter { width: 100%; height: 1.1rem; }
.path { display: grid; gap: 0 1.5rem; grid-template-columns: repeat(auto-fit, minmax(min(12rem, 100%), 1fr)); }
.path > div { display: flex; justify-content: space-between; gap: 1rem; padding-block: .3rem; border-bottom: 1px solid var(--line); }
.path dt { color: var(--soft); }
.path dd { flex: none; font-weight: 650; font-variant-numeric: tabular-nums; }
.rows.beside { align-items: start; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 1rem; }
.rows.beside .inset { margin-top: 0; }
.search { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; }
.search .field { flex: 1 1 14rem; }

@media (min-width: 60rem) {
	.columns { grid-template-columns: minmax(0, 1fr) 17rem; gap: 2.5rem; }
	.columns > aside { order: 1; position: sticky; top: 1.25rem; }
	.counts { grid-template-columns: 1fr; }
	.columns.letter { grid-template-columns: minmax(0, 1fr) 26rem; }
	.acts > form:first-child, .acts > .button, .acts > .rejecting:not([open]) { flex: 0 1 auto; }
	.message { padding: 1.25rem 1.4rem; }
	.acts .button, .acts > form:first-child button { padding-inline: 1.05rem; }
}
`;
