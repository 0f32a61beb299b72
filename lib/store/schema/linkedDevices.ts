/** The shop's phone as a linked device. */
interface LinkedDeviceTable {
	shop_id: number;
	/** See `LinkedState`. */
	state: string;
	connected: number;
	/** E.164. */
	number: string | null;
	linked_at: string | null;
	/** Why nothing is sent until a person says so. */
	stopped_code: string | null;
	stopped_at: string | null;
	/** What the lead pairs the phone with, sealed with the store's secret. */
	qr: string | null;
	code: string | null;
	shown_until: string | null;
	/** What the Desk asks the session's holder to do, as JSON. */
	wish: string | null;
	/** The process that holds the session, and until when unless it says so again. */
	holder: string | null;
	held_until: string | null;
	updated_at: string;
}

/** Keys of the session; name and value mean nothing without the credential's secret. */
interface LinkedDeviceKeyTable {
	shop_id: number;
	kind: string;
	name: string;
	value: string;
}

export interface LinkedDeviceTables {
	linked_devices: LinkedDeviceTable;
	linked_device_keys: LinkedDeviceKeyTable;
}
