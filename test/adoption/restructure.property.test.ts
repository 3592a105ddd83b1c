import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DraftProvision } from '#adoption/draft.ts';
import {
	added,
	type Change,
	joined,
	moved,
	type Place,
	type Refused,
	removed,
	split,
} from '#adoption/structure/outline.ts';
import { restructured } from '#adoption/structure/restructure.ts';
import { SHELF_TEXTS } from './shelf.ts';

type Text = readonly DraftProvision[];

/** A random choice as numbers between 0 and 1, so that one sequence can be tried on any text. */
const CHANCE = fc.double({ min: 0, max: 0.999_999, noNaN: true });
const STEP = fc.record({
	act: fc.constantFrom('add', 'remove', 'split', 'join', 'move', 'move'),
	which: CHANCE,
	where: CHANCE,
	how: fc.constantFrom('after', 'first', 'end'),
});
type Step = typeof STEP extends fc.Arbitrary<infer S> ? S : never;

function pick<T>(list: readonly T[], chance: number): T {
	return list[Math.floor(chance * list.length)] as T;
}

function changed(text: Text, { act, which, where, how }: Step, fresh: string): Change | Refused {
	if (text.length === 0) return { refused: 'not_there' };
	const { id, text: words } = pick(text, which);
	const target = pick(text, where).id;
	const place: Place = how === 'end' ? 'end' : how === 'after' ? { after: target } : { first: target };
	if (act === 'add') return added(text, { id: fresh, kind: null, heading: 'New', words: 'New words.' }, place);
	if (act === 'remove') return removed(text, id);
	if (act === 'join') return joined(text, id);
	if (act === 'move') return moved(text, id, place);
	const cuts = [...words.matchAll(/[,.] (?![^⟦]*⟧)/g)].map(({ index }) => index + 1);
	return cuts.length === 0 ? { refused: 'no_words' } : split(text, id, pick(cuts, where), fresh);
}

function valid(text: Text): void {
	expect(new Set(text.map(({ id }) => id)).size).toBe(text.length);
	let open: number[] = [];
	text.forEach(({ parent }, at) => {
		// In document order a provision lies in one that is still open.
		open = parent === null ? [] : open.slice(0, open.indexOf(parent) + 1);
		if (parent !== null) expect(open.at(-1)).toBe(parent);
		open.push(at);
	});
}

const UNIT =
	'chapter|article|(?:sub)?section|(?:sub)?paragraph|clause|item|capítulo|artículo|sección|inciso|(?:sub)?párrafo|cláusula|ítem';
/** `this section`, which in a section that came into another is `this subsection`, and `section 3(a)`. */
const REFERENCE = new RegExp(
	`(?<!\\p{L})(?:(?:this|est[ea]) (?:${UNIT})|(?:${UNIT}) (?:\\d[\\d.]*\\d|\\d)?(?:\\(\\w+\\))*)(?!\\p{L})`,
	'giu',
);

/** Words without conditions and references, and without the stop of a heading that another is joined to. */
function wordsOf(text: Text): readonly string[] {
	return text
		.flatMap(({ heading, text: words }) => [heading ?? '', words])
		.join(' ')
		.replaceAll(/\{\{if [^}]*\}\}/g, ' ')
		.replaceAll(/⟦[^⟧]*⟧/g, ' ')
		.replaceAll(REFERENCE, ' ')
		.split(/[^\p{L}\p{N}_{}]+/u)
		.filter((word) => word !== '')
		.sort();
}

const sign = (number: string | null) => /[\w.]+(?=\W*$)/.exec(number ?? '')?.[0].replace(/\.$/, '') ?? '';
const OUTER = ['section', 'article', 'chapter'];
const WORDS: Readonly<Record<string, string>> = {
	artículo: 'article',
	sección: 'section',
	inciso: 'subsection',
	párrafo: 'paragraph',
	subpárrafo: 'subparagraph',
	cláusula: 'clause',
	ítem: 'item',
};
const SPANISH = Object.fromEntries(Object.entries(WORDS).map(([es, en]) => [en, es]));

function chain(text: Text, at: number): readonly number[] {
	const parent = text[at]?.parent ?? null;
	return parent === null ? [at] : [at, ...chain(text, parent)];
}

/** Another and simpler reader of references, to check the one that is tried: `section 3(a)`, `subsection (a)`. */
function named(text: Text, holder: number, words: string): string | null {
	const [, word = '', head, signs = ''] = /^(\p{L}+) ?([\w.]+)?((?:\(\w+\))*)$/u.exec(words) ?? [];
	const kind = WORDS[word] ?? word;
	const wanted = [...signs.matchAll(/\w+/g)].map(([one]) => one);
	let [at, rest] = [-1, wanted];
	if (head) at = text.findIndex((provision) => provision.kind === kind && sign(provision.number) === head);
	else {
		const [first] = wanted;
		rest = wanted.slice(1);
		for (const over of chain(text, holder)) {
			at = text.findIndex((p) => p.parent === over && p.kind === kind && sign(p.number) === first);
			if (at >= 0 || OUTER.includes(text[over]?.kind ?? '')) break;
		}
	}
	for (const one of rest) at = at < 0 ? at : text.findIndex((p) => p.parent === at && sign(p.number) === one);
	return text[at]?.id ?? null;
}

