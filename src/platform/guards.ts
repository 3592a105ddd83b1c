/** The policy of whatever is no page of ours: it may load nothing but the sheet of the last resort page. */
const BARE_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'";
const A_YEAR = 31_536_000;

/** What anybody's program may do with public data, from a page of any site. */
const OPEN = {
	'cross-origin-resource-policy': 'cross-origin',
	'access-control-allow-origin': '*',
	'access-control-expose-headers': 'etag',
};
/** Answers a browser that asks before it asks. */
export const PREFLIGHT: Readonly<Record<string, string>> = {
	allow: 'GET, HEAD, POST, OPTIONS',
	'access-control-allow-methods': 'GET, HEAD, POST, OPTIONS',
	'access-control-allow-headers': 'if-none-match, content-type',
	'access-control-max-age': '86400',
};

/** Whether an address belongs to the public data for programs. */
export function isOpen(path: string): boolean {
	return path.startsWith('/api/');
}

/** Whether a route gives programs what is not public: to whoever has a key, or is signed in. */
export function isWalled(route: string | null): boolean {
	return route?.startsWith('/api/v1/adoption/') === true;
}

/**
 * Headers of every answer: pages, files, redirects and errors alike. Kit writes the content policy of a page over the
 * one given here. `secure`: people reach the site over TLS. `open`: the answer is public data for programs.
 */
export function guards(secure: boolean, open = false): Readonly<Record<string, string>> {
	return {
		'content-security-policy': BARE_POLICY,
		'x-content-type-options': 'nosniff',
		'referrer-policy': 'no-referrer',
		'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
		'cross-origin-opener-policy': 'same-origin',
		'cross-origin-resource-policy': 'same-origin',
		...(open ? OPEN : {}),
		...(secure ? { 'strict-transport-security': `max-age=${A_YEAR}` } : {}),
	};
}
