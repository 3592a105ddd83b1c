/** A text as XML: marks of markup written out, and what XML 1.0 cannot hold left out. */
function xml(text: string): string {
	return text
		.replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}

/** One piece of news. Texts are plain; addresses are whole. */
export interface Entry {
	/** Its permanent address. */
	readonly id: string;
	readonly title: string;
	readonly text: string;
	/** ISO instants: when it was first told, and when it last changed. */
	readonly published: string;
	readonly updated: string;
	readonly categories: readonly string[];
}

export interface Feed {
	readonly id: string;
	readonly language: string;
	readonly title: string;
	readonly subtitle: string;
	readonly rights: string;
	readonly author: string;
	readonly updated: string;
	/** Addresses: of this document, of the page that shows the same, of the next older document (null: none). */
	readonly self: string;
	readonly page: string;
	readonly next: string | null;
	readonly entries: readonly Entry[];
}

/** A feed as an Atom 1.0 document (RFC 4287, paging of RFC 5005). */
export function atom(feed: Feed): string {
	return [
		'<?xml version="1.0" encoding="utf-8"?>',
		`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${xml(feed.language)}">`,
		`<id>${xml(feed.id)}</id>`,
		`<title>${xml(feed.title)}</title>`,
		`<subtitle>${xml(feed.subtitle)}</subtitle>`,
		`<updated>${xml(feed.updated)}</updated>`,
		`<author><name>${xml(feed.author)}</name></author>`,
		`<rights>${xml(feed.rights)}</rights>`,
		link('self', 'application/atom+xml', feed.self),
		link('alternate', 'text/html', feed.page),
		...(feed.next === null ? [] : [link('next', 'application/atom+xml', feed.next)]),
		...feed.entries.map(entry),
		'</feed>\n',
	].join('\n');
}

function link(rel: string, type: string, href: string): string {
	return `<link rel="${rel}" type="${type}" href="${xml(href)}"/>`;
}

function entry(of: Entry): string {
	return [
		'<entry>',
		`<id>${xml(of.id)}</id>`,
		`<title>${xml(of.title)}</title>`,
		`<published>${xml(of.published)}</published>`,
		`<updated>${xml(of.updated)}</updated>`,
		link('alternate', 'text/html', of.id),
		...of.categories.map((term) => `<category term="${xml(term)}"/>`),
		`<content type="text">${xml(of.text)}</content>`,
		'</entry>',
	].join('\n');
}

/** This document's address with other parameters, in one order. */
export function documentAddress(url: URL, changes: Readonly<Record<string, string | null>>): string {
	const params = new URLSearchParams(url.searchParams);
	for (const [name, value] of Object.entries(changes)) {
		if (value === null) params.delete(name);
		else params.set(name, value);
	}
	params.sort();
	return `${url.origin}${url.pathname}${params.size > 0 ? `?${params}` : ''}`;
}
