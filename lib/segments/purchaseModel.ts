import type { PurchaseHistory, PurchaseModel } from '../domain/segment';
import { daysBetween, type LocalDate } from '../domain/time';
import { fitBgNbd, type RepeatBuyer } from './bgNbd';

/** With fewer buyers, or fewer of them who came back, four parameters say more than the data know. Ours. */
const LEAST_BUYERS = 300;
const LEAST_RETURNED = 60;
/** A parameter that runs away says that the data do not hold it. */
const LARGEST = 1e5;
/** The pause between two purchases where nobody ever came back: two years, as spectacles are commonly kept. Ours. */
const USUAL_PAUSE_DAYS = 730;

/**
 * How buyers of this shop come back, learned from their own purchases: BG/NBD by maximum likelihood, or, where there are too few, the mean
 * pause between two purchases.
 */
export function purchaseModel(histories: readonly PurchaseHistory[], today: LocalDate): PurchaseModel {
	const buyers = histories.map((history) => toBuyer(history, today));
	const count = total(buyers, () => 1);
	if (count >= LEAST_BUYERS && total(buyers, ({ repeats }) => Math.min(repeats, 1)) >= LEAST_RETURNED) {
		const { r, alpha, a, b, logLikelihood } = fitBgNbd(buyers);
		if ([r, alpha, a, b].every((parameter) => parameter < LARGEST && parameter > 1 / LARGEST)) return { kind: 'bg-nbd', r, alpha, a, b, buyers: count, logLikelihood };
	}
	const repeats = total(buyers, (buyer) => buyer.repeats);
	const days = repeats === 0 ? USUAL_PAUSE_DAYS : total(buyers, (buyer) => buyer.recency * 7) / repeats;
	return { kind: 'interval', days, buyers: count };
}

function toBuyer({ purchases, firstOn, lastOn, customers }: PurchaseHistory, today: LocalDate): RepeatBuyer {
	return { repeats: purchases - 1, recency: daysBetween(firstOn, lastOn) / 7, age: daysBetween(firstOn, today) / 7, customers };
}

function total(buyers: readonly RepeatBuyer[], amountOf: (buyer: RepeatBuyer) => number): number {
	return buyers.reduce((sum, buyer) => sum + buyer.customers * amountOf(buyer), 0);
}
