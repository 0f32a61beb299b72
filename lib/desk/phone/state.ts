import type { LinkedDevice } from '../../domain/linkedDevice';
import type { DeskFrame } from '../state';

/** The page about the shop's phone. */
export interface PhonePageState extends DeskFrame {
	/** Absent where no workflow has ever kept its session. */
	device?: LinkedDevice;
	/** The QR code as a picture: a GIF, base64. */
	picture?: string;
	/** Messages that left today, and how many may. */
	sent?: { today: number; limit: number };
	/** What was typed as number, and could not be read. */
	badNumber?: string;
}
