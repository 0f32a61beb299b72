/** An error that a person can mend: says what happened, and how to go on. The nodes turn it into n8n's own error. */
export class CrmError extends Error {
	/**
	 * @param message what happened and where, without personal data
	 * @param howToGoOn the next step for the person who reads it
	 */
	constructor(message: string, readonly howToGoOn: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'CrmError';
	}
}

/** What a piece of work gives, or undefined where it cannot be done for a reason that a person could mend. What is a fault of ours is thrown on. */
export function ifItCan<Result>(work: () => Result): Result | undefined {
	try {
		return work();
	} catch (error) {
		if (error instanceof CrmError) return undefined;
		throw error;
	}
}
