import { consentFacts } from '../facts';
import type { Facts, Rule, RuleContext } from '../rule';

/**
 * A consent is informed only if the notice that the customer was shown explains the purpose and was out when the customer spoke; soft spam likewise.
 * Without consent (legitimate interest, the customer's own request) some notice out by today must explain it. Service messages are not held up by it.
 */
export const noticeMissing: Rule = {
	id: 'R05',
	title: 'A privacy notice covers the purpose',
	source: 'RULES 5; GDPR 13-14; Codice privacy 130(4)',
	mark: 'law',
	settings: ['privacyNotices'],
	reason: 'NOTICE_MISSING',
	check: (context) => {
		if (context.basis === 'contract') return undefined;
		if (context.basis === 'consent' || context.basis === 'soft-spam') return consentUncovered(context);
		return isCovered(context, context.request.today) ? undefined : { noticeVersion: null };
	},
};

function consentUncovered(context: RuleContext): Facts | undefined {
	const { consent } = context;
	if (consent?.status !== 'granted') return undefined;
	const { capturedAt, noticeVersion } = consent.record;
	// The UTC day: a consent known by its day alone is stored at its midnight in UTC.
	const covered = noticeVersion !== undefined && isCovered(context, capturedAt.slice(0, 10), noticeVersion);
	return covered ? undefined : { noticeVersion: null, ...consentFacts(consent) };
}

function isCovered({ shop, purpose }: RuleContext, day: string, version?: string): boolean {
	return shop.privacyNotices.some(
		(notice) => (version === undefined || notice.version === version) && notice.purposes.includes(purpose) && notice.publishedOn <= day,
	);
}
