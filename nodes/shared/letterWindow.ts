import type { INodeProperties } from 'n8n-workflow';
import { USUAL_WINDOW, type WindowBlock, type WindowSide } from '../../lib/channels/letter/letter';
import { CrmError } from '../../lib/domain/errors';

/** Where the address of a letter stands, as panels ask for it. */
export const windowField: INodeProperties = {
	displayName: 'Window of the Envelope',
	name: 'window',
	type: 'options',
	default: 'right',
	options: [
		{ name: 'Left', value: 'left' },
		{ name: 'Other', value: 'other', description: 'Give position and size among the options' },
		{ name: 'Right', value: 'right' },
	],
	description: 'Where the address stands. Right and left fit the usual Italian envelope (DL, 110 x 220 mm, window 45 x 100 mm, 20 mm from the side and from the lower edge).',
};

const MILLIMETRES = 'In millimetres, on the sheet, from its upper left corner';

/** Position and size of another window. */
export const windowOptions: INodeProperties[] = [
	{ displayName: 'Window Height', name: 'windowHeight', type: 'number', default: 32, typeOptions: { minValue: 15 }, description: MILLIMETRES },
	{ displayName: 'Window Left', name: 'windowX', type: 'number', default: 104, typeOptions: { minValue: 0 }, description: MILLIMETRES },
	{ displayName: 'Window Top', name: 'windowY', type: 'number', default: 46, typeOptions: { minValue: 0 }, description: MILLIMETRES },
	{ displayName: 'Window Width', name: 'windowWidth', type: 'number', default: 84, typeOptions: { minValue: 40 }, description: MILLIMETRES },
];

export interface GivenWindow {
	windowX?: number;
	windowY?: number;
	windowWidth?: number;
	windowHeight?: number;
}

/** The window that a panel names. @throws CrmError where the address would not stand on the upper third of the page */
export function windowOf(side: WindowSide | 'other', given: GivenWindow): WindowBlock {
	const { x, y, width, height } = USUAL_WINDOW.right;
	const window: WindowBlock = side === 'other' ? { x: given.windowX ?? x, y: given.windowY ?? y, width: given.windowWidth ?? width, height: given.windowHeight ?? height } : USUAL_WINDOW[side];
	if (window.x + window.width <= 210 && window.y + window.height <= 99) return window;
	throw new CrmError('The window does not lie on the upper third of an A4 page', 'Left and width may add up to 210 mm, top and height to 99 mm.');
}
