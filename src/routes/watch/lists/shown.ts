import type { Key, Speech } from '#i18n/message.ts';
import type { FileView } from '#watch/file.ts';

/** Files of one month in the order given; month null for those that have no date. */
export interface Month {
	/** First day of the month, `2026-11-01`. */
	readonly month: string | null;
	readonly files: readonly FileView[];
}

export function byMonth(files: readonly FileView[]): Month[] {
	const months = new Map<string | null, FileView[]>();
	for (const file of files) {
		const month = file.modified && `${file.modified.slice(0, 7)}-01`;
		const known = months.get(month);
		if (known) known.push(file);
		else months.set(month, [file]);
	}
	return [...months].map(([month, held]) => ({ month, files: held }));
}

/** Where a file stands, in words. */
export function standingOf(file: FileView, t: Speech): string {
	if (file.standing === 'read') return t.say('lists.standing.read');
	if (file.standing === 'refused')
		return t.say('lists.standing.refused', { why: t.say(`lists.refusal.${file.reason}` as Key) });
	const detail = file.loss ? t.say('lists.loss', file.loss) : '';
	return t.say('lists.standing.quarantined', { detail });
}

/** What a file is called on its page: its kind and day. */
export function fileTitle(file: FileView, t: Speech): string {
	if (!file.kind || !file.modified) return t.say('lists.one.refused');
	return t.say('lists.one.title', { kind: t.say(`list.${file.kind}`), day: t.day(file.modified) });
}

/** A whole number of at most six digits from 1 on; null for a text that is none. */
export function countingNumber(text: string): number | null {
	return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null;
}

/** The two lists that an address names: their hashes, null where it names none, or `wrong`. */
export function twoHashes(params: URLSearchParams): [string, string] | null | 'wrong' {
	const [from, to] = [params.get('from')?.trim() || null, params.get('to')?.trim() || null];
	if (from === null && to === null) return null;
	const hash = /^[0-9a-f]{64}$/;
	return from && to && hash.test(from) && hash.test(to) ? [from, to] : 'wrong';
}
