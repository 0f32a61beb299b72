import { CrmError } from '../../../../lib/domain/errors';
import type { Shop } from '../../../../lib/domain/shop';

/**
 * The privacy notice that consents are saved under; undefined where none is named.
 * @throws CrmError for a version that the shop does not know: consents under it could never be used, and nobody would notice
 */
export function noticeVersion({ privacyNotices }: Shop, given: string | undefined): string | undefined {
	const version = given?.trim();
	if (!version || privacyNotices.some((notice) => notice.version === version)) return version || undefined;
	const known = privacyNotices.map((notice) => notice.version).join(', ') || 'none';
	throw new CrmError(
		`The shop knows no privacy notice "${version}" (it knows: ${known})`,
		'Correct the version, or enter the notice with Shop > Create or Update > Privacy Notices first.',
	);
}
