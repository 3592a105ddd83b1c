import { expect, test } from 'vitest';
import { exported } from '#adoption/out/export.ts';
import { diceOf } from '../library/mutant.ts';
import { copied, edited } from './edits.ts';
import { leaving } from './leaving.ts';
import { MODELS } from './models.ts';
import { findOffice, throughOffice } from './office.ts';
import { expected, withoutEnd } from './paragraphs.ts';

/** `npm run soak:roundtrip` sends every model through fifty sequences of edits. */
const SEQUENCES = 2;
const office = findOffice();
if (office === null)
	console.log('LibreOffice is not installed (no soffice in PATH): the round trip through it is skipped.');

test.skipIf(office === null)(
	'LibreOffice opens a redline, and with all accepted it is the draft, with all rejected the model',
	async () => {
		const outs = MODELS.slice(0, 2).flatMap((model, nth) =>
			Array.from({ length: SEQUENCES }, (_, at) => {
				const draft = edited(copied(model.provisions), 8 * (at + 1), diceOf(nth * SEQUENCES + at));
				return leaving(model, draft);
			}),
		);
		const files = outs.map((out) => exported(out, { form: 'docx', what: 'marked', profile: 'tracked' }).bytes);
		const read = await throughOffice(office as string, [
			...files.map((bytes) => ({ bytes, deed: 'accept' as const })),
			...files.map((bytes) => ({ bytes, deed: 'reject' as const })),
		]);
		outs.forEach((out, at) => {
			expect(withoutEnd(read[at] ?? [])).toEqual(expected(out, 'draft'));
			expect(withoutEnd(read[outs.length + at] ?? [])).toEqual(expected(out, 'base'));
		});
	},
);
