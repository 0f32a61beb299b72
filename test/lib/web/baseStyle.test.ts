import { BASE_STYLE } from '../../../lib/web/baseStyle';

type Palette = Record<string, string>;

const [light, dark] = [...BASE_STYLE.matchAll(/:root \{(.*?)\}/gs)].map(
	([, block]): Palette => Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value])),
);

/** Contrast ratio of two colours, WCAG 2.2. */
function contrast(one: string, other: string): number {
	const [bright, dim] = [one, other].map(luminance).sort((a, b) => b - a);
	return (bright + 0.05) / (dim + 0.05);
}

function luminance(colour: string): number {
	const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const TEXT = [
	['ink', 'paper'], ['ink', 'card'], ['soft', 'paper'], ['soft', 'card'], ['accent', 'paper'], ['accent', 'card'], ['accent', 'accent-soft'],
	['accent-ink', 'accent'], ['ink', 'accent-soft'], ['warn', 'warn-soft'], ['ink', 'warn-soft'], ['bad', 'bad-soft'], ['bad', 'card'], ['bad', 'paper'], ['alarm-ink', 'alarm'],
];
const OUTLINES = [['edge', 'card'], ['edge', 'paper'], ['accent', 'paper'], ['accent', 'card'], ['bad', 'card']];

describe.each([['light', light], ['dark', dark]])('the %s colours', (_, palette) => {
	it.each(TEXT)('%s is readable on %s (AA, 4.5)', (front, back) => {
		expect(contrast(palette[front], palette[back])).toBeGreaterThanOrEqual(4.5);
	});

	it.each(OUTLINES)('%s is visible on %s (AA, 3)', (front, back) => {
		expect(contrast(palette[front], palette[back])).toBeGreaterThanOrEqual(3);
	});
});

it('knows black on white', () => {
	expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
});
