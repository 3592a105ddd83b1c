import type { DraftProvision } from '../draft.ts';
import { rung } from './level.ts';
import type { Lookup } from './lookup.ts';
import { meantBy, rangesOf, siblings, withinWhole } from './meaning.ts';
import { isThis, type Link, type Mention, mentions, type Pin } from './mention.ts';
import type { Change } from './outline.ts';
import { named, thisNamed } from './unit.ts';

/** Words with a mention, where they stood and where they stand. */
export interface Scene {
	readonly was: Lookup;
	readonly is: Lookup;
	/** Index of what held the words before; null where that was nothing. */
	readonly from: number | null;
	readonly to: number;
	readonly words: string;
	/** Index now of what was a provision before; null for what is gone. */
	readonly now: (id: string) => number | null;
	readonly cut: Change['cut'];
}

/**
 * A mention in words that mean now what it meant before, all of which is still there. As it was with other numbers, where that
 * names the same; else by the numbers of the sections, `section 3(a)` for `subsection (a)`. Whatever is said is read again
 * before it is believed. Null where nothing that can be said names it.
 */
export function saidAnew(mention: Mention, scene: Scene): string | null {
	const { was, is, to } = scene;
	const [link] = mention.links as [Link];
	const before = meantBy(mention.links, scene.from, was);
	const goals = before.map((at) => nowOf(at, scene));
	const stretched = rangesOf(link, before, was).map((range) => range.flatMap((at) => nowOf(at, scene) ?? []));
	const ranges = stretched.map((range) => outermost(range, is));
	const made = inPlace(mention, goals, scene);
	if (made !== null && isThis(link)) return made;
	const [again, ...more] = made === null ? [] : heard(made, mention, scene);
	const read = again && more.length === 0 ? meantBy(again.links, to, is) : [];
	const same = read.length === goals.length && goals.every((goal, at) => goal === null || goal === read[at]);
	const merged = new Set(goals).size < new Set(before).size;
	const whole = ranges.every((range, nth) => {
		const length = stretched[nth]?.length;
		return length === 1 || (length === range.length && isStretch(range, scene));
	});
	if (made !== null && same && !merged && whole) return made;
	return goals.includes(null) ? null : absolutely(mention, ranges, scene);
}

/** Without what lies in another of them, and is meant with that. */
function outermost(found: readonly number[], is: Lookup): readonly number[] {
	return found.filter((at) => !is.over(at).some((over) => over !== at && found.includes(over)));
}

function nowOf(at: number | null, { was, now }: Scene): number | null {
	return at === null ? null : now((was.text[at] as DraftProvision).id);
}

/** Characters on either side that may say of what law a mention is, or be taken for a part of it. */
const NEAR = 160;

/** The mentions that are heard when words stand in the place of one; none where the words around make something else of them. */
function heard(made: string, { start, end }: Mention, { words, is }: Scene): readonly Mention[] {
	const before = words.slice(Math.max(0, start - NEAR), start);
	const last = before.length + made.length;
	const near = mentions(before + made + words.slice(end, end + NEAR)).map((mention) => withinWhole(mention, is));
	const found = near.filter((mention) => mention.start < last && mention.end > before.length);
	return found.every((mention) => mention.start >= before.length && mention.end <= last) ? found : [];
}

/** A mention with other numbers, at other levels where they changed, and all its other words; null where that cannot name it. */
function inPlace({ start, end, links }: Mention, goals: readonly (number | null)[], scene: Scene): string | null {
	const { was, words } = scene;
	let made = '';
	let at = start;
	for (const [level, link] of links.entries()) {
		const before = meantBy(links.slice(level), scene.from, was);
		const aims = level === 0 ? goals : before.map((anchor) => nowOf(anchor, scene));
		if (isThis(link)) {
			const self = thisAnew(link, aims[0] ?? null, scene);
			if (self === null) return null;
			made += words.slice(at, link.start) + self;
			at = link.end;
			continue;
		}
		const kind = levelOf(link, before, aims, scene);
		if (kind === null) return null;
		made += words.slice(at, link.start);
		at = (link.pins[0] as Pin).start;
		made += kind === 'same' ? words.slice(link.start, at) : named(kind, link.unit.plural, link);
		for (const [nth, pin] of link.pins.entries()) {
			const aim = aims[nth] ?? null;
			if (level === 0 && aim === null) continue;
			const pinned = aim === null ? null : pinFor(pin, aim, link, scene.is, words.slice(pin.start, pin.end));
			if (pinned === null) return null;
			made += words.slice(at, pin.start) + pinned;
			at = pin.end;
		}
	}
	return made + words.slice(at, end);
}

