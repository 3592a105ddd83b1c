import type { TextLanguage } from '#library/policy.ts';
import type { ProvisionKind } from '#library/provision.ts';
import type { Style } from '#library/structure/numeral.ts';
import type { DraftProvision } from '../draft.ts';
import { between, type Label, labelOf, signIn, signOf, USUAL } from './label.ts';
import { rung } from './level.ts';
import type { Change } from './outline.ts';
import { quotedIn } from './tree.ts';

type Text = readonly DraftProvision[];

/** Provisions that are counted together, in document order. */
interface Group {
	readonly key: string;
	readonly members: readonly DraftProvision[];
}

/** How a group is numbered. */
type Scheme =
	/** Numbers rise by one: they count on by themselves. Some print the first in another way: `SECTION 1.`, `SEC. 2.` */
	| { readonly auto: true; readonly style: Style; readonly start: number; readonly first: Label; readonly rest: Label }
	/** Numbers with gaps, and what somebody typed: only what is new gets one. */
	| { readonly auto: false; readonly like: Label };

/**
 * A text whose structure changed, with the numbers that follow. How each group counts is learned from how it stood before:
 * numbers that rose by one go on rising by one; a group with gaps, `9.40.030` and `9.40.040`, stays as it is, and what was put
 * there gets a number between. What lies in quoted words belongs to another text and keeps its numbers; so does what has none.
 * @param language for a number that nothing in the text shows how to write
 */
export function renumbered(before: Text, { text, placed }: Change, language: TextLanguage): Text {
	const throughout = countedThroughout(before);
	const was = groups(before, throughout);
	const schemes = new Map([...was].map(([key, { members }]) => [key, schemeOf(members)]));
	const numbers = new Map<string, string | null>();
	const stood = new Map([...was.values()].flatMap(({ key, members }) => members.map(({ id }) => [id, key] as const)));
	const kinds = new Map(before.map(({ id, kind }) => [id, kind]));
	const unnumbered = new Set(before.filter(({ number }) => number === null).map(({ id }) => id));
	for (const { key, members } of groups(text, throughout).values()) {
		const fresh = new Set(members.filter(({ id }) => stood.get(id) !== key || placed.includes(id)).map(({ id }) => id));
		const kind = (members[0] as DraftProvision).kind;
		const scheme = was.has(key) ? (schemes.get(key) ?? null) : elsewhere(kind, [...was.values()], schemes, language);
		const counted = members.filter(({ id }) => fresh.has(id) || !unnumbered.has(id));
		if (scheme === null) {
			// Among what has no number it has none; where nobody can know, it keeps its own unless that is of another level.
			for (const { id, kind } of counted)
				if (fresh.has(id) && (was.has(key) || kinds.get(id) !== kind)) numbers.set(id, null);
			continue;
		}
		const made = scheme.auto ? countedOn(counted, fresh, scheme) : filledIn(counted, fresh, scheme);
		for (const [id, number] of made) numbers.set(id, number);
	}
	return text.map((provision) => {
		const number = numbers.get(provision.id);
		return number === undefined || number === provision.number ? provision : { ...provision, number };
	});
}

/** Kinds that go on counting from one chapter to the next: sections whose numbers rise by one throughout. */
function countedThroughout(text: Text): ReadonlySet<ProvisionKind> {
	const kinds = new Set(text.map(({ kind }) => kind).filter((kind) => rung(kind) === 0));
	return new Set(
		[...kinds].filter((kind) => {
			const scheme = schemeOf(text.filter((provision, at) => provision.kind === kind && !quotedIn(text, at)));
			return scheme?.auto === true;
		}),
	);
}

function groups(text: Text, throughout: ReadonlySet<ProvisionKind>): ReadonlyMap<string, Group> {
	const made = new Map<string, Group & { members: DraftProvision[] }>();
	text.forEach((provision, at) => {
		if (quotedIn(text, at)) return;
		const parent = provision.parent === null ? '' : (text[provision.parent]?.id ?? '');
		const key = throughout.has(provision.kind) ? provision.kind : `${provision.kind} ${parent}`;
		const group = made.get(key);
		if (group) group.members.push(provision);
		else made.set(key, { key, members: [provision] });
	});
	return made;
}

