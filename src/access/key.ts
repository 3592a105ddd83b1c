/** What a program may do that comes with a key: read drafts, or change them too. */
export type Opens = (typeof KEY_OPENS)[number];
export const KEY_OPENS = ['read', 'change'] as const;

/** Days that a key may last. Nobody remembers after a year what they gave it to. */
export const KEY_DAYS = [30, 90, 365] as const;

/** How a key begins, so that those who look for lost secrets in code find it. */
export const KEY_MARK = 'citycompact_';

/** A key as its owner sees it: what it says is shown once and kept nowhere. */
export interface KeyLine {
	readonly id: string;
	readonly name: string;
	/** Id of the seat that it acts under. */
	readonly seat: string;
	readonly opens: Opens;
	/** Whether it opens the counsel room of the city. */
	readonly counsel: boolean;
	readonly expires: Date;
	/** Day of the last use; null before. */
	readonly used: string | null;
}

/** The key of an `Authorization` header; null where it holds none. */
export function keyIn(header: string): string | null {
	return /^Bearer +(\S{1,200}) *$/i.exec(header)?.[1] ?? null;
}
