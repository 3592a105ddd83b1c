import { unescapeXml } from '#kernel/xml.ts';
import { unwrap } from '../read/address.ts';

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

/** The end of a text of a cell or a comment, which may consist of runs, and its beginning; one run of it. */
const TEXT_END = /(<\/(?:\w+:)?(?:si|is|text)>)/;
const TEXT_BEGIN = /<(?:(\w+):)?(?:si|is|text)(?:\s[^<>]*)?>/g;
const RUN = /<(?:\w+:)?t(?:\s[^<>]*)?>([^<]*)</g;
/** A sign of an address, written as a number. */
const NUMBERED = /&#(?:0*(\d{2,3})|x0*([0-9a-f]{2}));/gi;
const SIGN = /[\w.~%:/?=@+-]/;

/**
 * XML text without wrappers and mailboxes, as `cleaned` makes it, also where their signs are written as numbers and where
 * a text changes its type in the middle of one. Text without either comes back as it is.
 */
export function withoutMailboxes(xml: string): string {
	const plain = xml.replace(NUMBERED, (written, decimal, hex) => {
		const sign = String.fromCharCode(decimal ? Number(decimal) : Number.parseInt(hex, 16));
		return SIGN.test(sign) ? sign : written;
	});
	const joined = plain
		.split(TEXT_END)
		.map((piece) => withRunsJoined(piece))
		.join('');
	const after = cleaned(joined);
	return after === plain ? xml : after;
}

/** The text that ends here as one run, where it holds a wrapper or a mailbox that none of its runs holds whole. */
function withRunsJoined(piece: string): string {
	const begin = [...piece.matchAll(TEXT_BEGIN)].at(-1);
	if (!begin) return piece;
	const from = begin.index + begin[0].length;
	const runs = [...piece.slice(from).matchAll(RUN)].map(([, text = '']) => text);
	const whole = runs.join('');
	if (runs.length < 2 || cleaned(whole) === runs.map(cleaned).join('')) return piece;
	const t = begin[1] ? `${begin[1]}:t` : 't';
	return `${piece.slice(0, from)}<${t} xml:space="preserve">${cleaned(whole)}</${t}>`;
}

/**
 * XML text with every mail wrapper replaced by the address inside it, or by nothing that leads anywhere, and every name
 * of a mailbox removed.
 */
function cleaned(xml: string): string {
	const unwrapped = xml
		.replace(WEB_ADDRESS, (found) => (/safelinks/i.test(found) ? (inner(found) ?? NOWHERE) : found))
		.replace(WRAPPER_REST, NOWHERE);
	return unwrapped.replace(MAIL_LINK, NOWHERE).replace(MAILBOX, REMOVED);
}

function inner(wrapped: string): string | null {
	const { href } = unwrap(unescapeXml(wrapped));
	return href?.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`) ?? null;
}
