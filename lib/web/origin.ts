/** Headers of a request, names in lower case, as Node's http module gives them. */
export type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Whether a POST came from a page of our own and not from a stranger's. The order of proof:
 * 1. `Sec-Fetch-Site`, which no page can forge; sent by today's browsers over https and to this machine. `none` is the person's own doing.
 * 2. `Origin` against `Host` (plain http in the shop's network, older browsers). `null` is a stranger.
 * 3. Neither: no browser that could be misled, so there is no stranger; the session and its token still decide.
 * Behind a proxy that rewrites Host, pass the public origin. `X-Forwarded-Host` is not read: whoever sends the request may write it.
 *
 * @param publicOrigin for example `https://crm.example.it`, accepted beside the Host
 */
export function sameOrigin(headers: RequestHeaders, publicOrigin?: string): boolean {
	const site = single(headers['sec-fetch-site']);
	if (site !== undefined) return site === 'same-origin' || site === 'none';
	const origin = single(headers.origin);
	if (origin === undefined) return true;
	const host = hostOf(origin);
	if (host === undefined) return false;
	return host === single(headers.host)?.toLowerCase() || (publicOrigin !== undefined && host === hostOf(publicOrigin));
}

/** A header that came twice proves nothing: an empty text matches nothing. */
function single(header: string | string[] | undefined): string | undefined {
	return Array.isArray(header) ? '' : header;
}

function hostOf(origin: string): string | undefined {
	try {
		return new URL(origin).host || undefined;
	} catch {
		return undefined;
	}
}
