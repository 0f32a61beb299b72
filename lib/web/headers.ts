/** Who may show a page in a frame, and what frames it may show itself. */
export interface Framing {
	/** `self` where the page shows another page of ours in a frame. */
	shows?: 'none' | 'self';
	/** `self` where a page of ours shows this one in a frame. */
	shownBy?: 'none' | 'self';
}

/**
 * Headers that every answer with personal data carries. `Referrer-Policy: same-origin` and not `no-referrer`, because with
 * the latter browsers post `Origin: null` and sameOrigin() could not tell our own form from a stranger's.
 */
export function commonHeaders(shownBy: 'none' | 'self' = 'none'): Record<string, string> {
	return {
		'Cache-Control': 'no-store',
		'Referrer-Policy': 'same-origin',
		'X-Content-Type-Options': 'nosniff',
		'X-Frame-Options': shownBy === 'self' ? 'SAMEORIGIN' : 'DENY',
		'Cross-Origin-Resource-Policy': 'same-origin',
		'X-Robots-Tag': 'noindex, nofollow',
	};
}

/**
 * Headers of a page. It shares its origin with n8n's editor, so it is sandboxed without scripts: markup that got in against all care
 * could still run nothing. `allow-same-origin` keeps cookies and a true Origin on its forms, `allow-forms` its buttons, and
 * `allow-top-navigation-to-custom-protocols` its tel: and mailto: links, `allow-downloads` the files that somebody asks for. The only style that counts is the one with this hash.
 *
 * @param styleHash CSP source of the page's one style element, for example `'sha256-…'`
 */
export function pageHeaders(styleHash: string, framing: Framing = {}): Record<string, string> {
	const { shows = 'none', shownBy = 'none' } = framing;
	return {
		'Content-Type': 'text/html; charset=utf-8',
		'Content-Security-Policy': [
			"default-src 'none'",
			`style-src ${styleHash}`,
			'img-src data:',
			"form-action 'self'",
			`frame-src ${quoted(shows)}`,
			"base-uri 'none'",
			`frame-ancestors ${quoted(shownBy)}`,
			'sandbox allow-forms allow-same-origin allow-downloads allow-top-navigation-to-custom-protocols',
		].join('; '),
		...commonHeaders(shownBy),
	};
}

function quoted(source: 'none' | 'self'): string {
	return `'${source}'`;
}
