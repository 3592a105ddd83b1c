import { describe, expect, test } from 'vitest';
import { clean, type Drafted, type MarkedProvision, marked } from '#adoption/out/marked.ts';
import { partsOf } from '#library/export/parts.ts';
import { depths } from '#library/export/tree.ts';
import type { Piece, Provision } from '#library/provision.ts';
import { diceOf } from '../library/mutant.ts';
import { copied, edited } from './edits.ts';
import { MODELS } from './models.ts';

/** Sequences of edits on each model. */
const SEQUENCES = 40;

const BASE: readonly Drafted[] = [
	section('1', 'Policy.', 'No hold.'),
	section('2', 'Reports.', 'The chief reports each year.'),
	within(1, '(a)', 'How many were held.'),
	within(1, '(b)', 'How many were asked for.'),
	section('3', 'Effect.', 'At once.'),
];

describe('a redline of a draft', () => {
	test('of what nobody edited marks nothing', () => {
		expect(marked(BASE, BASE).map(told)).toEqual(BASE.map(() => 'same'));
	});
	test.each<readonly [string, readonly Drafted[], readonly string[]]>([
		[
			'one whose every word changed is the same provision, for it came from it',
			BASE.map((one, at) => (at === 0 ? { ...one, text: 'Wholly other terms apply here.' } : one)),
			['changed sec_1', 'same sec_2', 'same sec_2__subsec_a', 'same sec_2__subsec_b', 'same sec_3'],
		],
		[
			'one that was moved is struck there and new here, each knowing of the other',
			[1, 2, 3, 0, 4].map((at) => reparented(BASE[at] as Drafted, 0)),
			[
				'removed sec_1_2, moved to sec_1',
				'same sec_2',
				'same sec_2__subsec_a',
				'same sec_2__subsec_b',
				'added sec_1, moved to sec_1_2',
				'same sec_3',
			],
		],
		[
			'what lies in one that is struck is struck with it',
			[BASE[0] as Drafted, BASE[4] as Drafted],
			['same sec_1', 'removed sec_2', 'removed sec_2__subsec_a', 'removed sec_2__subsec_b', 'same sec_3'],
		],
		[
			'one typed again is known by its words',
			BASE.map((one, at) => (at === 1 ? { ...one, from: null, text: 'The chief reports each month.' } : one)),
			['same sec_1', 'changed sec_2', 'same sec_2__subsec_a', 'same sec_2__subsec_b', 'same sec_3'],
		],
	])('%s', (_, draft, states) => {
		expect(marked(BASE, draft).map(named)).toEqual(states);
	});
	test.each(MODELS)('of $name reads as the draft with all accepted and as the model with all rejected', (model) => {
		const base = copied(model.provisions);
		for (let seed = 0; seed < SEQUENCES; seed++) {
			const draft = edited(base, 1 + (seed % 12), diceOf(seed));
			const made = marked(base, draft);
			expect(readAs(made, 'removed')).toEqual(outline(draft));
			expect(readAs(made, 'added')).toEqual(outline(base));
			expect(written(made, 'removed')).toEqual(written(clean(draft).provisions, 'removed'));
			expect(written(made, 'added')).toEqual(written(clean(base).provisions, 'added'));
			expect(new Set(made.map(({ eId }) => eId)).size).toBe(made.length);
			expect(spans(made)).toBe(clean(draft).text);
		}
	});
});

function section(number: string, heading: string, text: string): Drafted {
	return {
		kind: 'section',
		number: `§ ${number}.`,
		heading,
		text,
		parent: null,
		from: { source: 1, eId: `sec_${number}` },
	};
}

function within(parent: number, number: string, text: string): Drafted {
	return { kind: 'subsection', number, heading: null, text, parent, from: { source: 1, eId: `sub_${number}` } };
}

function reparented(one: Drafted, parent: number): Drafted {
	return one.parent === null ? one : { ...one, parent };
}

function told({ state }: MarkedProvision): string {
	return state;
}

function named({ state, eId, moved }: MarkedProvision): string {
	return `${state} ${eId}${moved === null ? '' : `, moved to ${moved}`}`;
}

/** Kind, depth and reading of each provision with everything accepted (`removed` left out) or rejected (`added`). */
function readAs(made: readonly MarkedProvision[], but: 'removed' | 'added'): readonly unknown[] {
	const depth = depths(made);
	return made.flatMap(({ state, before, kind, number, heading, text }, at) => {
		if (state === but) return [];
		const reading = but === 'added' && before !== null ? before : { number, heading, text };
		return [{ kind, depth: depth[at], ...reading }];
	});
}

function outline(draft: readonly Drafted[]): readonly unknown[] {
	const depth = depths(draft);
	return draft.map(({ kind, number, heading, text }, at) => ({
		kind,
		depth: depth[at],
		number: number?.trim() || null,
		heading: heading?.trim() || null,
		text: text.trim(),
	}));
}

/** The same by the redline, as the writers of files cut it. */
function written(made: readonly Provision[], but: 'removed' | 'added'): readonly string[] {
	const words = (pieces: readonly Piece[]) => pieces.map(({ op, text }) => (op === but ? '' : text)).join('');
	return made
		.map(partsOf)
		.map(({ number, heading, text }) => [number, heading, text].map(words).join('|'))
		.filter((line) => line !== '||');
}

function spans(made: readonly MarkedProvision[]): string {
	const lines = made.filter(({ state }) => state !== 'removed');
	const worded = lines.map(({ number, heading, text }) => [number, heading, text].filter(Boolean).join(' '));
	const whole = worded.filter((line) => line !== '').join('\n');
	expect(lines.map(({ start, end }) => whole.slice(start, end))).toEqual(worded);
	return whole;
}
