/** Colours, type, buttons and fields that every page of ours shares. All pairs of colours meet WCAG AA (test/lib/web/baseStyle.test.ts). */
export const BASE_STYLE = `
:root {
	color-scheme: light dark;
	--paper: #f6f2ec; --card: #fffdfa; --ink: #2a2521; --soft: #645a50; --line: #e2d9cd; --edge: #8b7f72;
	--accent: #0d5f59; --accent-ink: #ffffff; --accent-soft: #e0eeea;
	--warn: #6a4300; --warn-soft: #fdf0d8; --bad: #a1261c; --bad-soft: #fbe8e5; --alarm: #a1261c; --alarm-ink: #ffffff;
	--shadow: 0 1px 2px rgb(60 45 30 / .07), 0 4px 14px rgb(60 45 30 / .05);
}
@media (prefers-color-scheme: dark) {
	:root {
		--paper: #191715; --card: #24211e; --ink: #f0eae2; --soft: #b9aea2; --line: #3b3630; --edge: #8e8276;
		--accent: #86cfc4; --accent-ink: #06302c; --accent-soft: #1f3532;
		--warn: #f4d494; --warn-soft: #392c14; --bad: #ffa398; --bad-soft: #41211d; --alarm: #a1261c; --alarm-ink: #ffffff;
		--shadow: none;
	}
}
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
html { -webkit-text-size-adjust: 100%; scroll-padding: 5rem 0 7rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; overflow-wrap: break-word; }
h1, h2, h3, p, ol, ul, dl, dd { margin: 0; padding: 0; }
h1 { font-size: clamp(1.5rem, 1.2rem + 1.4vw, 2rem); line-height: 1.2; letter-spacing: -.01em; text-wrap: balance; }
h2 { font-size: 1.2rem; line-height: 1.3; }
h3 { font-size: 1.08rem; line-height: 1.35; }
a { color: var(--accent); text-underline-offset: .18em; }
.soft { color: var(--soft); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.wide { max-width: 72rem; margin-inline: auto; padding-inline: max(1rem, env(safe-area-inset-left)); }
.narrow { max-width: 30rem; margin-inline: auto; padding: clamp(1.5rem, 6vh, 4.5rem) 1rem 2rem; display: grid; gap: 1rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 1rem; padding: 1rem; box-shadow: var(--shadow); }
.narrow > .card { padding: clamp(1.25rem, 5vw, 2rem); display: grid; gap: 1rem; }
.shop { display: flex; align-items: center; gap: .6rem; font-weight: 650; }
.shop { min-width: 0; line-height: 1.25; }
.shop > span { min-width: 0; overflow-wrap: anywhere; }
.shop svg { flex: none; color: var(--accent); }
h1, h3, dd, .whole, .subject { overflow-wrap: anywhere; }

:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: .35rem; }
.button, button {
	display: inline-flex; align-items: center; justify-content: center; gap: .45rem; min-height: 2.75rem; padding: .5rem 1.05rem;
	border: 1.5px solid var(--edge); border-radius: .7rem; background: transparent; color: var(--ink);
	font: inherit; font-weight: 600; line-height: 1.25; text-align: center; text-decoration: none; cursor: pointer; touch-action: manipulation;
}
.button:hover, button:hover { border-color: var(--accent); color: var(--accent); background: var(--accent-soft); }
.main, button.main { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); }
.main:hover, button.main:hover { background: var(--accent); color: var(--accent-ink); filter: brightness(1.12); }
.grave, button.grave { border-color: var(--bad); color: var(--bad); }
.grave:hover, button.grave:hover { background: var(--bad-soft); border-color: var(--bad); color: var(--bad); }
.plain, button.plain { border-color: transparent; color: var(--accent); }

label { font-weight: 600; }
.field { display: grid; gap: .35rem; }
.field small { display: block; font-weight: 400; color: var(--soft); font-size: .9rem; }
input, select, textarea {
	width: 100%; min-height: 2.75rem; padding: .55rem .75rem; border: 1.5px solid var(--edge); border-radius: .6rem;
	background: var(--card); color: var(--ink); font: inherit;
}
textarea { min-height: 16rem; resize: vertical; line-height: 1.55; field-sizing: content; }
input[type='checkbox'] { width: 1.4rem; min-height: 1.4rem; height: 1.4rem; margin: 0; accent-color: var(--accent); cursor: pointer; }
fieldset { border: 0; margin: 0; padding: 0; display: grid; gap: 1rem; }
.stack { display: grid; gap: 1rem; }
.stack, .field, .narrow, .narrow > .card { grid-template-columns: minmax(0, 1fr); }

summary { cursor: pointer; min-height: 2.75rem; border-radius: .7rem; list-style: none; }
summary::-webkit-details-marker { display: none; }
.note { padding: .8rem 1rem; border-radius: .8rem; border: 1px solid transparent; }
.note.good { background: var(--accent-soft); color: var(--ink); border-color: var(--accent); }
.note.warn { background: var(--warn-soft); color: var(--warn); border-color: var(--warn); }
.note.bad { background: var(--bad-soft); color: var(--bad); border-color: var(--bad); }

@media (forced-colors: active) { .card, .button, button, .note { border-color: currentColor; } }
@media (prefers-reduced-motion: no-preference) { .button, button { transition: background-color .12s, color .12s, border-color .12s; } }
@media print { body { background: #fff; } .card { box-shadow: none; break-inside: avoid; } button, .button { display: none; } }
`;
