/** Characters of a report: two pages. */
export const LONGEST_MESSAGE = 4_000;
/** Characters of an address to ask back at. */
export const LONGEST_CONTACT = 200;
const LONGEST_ABOUT = 300;

/** What steers a terminal or turns a line around says nothing; lines and tabs stay. */
const STEERING = /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** What a reader sent with the form. */
export interface Sent {
	readonly about: string;
	readonly message: string;
	readonly contact: string;
}

/** A report as it is kept. */
export interface Draft {
	readonly about: string;
	readonly message: string;
	readonly contact: string | null;
}

/** Why a report cannot be kept: the keys of the sentences that say what to do. */
export type Fault = 'empty' | 'long' | 'contact.long';

/** The report that was sent, or what is wrong with it. */
export function readReport(sent: Sent): Draft | { readonly fault: Fault } {
	const message = sent.message.replaceAll('\r\n', '\n').replaceAll(STEERING, '').trim();
	const contact = sent.contact
		.replaceAll(/[\n\t]/g, ' ')
		.replaceAll(STEERING, '')
		.trim();
	if (message === '') return { fault: 'empty' };
	if ([...message].length > LONGEST_MESSAGE) return { fault: 'long' };
	if ([...contact].length > LONGEST_CONTACT) return { fault: 'contact.long' };
	return { about: ownPath(sent.about) ?? '/', message, contact: contact || null };
}

/** A path of this site that a record can stand at, without its language; null for anything else. Fragments stay, queries go. */
export function ownPath(text: string): string | null {
	const path = text
		.trim()
		.replace(/\?[^#]*/, '')
		.replace(/^\/es(?=\/)/, '');
	if (path.length > LONGEST_ABOUT || !/^\/(watch|library|corrections)(\/[\w.%-]+)*(#[\w.-]+)?$/.test(path)) return null;
	return path.split(/[/#]/).some((step) => /^\.+$/.test(step)) ? null : path;
}
