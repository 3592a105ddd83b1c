import { foldSpace } from './text.ts';

/** Where a cell's hyperlink leads once mail wrappers are taken off. */
export type Address =
	| { readonly href: string; readonly wrapped: boolean }
	| { readonly href: null; readonly why: 'link_dropped' | 'link_wrapper_broken'; readonly detail: string };

/** Mail that is forwarded is wrapped again; nobody forwards a link more often than this. */
const MAX_WRAPPERS = 8;
/** What browsers and servers still take. */
const MAX_ADDRESS = 4_000;
const WRAPPER_HOST = /(^|\.)safelinks\.protection\.outlook\.com$/;
const WRAPPER_WORD = /safelinks/i;
const PUNCTUATION = '.,;)';
const ANY_ADDRESS = /https?:\/\/[^\s|<>"]+/i;

/**
 * The http or https address that a hyperlink leads to. Outlook SafeLinks wrappers, which carry the names of mailboxes,
 * are taken off however often they are nested; the details of a failure never show one.
 */
export function unwrap(target: string): Address {
	let text = foldSpace(target);
	let wrapped = false;
	for (let depth = 0; depth <= MAX_WRAPPERS; depth++) {
		const url = parse(text);
		if (url === null) return none(wrapped ? 'link_wrapper_broken' : 'link_dropped', 'no web address');
		if (url.protocol !== 'http:' && url.protocol !== 'https:') return none('link_dropped', `a ${scheme(url)} link`);
		if (!WRAPPER_HOST.test(url.hostname)) return accept(url, wrapped);
		const inner = url.searchParams.get('url');
		if (!inner) return none('link_wrapper_broken', 'a mail wrapper without an address in it');
		text = foldSpace(inner);
		wrapped = true;
	}
	return none('link_wrapper_broken', 'mail wrappers nested too deep');
}

/** A text (white space folded) with every mail wrapper in it replaced by the address inside. */
export function unwrapWithin(text: string): string {
	if (!WRAPPER_WORD.test(text)) return text;
	const words = text
		.split(' ')
		.map((word) => (WRAPPER_WORD.test(word) ? (unwrap(word).href ?? '(mail wrapper)') : word));
	return words.join(' ');
}

/** The first web address that stands in a cell's text, without the punctuation behind it; null where there is none. */
export function addressIn(text: string): string | null {
	const found = ANY_ADDRESS.exec(text)?.[0];
	if (found === undefined) return null;
	let end = found.length;
	while (PUNCTUATION.includes(found.charAt(end - 1))) end--;
	return found.slice(0, end);
}

function accept(url: URL, wrapped: boolean): Address {
	if (url.username !== '') url.username = '';
	if (url.password !== '') url.password = '';
	const { href } = url;
	// A wrapper inside another address's query would carry its mailboxes along.
	if (WRAPPER_WORD.test(href)) return none('link_wrapper_broken', 'an address with a mail wrapper inside');
	if (href.length > MAX_ADDRESS) return none('link_dropped', `an address of ${href.length} characters`);
	return { href, wrapped };
}

function none(why: 'link_dropped' | 'link_wrapper_broken', detail: string): Address {
	return { href: null, why, detail };
}

function parse(text: string): URL | null {
	try {
		return new URL(text);
	} catch {
		return null;
	}
}

function scheme(url: URL): string {
	return url.protocol.slice(0, 20);
}
