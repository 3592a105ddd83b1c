import { oneLine } from '#kernel/one-line.ts';
import type { Provision, ProvisionKind, Reading } from '../provision.ts';
import { namer } from './eid.ts';
import { listLabel, unitLabel } from './label.ts';
import { levelOf } from './node.ts';
import type { Structured } from './structure.ts';

/** What a person says of a provision where the reading is wrong; what is left out stays as read. */
export interface Correction {
	/** How deep it lies, from 1; what lies in it goes along. */
	readonly level?: number;
	readonly kind?: ProvisionKind;
	/** Which of its first words are its number, and which of the next its heading; null: none. */
	readonly number?: string | null;
	readonly heading?: string | null;
}

/** By the place of the provision in its text. */
export type Corrections = ReadonlyMap<number, Correction>;

/** A reading as a person has it, and where their number or heading is not what the words begin with: there it stays as read. */
export interface Corrected {
	readonly reading: Structured;
	readonly faults: ReadonlyMap<number, 'number' | 'heading'>;
}

/** No law nests deeper. */
export const DEEPEST_LEVEL = 14;
const DIVISIONS: readonly ProvisionKind[] = ['title', 'chapter', 'article', 'part', 'quoted'];
/** From the section down. */
const LEVELS: readonly ProvisionKind[] = [-1, 0, 1, 2, 3, 4].map(levelOf);

/**
 * The same words in another tree. Only the bounds between number, heading and text of a provision move, and how deep it lies:
 * the canonical text and every offset in it stay to the letter, so that nothing can be lost. What is not corrected keeps its piece of the eId.
 * Without corrections the reading comes back as it was.
 */
export function corrected(reading: Structured, corrections: Corrections): Corrected {
	const faults = new Map<number, 'number' | 'heading'>();
	const { parents, kinds } = treeOf(reading.provisions, corrections);
	const moved = reading.provisions.map((one, i): Provision => {
		const words = wordsOf(one, corrections.get(i));
		if (typeof words === 'string') faults.set(i, words);
		const own = typeof words === 'string' ? one : words;
		// What was taken out reads before as it reads here.
		const before = one.state === 'removed' && one.before ? pick(own) : one.before;
		return { ...one, ...pick(own), before, kind: kinds[i] ?? one.kind, parent: parents[i] ?? null };
	});
	const eIds = named(reading.provisions, moved);
	const now = new Map(reading.provisions.map(({ eId }, i) => [eId, eIds[i] ?? eId]));
	return {
		reading: {
			...reading,
			provisions: moved.map((one, i) => ({ ...one, eId: eIds[i] ?? one.eId })),
			amendments: reading.amendments.map((one) => ({
				...one,
				by: now.get(one.by) ?? one.by,
				quoted: one.quoted === null ? null : (now.get(one.quoted) ?? one.quoted),
			})),
		},
		faults,
	};
}

/** How deep each provision lies, from 1. */
export function levels(provisions: readonly Pick<Provision, 'parent'>[]): number[] {
	const found: number[] = [];
	for (const { parent } of provisions) found.push(parent === null ? 1 : (found[parent] ?? 0) + 1);
	return found;
}

/** A provision lies in the last one before it that is one level higher, and at most one deeper than the one before it. */
function treeOf(provisions: readonly Provision[], corrections: Corrections) {
	const were = levels(provisions);
	const are: number[] = [];
	const open: number[] = [];
	const parents: (number | null)[] = [];
	const kinds: ProvisionKind[] = [];
	provisions.forEach((one, i) => {
		const was = were[i] ?? 1;
		const along = one.parent === null ? 0 : (are[one.parent] ?? 1) - (were[one.parent] ?? 1);
		const { level, kind } = corrections.get(i) ?? {};
		const wish = level === undefined ? was + along : Math.min(Math.trunc(level), DEEPEST_LEVEL);
		const is = Math.max(1, Math.min(wish, (are[i - 1] ?? 0) + 1));
		are.push(is);
		open.length = is - 1;
		const parent = open.at(-1) ?? null;
		open.push(i);
		parents.push(parent);
		const above = parent === null ? null : (kinds[parent] ?? null);
		const turned = is !== was || (parent !== null && kinds[parent] !== provisions[parent]?.kind);
		kinds.push(kind ?? (turned && LEVELS.includes(one.kind) ? (below(above) ?? one.kind) : one.kind));
	});
	return { parents, kinds };
}

/** What lies in a provision of a kind, by drafters' custom; null where there is none. */
function below(kind: ProvisionKind | null): ProvisionKind | null {
	if (kind === null || DIVISIONS.includes(kind)) return LEVELS[0] ?? null;
	const at = LEVELS.indexOf(kind);
	return at < 0 ? null : (LEVELS[Math.min(at + 1, LEVELS.length - 1)] ?? null);
}

/** Its words with other bounds between them; what is wrong where they do not begin so. */
function wordsOf(one: Reading, { number, heading }: Correction = {}): Reading | 'number' | 'heading' {
	if (number === undefined && heading === undefined) return one;
	const whole = [one.number, one.heading, one.text].filter(Boolean).join(' ');
	const first = taken(whole, number === undefined ? one.number : number);
	if (first === null) return 'number';
	const second = taken(first.rest, heading === undefined ? one.heading : heading);
	if (second === null && heading !== undefined) return 'heading';
	const { lead, rest } = second ?? { lead: null, rest: first.rest };
	return { number: first.lead, heading: lead, text: rest };
}

function taken(words: string, wish: string | null): { lead: string | null; rest: string } | null {
	const lead = (wish === null ? '' : oneLine(wish)) || null;
	if (lead === null) return { lead, rest: words };
	if (words === lead) return { lead, rest: '' };
	return words.startsWith(`${lead} `) ? { lead, rest: words.slice(lead.length + 1) } : null;
}

function pick({ number, heading, text }: Reading): Reading {
	return { number, heading, text };
}

/** What stands as it was read has the first right to its name, then what was corrected, then what was taken out. */
function named(before: readonly Provision[], now: readonly Provision[]): string[] {
	const names = namer();
	const eIds: string[] = [];
	const same = now.map((one, i) => one.kind === before[i]?.kind && one.number === before[i]?.number);
	const name = (i: number): string => {
		const known = eIds[i];
		if (known !== undefined) return known;
		const one = now[i] as Provision;
		const parent = one.parent === null ? null : name(one.parent);
		const made = same[i] ? names.again(ownPiece(before, i), parent) : names.name(one.kind, signOf(one.number), parent);
		eIds[i] = made;
		return made;
	};
	const turns = now.map(({ state }, i) => (state === 'removed' ? 2 : same[i] ? 0 : 1));
	for (const turn of [0, 1, 2]) {
		turns.forEach((its, i) => {
			if (its === turn) name(i);
		});
	}
	return eIds;
}

function ownPiece(provisions: readonly Provision[], i: number): string {
	const { eId = '', parent = null } = provisions[i] ?? {};
	const above = parent === null ? null : `${provisions[parent]?.eId}__`;
	return above !== null && eId.startsWith(above) ? eId.slice(above.length) : eId;
}

/** What a number says in an eId: `5` of `Section 5.`, `b` of `(b)`. */
function signOf(number: string | null): string {
	if (number === null) return '';
	return (unitLabel(number) ?? listLabel(number))?.sign ?? number;
}