/** A reference from one provision to another in every way in which it can be said. */
function sayings(text: Text, holder: number, target: number, language: 'en' | 'es'): readonly string[] {
	const over = chain(text, target);
	const section = over.findIndex((at) => OUTER.includes(text[at]?.kind ?? ''));
	const kindOf = (at: number) => text[at]?.kind ?? '';
	const say = (kind: string) => (language === 'es' ? (SPANISH[kind] ?? kind) : kind);
	if (section < 0 || over.slice(0, section + 1).some((at) => !text[at]?.number)) return [];
	const signs = over.slice(0, section).map((at) => `(${sign(text[at]?.number ?? null)})`);
	const whole = over[section] as number;
	const absolute = `${say(kindOf(whole))} ${sign(text[whole]?.number ?? null)}${signs.toReversed().join('')}`;
	const relative = signs.map(
		(_, n) =>
			`${say(kindOf(over[n] as number))} ${signs
				.slice(0, n + 1)
				.toReversed()
				.join('')}`,
	);
	return [absolute, ...relative].filter((words) => named(text, holder, words) === text[target]?.id);
}

/** A text with references put in, each in marks with its number, and what each means. */
function referring(text: Text, links: readonly { from: number; to: number; how: number }[], language: 'en' | 'es') {
	const meant = new Map<number, string>();
	const made = [...text];
	const citable = text.flatMap(({ number }, at) => (number === null ? [] : [at]));
	links.forEach(({ from, to, how }, n) => {
		// One in three speaks of what is near, for that is named in other ways.
		const holder = pick(citable, from);
		const target = n % 3 === 0 ? pick(chain(text, holder).slice(0, -1).concat(holder), to) : pick(citable, to);
		const ways = sayings(text, holder, target, language);
		if (ways.length === 0) return;
		const one = made[holder] as DraftProvision;
		made[holder] = { ...one, text: `${one.text} See ⟦${n}: ${pick(ways, how)}⟧ there.`.trim() };
		meant.set(n, (text[target] as DraftProvision).id);
	});
	return { text: made as Text, meant };
}

describe.each(SHELF_TEXTS)('$name', ({ name, text, language }) => {
	test('loses no word when provisions are moved, split and joined', () => {
		fc.assert(
			fc.property(fc.array(STEP, { minLength: 1, maxLength: 6 }), (steps) => {
				let now = text;
				for (const [n, step] of steps.entries()) {
					if (step.act === 'add' || step.act === 'remove') continue;
					const made = changed(now, step, `n${n}`);
					if ('refused' in made) continue;
					valid(made.text);
					expect(wordsOf(made.text)).toEqual(wordsOf(now));
					now = restructured(now, made, language).text;
					expect(wordsOf(now)).toEqual(wordsOf(made.text));
				}
			}),
			{ numRuns: 20 },
		);
	});

	test('numbers rise by one where they did, and references mean what they meant or are told of', () => {
		const link = fc.record({ from: CHANCE, to: CHANCE, how: CHANCE });
		const steps = fc.array(STEP, { minLength: 1, maxLength: 5 });
		fc.assert(
			fc.property(fc.array(link, { minLength: 6, maxLength: 12 }), steps, (links, sequence) => {
				const begun = referring(text, links, language);
				const { meant } = begun;
				let now = begun.text;
				for (const [n, step] of sequence.entries()) {
					const made = changed(now, step, `n${n}`);
					if ('refused' in made) continue;
					const { text: next, dangling } = restructured(now, made, language);
					valid(next);
					for (const [nth, id] of meant) {
						const target = made.merged?.gone === id ? made.merged.into : id;
						meant.set(nth, target);
						if (next.some((provision) => provision.id === target)) continue;
						// Removed, and told of, unless what held the reference went with it.
						const holder = next.find((provision) => provision.text.includes(`⟦${nth}: `));
						if (holder)
							expect(dangling.map(({ in: at, meant: gone }) => `${at} ${gone}`)).toContain(`${holder.id} ${id}`);
						meant.delete(nth);
					}
					const left = dangling.filter(({ meant: id }) => next.some((provision) => provision.id === id));
					if (!name.includes('chapter-9-40')) expect(left).toEqual([]);
					now = next;
					for (const { meant: id } of left) for (const [nth, target] of meant) if (target === id) meant.delete(nth);
					now.forEach((provision, at) => {
						for (const [, nth, words = ''] of provision.text.matchAll(/⟦(\d+): ([^⟧]*)⟧/g)) {
							const target = meant.get(Number(nth));
							if (target !== undefined) expect([words, named(now, at, words)]).toEqual([words, target]);
						}
					});
					if (!name.includes('chapter-9-40')) risesByOne(now);
				}
			}),
			{ numRuns: 25 },
		);
	});
});

/** Sections throughout, and what lies in one provision by its level: 1 2 3, a b c, A B C, i ii iii. */
function risesByOne(text: Text): void {
	const COUNTS: Readonly<Record<string, readonly string[]>> = {
		subsection: [
			...'abcdefghijklmnopqrstuvwxyz',
			'aa',
			'bb',
			'cc',
			'dd',
			'ee',
			'ff',
			'gg',
			'hh',
			'ii',
			'jj',
			'kk',
			'll',
		],
		subparagraph: [
			...'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
			'AA',
			'BB',
			'CC',
			'DD',
			'EE',
			'FF',
			'GG',
			'HH',
			'II',
			'JJ',
			'KK',
			'LL',
		],
		clause: 'i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii xxiv'.split(' '),
		item: 'I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII XXIII XXIV'.split(' '),
	};
	const counted = new Map<string, number>();
	for (const { kind, parent, number } of text) {
		if (!['section', 'article', 'subsection', 'paragraph', 'subparagraph', 'clause', 'item'].includes(kind)) continue;
		const key = `${kind} ${parent}`;
		const nth = counted.get(key) ?? 0;
		counted.set(key, nth + 1);
		expect([kind, number && sign(number)]).toEqual([kind, COUNTS[kind]?.[nth] ?? String(nth + 1)]);
	}
}
