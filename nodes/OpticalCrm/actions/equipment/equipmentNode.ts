import type { INodePropertyOptions } from 'n8n-workflow';
import { equipmentRow } from '../../../../lib/imports/records/equipmentRow';
import { listEquipment, saveEquipment } from '../../../../lib/store/records/equipment';

/** The types of lens, as the panel offers them. */
export const LENS_OPTIONS: INodePropertyOptions[] = [
	{ name: 'Contact Lenses', value: 'contact-lenses' },
	{ name: 'Office', value: 'office' },
	{ name: 'Progressive', value: 'progressive' },
	{ name: 'Reading', value: 'reading' },
	{ name: 'Single Vision', value: 'single-vision' },
	{ name: 'Sun', value: 'sun' },
];

/** What the operations need of equipment. */
export const EQUIPMENT = { read: equipmentRow, save: saveEquipment, list: listEquipment };
