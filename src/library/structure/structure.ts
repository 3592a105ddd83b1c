import type { Amendment, Problem, Provision, Text } from '../provision.ts';
import type { Blocks } from '../read/block.ts';
import { guess } from '../redline/guess.ts';
import { mark } from '../redline/mark.ts';
import { PROFILES, type ProfileName } from '../redline/profile.ts';
import { amendmentsOf } from './amendment.ts';
import { canonical } from './canonical.ts';
import { namer } from './eid.ts';
import { frame } from './frame.ts';
import { given } from './given.ts';
import { lines } from './line.ts';
import type { Node } from './node.ts';
import { noteTo } from './problem.ts';
import { type Readings, readings } from './reading.ts';
import { type Raw, raws } from './sheet.ts';
import { grow } from './tree.ts';

/** A text with what was guessed about it. */
export interface Structured extends Text {
	/** Its long title as printed; null where it has none. */
	readonly title: string | null;
	/** How additions and deletions were taken to be marked; null where nothing in it is marked. */
	readonly profile: ProfileName | null;
	/** Why, in words. */
	readonly why: readonly string[];
}

/** What the person in charge says about a text instead of letting it be guessed. */
export interface Wish {
	readonly profile?: ProfileName;
}

/**
 * The tree of provisions that the blocks of a file hold: one tree for both readings of an act that amends. Every word of the
 * blocks is in some provision; what could not be placed is a `text`.
 */
export function structure(blocks: Blocks, wish: Wish = {}): Structured {
	const problems: Problem[] = [...blocks.problems];
	const own = given(blocks.blocks);
	if (own.tops) {
		const profile = own.marked ? 'tracked' : null;
		const why = ['The file says itself what its paragraphs are'];
		return { ...flatten(own.tops, own.additions), problems, title: own.title, profile, why };
	}
	const note = noteTo(problems);
	const paragraphs = raws(own.blocks, note);
	const { zones, odd } = frame(paragraphs);
	for (const { paragraph, was, last } of odd) {
		const block = paragraphs[paragraph]?.block ?? null;
		note('section_order', block, `Section ${was} stands after section ${last}`);
	}
	const quoted = paragraphs.filter((_, i) => zones[i] === 'quoted').map(({ runs }) => runs);
	const guessed = guess(
		quoted,
		paragraphs.map(({ runs }) => runs),
	);
	const name = wish.profile ?? guessed.profile;
	const marks = marked(paragraphs, zones, name, quoted.length > 0);
	for (const paragraph of marks.unclosed) {
		const block = paragraphs[paragraph]?.block ?? null;
		note('mark_unclosed', block, 'A sign of removal without its partner is left as written');
	}
	const additions = marks.added || !marks.removed;
	if (!additions) {
		const detail = 'What is removed is marked, what is added is not: how it read before is unknown';
		note('additions_unmarked', null, detail);
	}
	const tops = grow(lines(paragraphs, zones, marks.pieces), note);
	const text = flatten(tops, additions);
	return {
		...text,
		problems,
		title: own.title ?? titleOf(paragraphs, zones),
		profile: marks.added || marks.removed || wish.profile ? name : null,
		why: wish.profile ? ['Chosen by the person in charge'] : guessed.why,
	};
}

function marked(paragraphs: readonly Raw[], zones: readonly string[], name: ProfileName | null, quotes: boolean) {
	const everywhere = name === 'tracked' || !quotes;
	return mark(
		paragraphs.map(({ runs }, i) => ({ runs, open: everywhere || zones[i] === 'quoted' })),
		PROFILES[name ?? 'none'],
	);
}

/** The tree as provisions in order, with eIds, offsets and amendments. */
function flatten(tops: readonly Node[], additions: boolean): Pick<Text, 'text' | 'provisions' | 'amendments'> {
	const order: { node: Node; parent: number | null; read: Readings }[] = [];
	const visit = (node: Node, parent: number | null): void => {
		const index = order.push({ node, parent, read: readings(node, additions, node.kind === 'table') }) - 1;
		for (const child of node.children) visit(child, index);
	};
	for (const top of tops) visit(top, null);
	const eIds = named(order);
	const { text, spans } = canonical(order.map(({ read: { state, reading } }) => ({ state, ...reading })));
	const provisions = order.map(
		({ node, parent, read }, index): Provision => ({
			eId: eIds[index] as string,
			kind: node.kind,
			...read.reading,
			parent,
			...(spans[index] as (typeof spans)[number]),
			...rest(read),
		}),
	);
	return { text, provisions, amendments: amendments(provisions) };
}

function rest({ state, before, redline }: Readings): Pick<Provision, 'state' | 'before' | 'redline'> {
	return { state, before, redline };
}

/** What stands after the act has the first right to a name, so that taking something out renames nothing. */
function named(order: readonly { node: Node; parent: number | null; read: Readings }[]): string[] {
	const names = namer();
	const eIds: string[] = [];
	const name = (index: number): string => {
		const known = eIds[index];
		if (known !== undefined) return known;
		const { node, parent } = order[index] as (typeof order)[number];
		const made = names.name(node.kind, node.sign, parent === null ? null : name(parent));
		eIds[index] = made;
		return made;
	};
	for (const removed of [false, true]) {
		order.forEach(({ read }, index) => {
			if ((read.state === 'removed') === removed) name(index);
		});
	}
	return eIds;
}

function amendments(provisions: readonly Provision[]): Amendment[] {
	const made: Amendment[] = [];
	provisions.forEach((provision, index) => {
		if (provision.kind === 'quoted' || provision.text === '') return;
		if (provision.kind !== 'section' && provisions[index + 1]?.kind !== 'quoted') return;
		if (within(provisions, index, 'quoted')) return;
		const quoted = provisions[index + 1];
		const eId = quoted?.kind === 'quoted' && quoted.parent === index ? quoted.eId : null;
		made.push(...amendmentsOf(`${provision.heading ?? ''} ${provision.text}`, provision.eId, eId));
	});
	return made;
}

function within(provisions: readonly Provision[], index: number, kind: Provision['kind']): boolean {
	for (let at = provisions[index]?.parent ?? null; at !== null; at = provisions[at]?.parent ?? null) {
		if (provisions[at]?.kind === kind) return true;
	}
	return false;
}

function titleOf(paragraphs: readonly Raw[], zones: readonly string[]): string | null {
	const front = paragraphs.filter((_, i) => zones[i] === 'preface');
	const headed = paragraphs.find(({ heading }) => heading === 1);
	const long = front.find(({ text }) =>
		/^(?:a |an |the |una? |la )?(?:local law|ordinance|resolution|act|bill|law|executive order|ordenanza|resolución|ley|orden)\b/i.test(
			text,
		),
	);
	return (headed ?? long ?? front.find(({ text }) => text.length > 20))?.text.replaceAll(/\s+/g, ' ') ?? null;
}
