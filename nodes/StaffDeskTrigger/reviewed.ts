import type { DeskReviewCase } from '../../lib/desk/today/state';
import type { Shop } from '../../lib/domain/shop';
import type { ReviewCase } from '../../lib/store/reviewCases';
import { customerNameOf } from './customerName';
import { occasionOf } from './occasion';

/** A case as the Desk shows it. Only notices that explain the purpose are offered: another one would not help. */
export function toDeskCase({ id, firstName, lastName, birthDate, kind, dueOn, channel, purpose, reason, facts }: ReviewCase, { privacyNotices }: Pick<Shop, 'privacyNotices'>): DeskReviewCase {
	const { recordedBasis, capturedAt, source, noticeVersion } = facts;
	return {
		id,
		customerName: customerNameOf({ firstName, lastName }),
		occasion: occasionOf({ kind, dueOn, birthDate }),
		channel,
		reason,
		mayBeRequest: purpose === 'recall',
		notices: privacyNotices.filter(({ purposes }) => purposes.includes(purpose)).map(({ version }) => version),
		...(typeof noticeVersion === 'string' && { noticeVersion }),
		...(recordedBasis && capturedAt && { recorded: { basis: String(recordedBasis), capturedAt: String(capturedAt), source: String(source ?? '') } }),
	};
}
