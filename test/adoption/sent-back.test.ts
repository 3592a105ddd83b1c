import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { DraftProvision, State } from '#adoption/draft.ts';
import { offered } from '#adoption/fill.ts';
import { exported } from '#adoption/out/export.ts';
import { readRevisions } from '#adoption/word/revision.ts';
import { sentOf } from '#adoption/word/sent.ts';
import { suggestionsOf } from '#adoption/word/suggest.ts';
import { escaped } from '#library/export/markup.ts';
import { diceOf } from '../library/mutant.ts';
import { told } from './counsel.ts';
import { edited } from './edits.ts';
import { leaving } from './leaving.ts';
import { SHELVED } from './models.ts';
import { SHELF_TEXTS } from './shelf.ts';

const EDITS = [0, 4];

/** A draft of a text of the shelf, sent out under a title and sent back as it was: what the city is told of it. */
function sentBack(
	{ name, language, text }: (typeof SHELF_TEXTS)[number],
	title: string,
	edits: number,
	bare: string | null = null,
) {
	const model = { name, blanks: SHELVED.find((one) => name.startsWith(`${one.name}/`))?.blanks ?? [], provisions: [] };
	const provisions = edited(text, edits, diceOf(edits)).map((one, at): DraftProvision => ({ ...one, id: `p${at}` }));
	const draft = { title, instrument: 'ordinance', language, sample: true } as const;
	const answers = Object.fromEntries(model.blanks.flatMap(({ id, kind }) => (kind === 'yes_no' ? [[id, 'no']] : [])));
	const base = text.map((one) => offered(one, answers));
	const out = leaving(model, provisions, { draft, base, answers });
	const state = { provisions, blanks: out.blanks, answers: out.answers, draft } as unknown as State;
	return (['clean', 'marked'] as const).map((what) => {
		const sent = exported(out, { form: 'docx', what, profile: 'tracked' }).bytes;
		const bytes = bare === null ? sent : withoutStyles(sent, bare);
		const found = suggestionsOf(readRevisions(bytes, [out.office]), sentOf(state), title);
		return { what, told: told(found), problems: found.problems };
	});
}

/** As a program leaves it that keeps no styles, and that says something more in the footer. */
function withoutStyles(bytes: Uint8Array, more: string): Uint8Array {
	const parts = Object.entries(unzipSync(bytes)).map(([name, part]) => {
		const words = strFromU8(part).replaceAll(/<w:pStyle [^>]*>/g, '');
		const foot = name.includes('footer') ? words.replace('</w:t>', () => ` ${escaped(more)}</w:t>`) : words;
		return [name, name.startsWith('word/') ? strToU8(foot) : part] as const;
	});
	return zipSync(Object.fromEntries(parts));
}

const NOTHING = ['clean', 'marked'].map((what) => ({ what, told: [], problems: [] }));

describe.each(SHELF_TEXTS)('our own Word file of $name, sent back as it was, suggests nothing', (shelved) => {
	test.each(EDITS)('after %i edits', (edits) => {
		expect(sentBack(shelved, 'An ordinance of this city', edits)).toEqual(NOTHING);
	});

	test('also after a program that keeps no styles', () => {
		const [first] = shelved.text;
		for (const title of ['An ordinance of this city', first?.heading || first?.text || ''])
			expect({ title, back: sentBack(shelved, title, 4, '') }).toEqual({ title, back: NOTHING });
	});

	test('also where the footer says how its first provision begins', () => {
		const [first] = shelved.text;
		const begins = first?.heading || first?.text || '';
		const back = sentBack(shelved, 'An ordinance of this city', 0, begins);
		expect(back.map(({ told }) => told)).toEqual([[], []]);
	});

	test('whatever of it the title of the draft reads like', () => {
		// What a copy is called at first is how it begins.
		const titles = shelved.text.flatMap(({ heading, text }, at) => [heading, at < 3 ? text : null]);
		for (const title of new Set(titles.filter((one) => one !== null && one !== '')))
			expect({ title, back: sentBack(shelved, title as string, 0) }).toEqual({ title, back: NOTHING });
	});
});
