/** The policy of whatever is no page of ours: it may load nothing but the sheet of the last resort page. */
const BARE_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'";
const A_YEAR = 31_536_000;

/**
 * Headers of every answer: pages, files, redirects and errors alike. Kit writes the content policy of a page over the
 * one given here. `secure`: people reach the site over TLS.
 */
export function guards(secure: boolean): Readonly<Record<string, string>> {
	return {
		'content-security-policy': BARE_POLICY,
		'x-content-type-options': 'nosniff',
		'referrer-policy': 'no-referrer',
		'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
		'cross-origin-opener-policy': 'same-origin',
		'cross-origin-resource-policy': 'same-origin',
		...(secure ? { 'strict-transport-security': `max-age=${A_YEAR}` } : {}),
	};
}
