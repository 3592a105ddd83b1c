import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Introduction, readIntroductions } from '../library/introductions.ts';

/** An earlier and a later text of one subject. */
export interface Related {
	readonly name: string;
	readonly before: string;
	readonly after: string;
	/** Share of the 5-word rows of the shorter that stand in the other. */
	readonly overlap: number;
}

/** Bills of 2018 with the earlier bill that their titles say they repeat. */
export function reintroduced(data: string): Related[] {
	const texts = new Map(readIntroductions(data).map((one) => [one.id, one]));
	return readFileSync(join(data, 'policy/nyc_reintroduced_2018.csv'), 'utf8')
		.split('\n')
		.slice(1)
		.flatMap((line) => {
			const [, from = '', to = ''] = line.trim().split(',');
			const [before, after] = [texts.get(from), texts.get(to)];
			return before && after ? [pair(before, after)] : [];
		});
}

/** `count` pairs of different bills of such a length that share at least a tenth of their 5-word rows, by a seed: neighbours by title. */
export function neighbours(
	data: string,
	count: number,
	random: () => number,
	[least, most]: readonly [number, number] = [500, Number.POSITIVE_INFINITY],
): Related[] {
	const texts = readIntroductions(data).filter(({ text }) => text.length > least && text.length < most);
	const byWord = new Map<string, Introduction[]>();
	for (const one of texts)
		for (const word of new Set(one.name.toLowerCase().match(/[a-z]{7,}/g) ?? []))
			byWord.set(word, [...(byWord.get(word) ?? []), one]);
	const found: Related[] = [];
	for (let tries = 0; found.length < count && tries < 200 * count; tries++) {
		const one = texts[Math.floor(random() * texts.length)] as Introduction;
		const words = one.name.toLowerCase().match(/[a-z]{7,}/g) ?? [];
		const near = byWord.get(words[Math.floor(random() * words.length)] ?? '') ?? [];
		const other = near[Math.floor(random() * near.length)];
		if (!other || other.id === one.id) continue;
		const made = pair(one, other);
		if (made.overlap >= 0.1) found.push(made);
	}
	return found;
}

function pair(one: Introduction, other: Introduction): Related {
	const [a, b] = [rows(one.text), rows(other.text)];
	const [few, many] = a.size < b.size ? [a, b] : [b, a];
	let common = 0;
	for (const row of few) if (many.has(row)) common++;
	return {
		name: `${one.id} ${other.id}`,
		before: one.text,
		after: other.text,
		overlap: common / Math.max(1, few.size),
	};
}

function rows(text: string): Set<string> {
	const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
	return new Set(words.slice(4).map((_, at) => words.slice(at, at + 5).join(' ')));
}

/** The same numbers from 0 to 1 for a seed (mulberry32). */
export function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	};
}
