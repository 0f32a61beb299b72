import { CrmError } from './errors';

/** What a step of the rollout asks for, and where the brakes pull. The defaults are our own. */
export interface RolloutSettings {
	/** Of the fields that later steps need, so many are filled and usable. Percent. */
	completenessPercent: number;
	/** So many customers have said yes or no to what the next step writes. Percent. */
	consentPercent: number;
	/** A step lasts at least so long. */
	weeksInStep: number;
	/** So many messages the staff have decided on in the step; fewer say nothing. */
	decidedLeast: number;
	/** So many of them were approved as they were. Percent. */
	unchangedPercent: number;
	/** So many of the messages that left have not come back. Percent. */
	deliveredPercent: number;
	/** At most so many refused further messages. Thousandths. */
	optOutPermille: number;
	/** So many of the tickets that are older than two days were answered or closed. Percent. */
	ticketsPercent: number;
	/** Above these shares, in thousandths, a campaign does harm: its brake pulls once that is certain enough. */
	brakeOptOutPermille: number;
	brakeComplaintPermille: number;
	brakeBouncePermille: number;
	brakeRejectedPermille: number;
	brakeUnsatisfiedPermille: number;
	/** How often, in a thousand campaigns and years, all brakes of a campaign on a channel together may pull though nothing is wrong. */
	falseAlarmPermille: number;
}

/** Complaints: mailbox providers ask for less than 0.3 %. The others are our own. */
export const USUAL_ROLLOUT: RolloutSettings = {
	completenessPercent: 60, consentPercent: 30, weeksInStep: 4, decidedLeast: 20, unchangedPercent: 80, deliveredPercent: 95, optOutPermille: 20, ticketsPercent: 90,
	brakeOptOutPermille: 20, brakeComplaintPermille: 3, brakeBouncePermille: 50, brakeRejectedPermille: 200, brakeUnsatisfiedPermille: 200, falseAlarmPermille: 50,
};

const RANGES: Record<keyof RolloutSettings, [number, number]> = {
	completenessPercent: [0, 100], consentPercent: [0, 100], weeksInStep: [0, 52], decidedLeast: [0, 1000], unchangedPercent: [0, 100], deliveredPercent: [0, 100],
	optOutPermille: [0, 1000], ticketsPercent: [0, 100], brakeOptOutPermille: [1, 900], brakeComplaintPermille: [1, 900], brakeBouncePermille: [1, 900],
	brakeRejectedPermille: [1, 900], brakeUnsatisfiedPermille: [1, 900], falseAlarmPermille: [1, 500],
};

/** @throws CrmError naming the setting that is unknown or cannot be right */
export function checkRollout(changes: Partial<RolloutSettings>): void {
	for (const [name, value] of Object.entries(changes)) {
		const range = RANGES[name as keyof RolloutSettings];
		if (!range) throw new CrmError(`The rollout has no setting "${name}"`, `Use one of ${Object.keys(RANGES).join(', ')}.`);
		if (Number.isSafeInteger(value) && value >= range[0] && value <= range[1]) continue;
		throw new CrmError(`The setting "${name}" is no whole number from ${range[0]} to ${range[1]}`, `The usual value is ${USUAL_ROLLOUT[name as keyof RolloutSettings]}.`);
	}
}
