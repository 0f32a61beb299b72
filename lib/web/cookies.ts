/** A session cookie as it is set. It is always HttpOnly and SameSite=Strict. */
export interface Cookie {
	name: string;
	/** Letters, digits, `-`, `_`, `.` and `~` only: enough for a token. */
	value: string;
	/** Path under which the browser sends it, for example `/webhook/desk`. */
	path: string;
	/** True when the page was asked for over https. */
	secure: boolean;
	/** Seconds until the browser forgets it; without it, when the browser is closed. 0 deletes it. */
	maxAge?: number;
}

/** The first cookie of that name in a `Cookie` header. The first, because browsers send the one with the longest path first. */
export function readCookie(header: string | undefined, name: string): string | undefined {
	for (const pair of (header ?? '').split(';')) {
		const [key, value] = pair.split(/=(.*)/s);
		if (key.trim() === name && value !== undefined) return value.trim();
	}
	return undefined;
}

/**
 * The value of a `Set-Cookie` header.
 *
 * @throws RangeError where a part holds a character that could end it and start another
 */
export function writeCookie({ name, value, path, secure, maxAge }: Cookie): string {
	if (!/^[\w.~-]+$/.test(name) || !/^[\w.~-]*$/.test(value) || !/^\/[\w./~%-]*$/.test(path)) {
		throw new RangeError(`Not a safe cookie: ${name}`);
	}
	const age = maxAge === undefined ? '' : `; Max-Age=${Math.floor(maxAge)}`;
	return `${name}=${value}; Path=${path}${age}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
}
