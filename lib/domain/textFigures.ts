/** How a text fares, over all the time there is. */
export interface TextFigures {
	template: string;
	channel: string;
	version: number;
	/** Messages from it, in whatever state. */
	written: number;
	sent: number;
	/** Approved as it was: at least approved, and nobody changed it. */
	untouched: number;
	edited: number;
	rejected: number;
	complaints: number;
}
