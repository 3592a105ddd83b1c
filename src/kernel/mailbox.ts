/** The longest address that mail servers pass on (RFC 5321, with the erratum). */
const LONGEST = 254;
/** One mailbox and nothing else: no name beside it, no list, no quoted part, no sign that could end a header line. */
const MAILBOX =
	/^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
const LONGEST_LOCAL = 64;

/**
 * The mail address that somebody typed, in lower case, so that it can be compared; null where it is none that we could
 * write to. Domains outside ASCII are taken in their `xn--` form only.
 */
export function readMailbox(text: string): string | null {
	const address = text.trim().toLowerCase();
	if (address.length > LONGEST || address.indexOf('@') > LONGEST_LOCAL) return null;
	return MAILBOX.test(address) ? address : null;
}
