import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { DOWNLOADS } from '#library/export/downloads.ts';
import type { Outgoing } from '#library/export/outgoing.ts';
import { textBlocks } from '#library/read/text.ts';
import { structure } from '#library/structure/structure.ts';
import type { Work } from '#library/view.ts';
import { outgoing } from '../outgoing.ts';

const TEXT = structure(
	textBlocks('Section 1. Short title. This ordinance may be cited as the “Detainer Ordinance”.\n'),
);
const DRAFT = 'Working draft written with software. No attorney has reviewed it. Not law in any city.';
const BORRADOR =
	'Borrador de trabajo escrito con software. Ningún abogado lo ha revisado. No es ley en ninguna ciudad.';
const LAW = 'No reviewed state-law record for Texas; ask counsel before using this text.';

const SAYS: readonly (readonly [string, Outgoing, readonly string[]])[] = [
	['a model', outgoing(TEXT, { work: { instrument: 'model', place: null } }), [DRAFT]],
	[
		'a model in Spanish',
		outgoing(TEXT, { work: { instrument: 'model' }, version: { language: 'es' } }),
		[DRAFT, BORRADOR],
	],
	['a sample', outgoing(TEXT, { work: { sample: true } }), ['SAMPLE']],
	['the law of a state', outgoing(TEXT, { lawSentence: LAW }), [LAW]],
	['a translation', outgoing(TEXT, { version: { official: false } }), ['Unofficial translation.']],
	[
		'a text of restricted states',
		outgoing(TEXT, { work: { askCounsel: true } }),
		['ask counsel before using this text'],
	],
	[
		'a policy that was taken off',
		outgoing(TEXT, {
			work: { withdrawn: { day: '2026-05-01' as never, reason: 'The city asked.' } as Work['withdrawn'] },
		}),
		['Taken from the shelf on May 1, 2026: The city asked.'],
	],
];

describe.each(DOWNLOADS)('the $extension of', ({ extension, write }) => {
	test.each(SAYS)('%s says so', async (_, out, sentences) => {
		const said = await whole(write(out), extension);
		for (const sentence of sentences) expect(said).toContain(sentence);
	});
	test('a version is the same bytes whenever it is made', async () => {
		const out = outgoing(TEXT);
		expect(await bytesOf(write(out))).toEqual(await bytesOf(write(out)));
	});
});

async function whole(written: ReturnType<(typeof DOWNLOADS)[number]['write']>, extension: string): Promise<string> {
	const bytes = await bytesOf(written);
	return strFromU8(extension === 'docx' ? (unzipSync(bytes)['word/document.xml'] as Uint8Array) : bytes);
}

async function bytesOf(written: ReturnType<(typeof DOWNLOADS)[number]['write']>): Promise<Uint8Array> {
	if (written instanceof Uint8Array) return written;
	let all = '';
	for await (const piece of written) all += piece;
	return new TextEncoder().encode(all);
}
