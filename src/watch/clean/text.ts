import { unwrap } from '../read/address.ts';
import { unescapeXml } from '../read/xml.ts';

/** What stands where the name of a mailbox stood: fit for a text, an attribute and an address. */
const REMOVED = 'mailbox-removed';
/** A link that leads nowhere, where nothing of the target may stay. */
const NOWHERE = 'about:blank';

/** A character of an address inside XML: what ends one there ends it here, the escaped ampersand does not. */
const OF_ADDRESS = `(?:&(?:amp|#38|#x26);|[^\\s"'<>&])`;
const WEB_ADDRESS = new RegExp(`https?://${OF_ADDRESS}+`, 'gi');
const WRAPPER_REST = new RegExp(`${OF_ADDRESS}*safelinks${OF_ADDRESS}*`, 'gi');
/** `name@host.tld`, its sign written in any way that XML and addresses know, also without the name before it. */
const MAILBOX = /[\w.+~-]{0,64}(?:@|%(?:25)*40|&#0*64;|&#x0*40;)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+/gi;
const MAIL_LINK = new RegExp(`mailto:${OF_ADDRESS}*`, 'gi');

/**
 * XML text with every mail wrapper replaced by the address inside it, or by nothing that leads anywhere, and every name
 * of a mailbox removed. Text without either comes back as it is.
 */
export function withoutMailboxes(xml: string): string {
	const unwrapped = xml
		.replace(WEB_ADDRESS, (found) => (/safelinks/i.test(found) ? (inner(found) ?? NOWHERE) : found))
		.replace(WRAPPER_REST, NOWHERE);
	return unwrapped.replace(MAIL_LINK, NOWHERE).replace(MAILBOX, REMOVED);
}

function inner(wrapped: string): string | null {
	const { href } = unwrap(unescapeXml(wrapped));
	return href?.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`) ?? null;
}
