import type { Instrument } from './policy.ts';

/** Words by which papers name themselves, in their number or title; the first that stands there decides. */
const NAMES: readonly (readonly [RegExp, Instrument])[] = [
	[/\bexecutive order\b|\borden ejecutiva\b/i, 'executive_order'],
	[
		/\b(?:general|special|department(?:al)?|training) order\b|\b(?:directive|policy manual|directiva)\b/i,
		'police_directive',
	],
	[/\bresolution\b|^res\b|\bresolución\b/i, 'resolution'],
	[/\b(?:ordinance|local law|ordenanza)\b/i, 'ordinance'],
	[/\b(?:toolkit|guide)\b/i, 'toolkit'],
	[/\bmodel\b/i, 'model'],
	[/\bletter\b/i, 'letter'],
	[/\bchapter\b|\bmunicipal code\b/i, 'code_chapter'],
	[/\b(?:senate|house|assembly) bill\b|\bpublic act\b|^an act\b/i, 'statute'],
];

/** What kind of paper it calls itself, in how it is counted before what it is titled; null where it does not say. */
export function instrumentOf(number: string | null, title: string | null): Instrument | null {
	for (const text of [number, title]) {
		const found = NAMES.find(([name]) => name.test(text ?? ''));
		if (found) return found[1];
	}
	return null;
}
