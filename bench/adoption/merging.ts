import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DraftProvision } from '#adoption/draft.ts';
import { offersOf, versions } from '#adoption/newer.ts';
import type { Provision } from '#library/provision.ts';
import { readMarkdown } from '#library/read/markdown.ts';
import { structure } from '#library/structure/structure.ts';
import { packageRoot } from '#platform/root.server.ts';
import { seeded } from '../concordance/related.ts';
import { demand, type Measures, median, tell } from '../measure.ts';

/** Provisions of fewer words say too little to be changed in two places. */
const FEWEST_WORDS = 12;
/** Edits that a city makes in one provision, at most. */
const MOST_EDITS = 3;
/** In no model: a word that a side both strikes and puts in could not be counted. */
const PUT_IN = ['bramble', 'cobalt', 'dulcimer', 'ember', 'fennel'];
const SEED = 20261127;

/** Random words put into, and taken out of, provisions of the models by a city, and others by the model. */
export function merging(pairs: number): Measures {
	const random = seeded(SEED);
	const texts = provisions();
	const times: number[] = [];
	let [clean, lost, unasked] = [0, 0, 0];
	for (let n = 0; n < pairs; n++) {
		const base = texts[Math.floor(random() * texts.length)] as Provision;
		let ours = base.text;
		for (let edits = 1 + Math.floor(random() * MOST_EDITS); edits > 0; edits--) ours = edited(ours, random);
		const theirs = edited(base.text, random);
		const from = { source: 1, eId: base.eId };
		const { kind, number, heading } = base;
		const own: DraftProvision = { ...{ id: 'p1', kind, number, heading, text: ours, parent: null }, from };
		const alone = { ...base, parent: null };
		const began = performance.now();
		const [offer] = offersOf(versions([alone], [{ ...alone, text: theirs }]), [own], {
			...{ source: 1, whole: true, taken: new Map() },
		});
		times.push(performance.now() - began);
		if (offer?.kind !== 'changed') {
			// The city has all of it, or nothing changed.
			unasked++;
			if (base.text !== theirs && !has(ours, base.text, theirs, ours)) lost++;
		} else if (offer.merged) {
			clean++;
			const { text } = offer.merged;
			if (!has(text, base.text, ours, theirs) || !has(text, base.text, theirs, ours)) lost++;
		} else if (!offer.passages.some((one) => typeof one !== 'string')) lost++;
	}
	return {
		merge_pairs: tell(pairs, 'pairs of edits of provisions of the models'),
		merge_clean: demand((clean + unasked) / pairs, 'share that needs no question', { least: 0.8 }),
		merge_lost: demand(lost, 'pairs in which a word was lost without a question', { most: 0 }),
		merge_time: tell(median(times), 'ms median an offer'),
	};
}

/** Whether a text has every word that a side put into the base, as often, but for what the other took out: counted, without the merge. */
export function has(text: string, base: string, side: string, other: string): boolean {
	const [is, had, beside] = [counted(text), counted(base), counted(other)];
	return [...counted(side)].every(([word, n]) => {
		const before = had.get(word) ?? 0;
		const struck = Math.max(0, before - (beside.get(word) ?? 0));
		return n <= before || (is.get(word) ?? 0) >= n - struck;
	});
}

function counted(text: string): ReadonlyMap<string, number> {
	const found = new Map<string, number>();
	for (const word of text.split(/\s+/)) found.set(word, (found.get(word) ?? 0) + 1);
	return found;
}

function edited(text: string, random: () => number): string {
	const words = text.split(' ');
	const at = Math.floor(random() * words.length);
	const put = random() < 0.5 ? [PUT_IN[Math.floor(random() * PUT_IN.length)] as string] : [];
	return words.toSpliced(at, put.length === 0 ? 1 : 0, ...put).join(' ');
}

function provisions(): readonly Provision[] {
	const shelf = join(packageRoot(), 'seeds/library');
	return readdirSync(shelf)
		.filter((name) => !name.includes('.') && !name.startsWith('sample-'))
		.flatMap((name) => {
			const [text] = readdirSync(join(shelf, name))
				.filter((file) => /^\d{4}-\d\d-\d\d\.en\.md$/.test(file))
				.sort()
				.toReversed();
			return text ? structure(readMarkdown(readFileSync(join(shelf, name, text)))).provisions : [];
		})
		.filter(({ text }) => text.split(' ').length >= FEWEST_WORDS);
}
