/** A request, as far as it tells where it comes from. */
export interface Knock {
	readonly headers: Pick<Headers, 'get' | 'keys'>;
	/** Network address of the other end. */
	readonly remote: string;
	/** Scheme, host and port that the site goes by. */
	readonly own: string;
}

/** Names that only this machine goes by. Any other may be led here by whoever rules over it (DNS rebinding). */
const LOOPBACK_NAME = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/;
const LOOPBACK_ADDRESS = /^(?:(?:::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1)$/i;
/** What proxies and tunnels add: behind one, every visitor comes from this machine. */
const FORWARDED = /^(?:forwarded|via|x-forwarded(?:-.*)?|x-real-ip|x-client-ip|x-original-.*|true-client-ip|cf-.*)$/;

/** Whether whoever asks sits at this machine, with nobody in between who says so. */
export function isFromHere({ headers, remote, own }: Knock): boolean {
	const host = headers.get('host') ?? '';
	if (!LOOPBACK_NAME.test(host) || !LOOPBACK_ADDRESS.test(remote)) return false;
	if ([...headers.keys()].some((name) => FORWARDED.test(name.toLowerCase()))) return false;
	// Under another of its names the site takes no form.
	return own === `http://${host}`;
}

/** Whether a form comes from a page of the site itself, by what only browsers may say. */
export function isOwnForm({ headers, own }: Knock): boolean {
	const site = headers.get('sec-fetch-site');
	return headers.get('origin') === own && (site === null || site === 'same-origin');
}