/** How provisions are numbered; null where none of them has a number. */
function schemeOf(members: Text): Scheme | null {
	const numbers = members.flatMap(({ number }) => (number === null ? [] : [number]));
	const labels = numbers.map(labelOf);
	const [first, ...rest] = labels;
	if (!first) return numbers.length === 0 ? null : { auto: false, like: { open: '', sign: '', close: '', ways: [] } };
	const risings = first.ways
		.filter(
			({ style, value }) =>
				Number.isInteger(value) &&
				labels.every((label, nth) => label?.ways.some((way) => way.style === style && way.value === value + nth)),
		)
		// `(i)` alone is the first roman numeral and not the ninth letter.
		.sort((one, other) => Number(other.value === 1) - Number(one.value === 1));
	const [rising] = risings;
	if (!rising) return { auto: false, like: first };
	return { auto: true, style: rising.style, start: rising.value, first, rest: rest[0] ?? first };
}

/** How others of a kind are numbered in the text, from their first number; else as drafters do. Null for what has no numbers. */
function elsewhere(
	kind: ProvisionKind,
	was: readonly Group[],
	schemes: ReadonlyMap<string, Scheme | null>,
	language: TextLanguage,
): Scheme | null {
	const others = was.filter(({ members }) => members[0]?.kind === kind).map(({ key }) => schemes.get(key) ?? null);
	const known = others.find((scheme) => scheme?.auto);
	if (known?.auto) return { ...known, start: 1 };
	// Where no other of its kind has a number it has none; where sections are `9.40.030`, nobody can know the first of a chapter.
	const silent = others.length > 0 && (rung(kind) === 0 || others.every((scheme) => scheme === null));
	const usual = USUAL[kind]?.[language];
	const label = usual === undefined || silent ? null : labelOf(usual);
	const way = label?.ways.find(({ value }) => value === 1);
	return label && way ? { auto: true, style: way.style, start: 1, first: label, rest: label } : null;
}

function countedOn(
	members: Text,
	fresh: ReadonlySet<string>,
	{ style, start, first, rest }: Scheme & { auto: true },
): [string, string][] {
	const differs = first.open !== rest.open || first.close !== rest.close;
	return members.map(({ id, number }, nth) => {
		const own = number === null || fresh.has(id) || differs ? null : labelOf(number);
		const { open, close } = own ?? (nth === 0 ? first : rest);
		return [id, open + signIn(style, start + nth) + close];
	});
}

function filledIn(
	members: Text,
	fresh: ReadonlySet<string>,
	{ like }: Scheme & { auto: false },
): [string, string | null][] {
	const taken = new Set(members.filter(({ id }) => !fresh.has(id)).map(({ number }) => signOf(number)));
	const made: [string, string | null][] = [];
	for (let at = 0; at < members.length; ) {
		let end = at;
		while (end < members.length && fresh.has((members[end] as DraftProvision).id)) end++;
		if (end === at) {
			at++;
			continue;
		}
		const left = at === 0 ? null : signOf(members[at - 1]?.number ?? null);
		const right = end === members.length ? null : signOf(members[end]?.number ?? null);
		const signs = between(left, right, end - at, stepOf(members.slice(0, at)));
		members.slice(at, end).forEach(({ id }, nth) => {
			const sign = signs[nth] ?? null;
			const free = sign !== null && !taken.has(sign);
			if (free) taken.add(sign);
			made.push([id, free ? like.open + sign + like.close : null]);
		});
		at = end;
	}
	return made;
}

/** Codes count by tens or fives where they leave room: by what the last two differ, or by ten where the only one ends in 0. */
function stepOf(before: Text): number {
	const [last, previous] = before
		.slice(-2)
		.reverse()
		.map(({ number }) => /^(.*?)(\d+)$/.exec(signOf(number)));
	if (!last) return 1;
	const step = previous && previous[1] === last[1] ? Number(last[2]) - Number(previous[2]) : 0;
	if (step > 0) return step;
	return /0$/.test(last[2] ?? '') && last[1] !== '' ? 10 : 1;
}