/** The level of what is named from where the words stand, where it is another one now; null where they are of several. */
function levelOf(
	{ pins, unit }: Link,
	before: readonly (number | null)[],
	aims: readonly (number | null)[],
	{ was, is }: Scene,
): DraftProvision['kind'] | 'same' | null {
	if (rung(unit.kind) === 0) return 'same';
	const kinds = (text: Lookup, found: readonly (number | null)[]) =>
		new Set(
			found.flatMap((at, nth) => {
				const top = at === null ? undefined : text.over(at)[(pins[nth] as Pin).signs.length - 1];
				return top === undefined ? [] : [(text.text[top] as DraftProvision).kind];
			}),
		);
	const [old, now] = [kinds(was, before), kinds(is, aims)];
	const [kind] = now;
	if ([...now].every((one) => old.has(one)) && now.size === old.size) return 'same';
	return now.size === 1 && kind !== undefined && rung(kind) !== 0 && rung(kind) !== null ? kind : null;
}

function pinFor(pin: Pin, aim: number, { unit }: Link, is: Lookup, old: string): string | null {
	const chain = is.over(aim);
	const section = chain.findIndex((at) => is.text[at]?.kind === unit.kind);
	if (pin.head === null ? chain.length < pin.signs.length : section < 0) return null;
	const signs = chain
		.slice(0, pin.head === null ? pin.signs.length : section)
		.reverse()
		.map(is.sign);
	const head = pin.head === null ? '' : is.sign(chain[section] as number);
	if (signs.includes('') || (pin.head !== null && head === '')) return null;
	if (head === (pin.head ?? '') && signs.join(' ') === pin.signs.join(' ')) return old;
	const gap = head !== '' && signs.length > 0 && /[^\s(]\s\(/.test(old) ? ' ' : '';
	const wraps = pin.wrap === '()' || head !== '';
	return head + gap + signs.map((sign) => (wraps ? `(${sign})` : sign + pin.wrap)).join('');
}

/** `this section` as it is or at its new level; null where it has to be named by its number. */
function thisAnew({ start, end, unit, word, article }: Link, goal: number | null, scene: Scene): string | null {
	const { is, to, words, cut } = scene;
	if (goal === null) return null;
	const old = words.slice(start, end);
	const self = is.self(to, unit.kind);
	if (self === goal) return old;
	// What was one section goes on meaning the one in which it stands.
	if (cut && self !== null && is.text[self]?.id === cut.into && is.text[goal]?.id === cut.from) return old;
	const { kind } = is.text[goal] as DraftProvision;
	return is.self(to, kind) === goal && (rung(kind) ?? 0) > 0 ? thisNamed(kind, { word, article }) : null;
}

const CONJUNCTION = /[\s,](and\/or|y\/o|and|or|y|o|e|u)\s/iu;
const THROUGH = /\s(through|thru|to|al?|hasta)\s/iu;

/** A mention by the numbers of the sections, where they name it without doubt; a range as the stretches that it became. */
function absolutely(mention: Mention, ranges: readonly (readonly number[])[], scene: Scene): string | null {
	const { start, end, links } = mention;
	const { is, words } = scene;
	const [link] = links as [Link];
	const old = words.slice(start, end);
	const goals = new Set(ranges.flat());
	const runs = ranges.some(({ length }) => length > 1)
		? stretches([...goals], scene)
		: [...goals].map((goal) => [goal]);
	const through = THROUGH.exec(old)?.[1] ?? (link.unit.language === 'es' ? 'a' : 'through');
	const said = runs.flatMap((run) => {
		const pins = [run[0] as number, run.at(-1) as number].map((at) => absolutePin(at, is));
		return run.length > 2
			? [{ kind: pins[0]?.kind ?? null, pin: `${pins[0]?.pin} ${through} ${pins[1]?.pin}`, many: true }]
			: run.map((at) => ({ ...absolutePin(at, is), many: false }));
	});
	const [first] = said;
	if (!first || first.kind === null || said.some(({ kind }) => kind === null)) return null;
	const conjunction = CONJUNCTION.exec(old)?.[1] ?? (link.unit.language === 'es' ? 'y' : 'and');
	const written = { word: link.word, article: isThis(link) ? '' : link.article };
	const one = said.every(({ kind }) => kind === first.kind);
	const parts = said.map(({ kind, pin, many }) => (one || kind === null ? pin : named(kind, many, written) + pin));
	const list = parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} ${conjunction} ${parts.at(-1)}`;
	const plural = first.many || (parts.length > 1 && (link.unit.plural || link.pins.length < 2));
	const made = one ? named(first.kind, plural, written) + list : list;
	if (means(heard(made, mention, scene), goals, scene)) return made;
	const [only] = goals;
	const division = goals.size === 1 && only !== undefined ? divisionOf(only, is) : null;
	if (division === null) return null;
	const within = named(division.kind, false, { word: link.word, article: link.unit.language === 'es' ? 'del' : '' });
	const placed = `${made}${link.unit.language === 'es' ? '' : ' of'} ${within.toLowerCase()}${division.pin}`;
	return means(heard(placed, mention, scene), goals, scene) ? placed : null;
}

/** Whether mentions name just these provisions; in a range there may be new ones. */
function means(said: readonly Mention[], goals: ReadonlySet<number>, { is, to }: Scene): boolean {
	const read = said.map(({ links }) => {
		const meant = meantBy(links, to, is);
		return { meant, all: rangesOf(links[0] as Link, meant, is).flat() };
	});
	const all = new Set(read.flatMap(({ all }) => all));
	const ends = read.flatMap(({ meant }) => meant);
	return [...goals].every((goal) => all.has(goal)) && ends.every((at) => at !== null && goals.has(at));
}

interface AbsolutePin {
	readonly kind: DraftProvision['kind'] | null;
	readonly pin: string;
}

/** A provision by the number of its section and the signs below; of null kind where something has no number. */
function absolutePin(at: number, is: Lookup): AbsolutePin {
	const chain = is.over(at);
	const section = chain.findIndex((up) => rung((is.text[up] as DraftProvision).kind) === 0);
	const none: AbsolutePin = { kind: null, pin: '' };
	if (section < 0) return none;
	const head = is.sign(chain[section] as number);
	const signs = chain.slice(0, section).reverse().map(is.sign);
	if (head === '' || signs.includes('')) return none;
	return {
		kind: (is.text[chain[section] as number] as DraftProvision).kind,
		pin: head + signs.map((sign) => `(${sign})`).join(''),
	};
}

/** The chapter of a section, where one number stands in more than one. */
function divisionOf(at: number, is: Lookup): { readonly kind: DraftProvision['kind']; readonly pin: string } | null {
	const divisions = is.over(at).filter((up) => rung((is.text[up] as DraftProvision).kind) === 0 && is.sign(up) !== '');
	const division = divisions[1];
	return division === undefined ? null : { kind: (is.text[division] as DraftProvision).kind, pin: is.sign(division) };
}

function isStretch(range: readonly number[], scene: Scene): boolean {
	return stretches(range, scene).length === 1 && range.every((at, nth) => nth === 0 || at > (range[nth - 1] as number));
}

/** What a range meant as stretches: between the ends of each stands nothing but what it meant, and what is new. */
function stretches(range: readonly number[], { was, is }: Scene): readonly (readonly number[])[] {
	const members = new Set(range);
	const made: number[][] = [];
	for (const at of [...members].sort((one, other) => one - other)) {
		const last = made.at(-1)?.at(-1);
		const row = last === undefined ? [] : siblings(last, at, is);
		const stranger = (between: number) =>
			!members.has(between) && was.at((is.text[between] as DraftProvision).id) !== null;
		const goesOn =
			last !== undefined && is.text[last]?.kind === is.text[at]?.kind && beside(last, at, is) && !row.some(stranger);
		if (goesOn) made.at(-1)?.push(at);
		else made.push([at]);
	}
	return made;
}

/** Whether a range can go from one to the other. */
function beside(one: number, other: number, { text }: Lookup): boolean {
	return text[one]?.parent === text[other]?.parent || rung((text[one] as DraftProvision).kind) === 0;
}
