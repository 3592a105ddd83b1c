import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { exported, insideOf, LOOKS, type Way, type Written, wayOf } from '#adoption/out/export.ts';
import type { Outgoing } from '#adoption/out/outgoing.ts';
import { speech } from '#i18n/message.ts';
import { readBytes } from '#library/read/read.ts';
import { mark } from '#library/redline/mark.ts';
import { PROFILES } from '#library/redline/profile.ts';
import { structure } from '#library/structure/structure.ts';
import { diceOf } from '../library/mutant.ts';
import { copied, edited } from './edits.ts';
import { leaving } from './leaving.ts';
import { MODELS } from './models.ts';

const SCHEMA = join(import.meta.dirname, '../../../shared/data/schema');
const MODEL = MODELS.find(({ name }) => name === 'detainers') as (typeof MODELS)[number];
const WAYS: readonly Written[] = ['docx', 'html', 'xml', 'txt'].flatMap((form) =>
	['clean', 'marked'].flatMap((what) =>
		LOOKS.flatMap((profile) => (wayOf(form, what, profile) as Written | null) ?? []),
	),
);
/** What a draft knows of the people and machines behind it; none of it stands in what goes out. */
const PLANTED = [
	'Quintana',
	'rquintana@alderfalls.example',
	'Users\\rquintana',
	'draft-0191',
	'prov-77',
	'work-1',
	'expression-1',
];
/** What office programs leave in a file. */
const LEFT = [
	/rsid/i,
	/docProps/,
	/<w:comment/,
	/w:vanish/,
	/TargetMode/,
	/Template/,
	/<Company/,
	/creator|lastModifiedBy/i,
	/application\/vnd\.ms/,
];

const OUT = planted(leaving(MODEL, edited(copied(MODEL.provisions), 20, diceOf(3))));

describe.each(WAYS.map((way) => [`${way.form}, ${way.what}, ${way.profile}`, way] as const))(
	'a draft taken out as %s',
	(_, way) => {
		test('holds nothing of who worked on it, and nothing that office programs leave', () => {
			const parts = partsOf(exported(OUT, way).bytes, way);
			for (const [name, words] of parts) {
				for (const one of PLANTED) expect(`${name} ${words}`).not.toContain(one);
				for (const one of LEFT) expect(`${name} ${words}`).not.toMatch(one);
			}
		});
		test('says SAMPLE, that it is a draft, the law of the state, its author and where it was copied from', () => {
			const words = partsOf(exported(OUT, way).bytes, way)
				.map(([, part]) => part)
				.join('');
			for (const one of [
				'SAMPLE. An invented text',
				'Draft. Not adopted, and not law.',
				'No reviewed state-law record for Texas; ask counsel before using this text.',
				'Author',
				'Office of the City Attorney, SAMPLE Alder Falls',
				'https://compact.example/library/coalition/detainers/2026-11-26',
			])
				expect(words).toContain(one);
			expect(exported(OUT, way).name).toMatch(/^SAMPLE-an-ordinance-on-detainers-warrants-2026-11-27(-changes)?\.\w+$/);
		});
		test('is the same bytes whenever it is made', () => {
			expect(exported(OUT, way)).toEqual(exported(OUT, way));
		});
		test('names a person only who chose so', () => {
			const named = exported({ ...OUT, person: 'R. Quintana' }, way);
			expect(
				partsOf(named.bytes, way).some(([, part]) => part.includes('R. Quintana, Office of the City Attorney')),
			).toBe(true);
			expect(insideOf({ ...OUT, person: 'R. Quintana' }, way, speech('en'))).toContain('Author: R. Quintana, Office');
		});
	},
);

test('there is no redline in plain text, no other form and no other look', () => {
	expect([wayOf('txt', 'marked', null), wayOf('rtf', 'clean', null), wayOf('docx', 'marked', 'none')]).toEqual([
		null,
		null,
		null,
	]);
	expect(wayOf('xml', 'marked', 'chicago')).toEqual({ form: 'xml', what: 'marked', profile: 'tracked' });
});

describe('what is inside is said before sending', () => {
	const short = leaving(
		MODEL,
		[
			{
				kind: 'section',
				number: '§ 1.',
				heading: null,
				text: 'No hold in the {{city}}.',
				parent: null,
				from: { source: 1, eId: 'sec_1' },
			},
		],
		{
			base: [
				{
					kind: 'section',
					number: '§ 1.',
					heading: null,
					text: 'No long hold.',
					parent: null,
					from: { source: 1, eId: 'sec_1' },
				},
			],
		},
	);
	test.each<readonly [Way, 'en' | 'es', string]>([
		[
			{ form: 'docx', what: 'clean', profile: 'tracked' },
			'en',
			'Clean text: 1 section, 1 blank open. Author: Office of the City Attorney, SAMPLE Alder Falls. No comments, and no name of whoever worked on it.',
		],
		[
			{ form: 'docx', what: 'marked', profile: 'tracked' },
			'es',
			'Texto con control de cambios: 1 sección, 1 espacio sin llenar, 7 palabras añadidas, 1 palabra suprimida. Autoría: Office of the City Attorney, SAMPLE Alder Falls. Sin comentarios y sin el nombre de quien trabajó en él.',
		],
	])('%j in %s', (way, language, sentence) => {
		expect(insideOf(short, way, speech(language))).toBe(sentence);
	});
});

describe('Akoma Ntoso of drafts', () => {
	const drafts = MODELS.map((model, at) => leaving(model, edited(copied(model.provisions), 15, diceOf(at))));
	const way: Written = { form: 'xml', what: 'marked', profile: 'tracked' };

	test.skipIf(!existsSync(SCHEMA))(
		'is valid by the schema of OASIS, with what was made of each provision in its analysis',
		async () => {
			const read = (fileName: string) => ({ fileName, contents: readFileSync(join(SCHEMA, fileName), 'utf8') });
			const xml = drafts.map((out, at) => ({ fileName: `${at}.xml`, contents: strFromU8(exported(out, way).bytes) }));
			for (const { contents } of xml) expect(contents).toMatch(/<textualMod type="(?:insertion|repeal|substitution)"/);
			const options = { schema: [read('akomantoso30.xsd')], preload: [read('xml.xsd')], maxMemoryPages: 8_192 };
			expect((await validateXML({ xml, ...options })).errors).toEqual([]);
		},
	);
	test('comes in as what it was and what it is', async () => {
		for (const out of drafts) {
			const [both, after, before] = await Promise.all([
				treeOf(exported(out, way).bytes),
				treeOf(exported(out, { ...way, what: 'clean' }).bytes),
				treeOf(exported({ ...out, provisions: out.base }, { ...way, what: 'clean' }).bytes),
			]);
			// A reader sets blanks anew.
			const worded = (one: { number: string | null; heading: string | null; text: string }) =>
				[one.number, one.heading, one.text].filter(Boolean).join('').replaceAll(/\s/g, '');
			const stood = both.provisions.filter(({ state }) => state !== 'added').map((one) => worded(one.before ?? one));
			expect(both.provisions.filter(({ state }) => state !== 'removed').map(worded)).toEqual(
				after.provisions.map(worded),
			);
			expect(stood).toEqual(before.provisions.map(worded));
		}
	});
});

describe.each(LOOKS.filter((name) => name !== 'tracked'))('a redline in the look of %s', (profile) => {
	test('is read by that profile as it was written', async () => {
		// Brackets of the law itself cannot be told from those that strike.
		const plain = (text: string): string => text.replaceAll(/[[\]()]/g, '|');
		for (let seed = 0; seed < 10; seed++) {
			const base = copied(MODEL.provisions).map((one) => ({
				...one,
				number: plain(one.number ?? ''),
				text: plain(one.text),
			}));
			const draft = edited(base, 10, diceOf(seed)).map((one) => ({
				...one,
				number: plain(one.number ?? ''),
				heading: plain(one.heading ?? ''),
				text: plain(one.text),
			}));
			const out = leaving(MODEL, draft, { base, blanks: [] });
			const [look, tracked] = await Promise.all(
				[profile, 'tracked' as const].map(async (name) => {
					const read = await readBytes(exported(out, { form: 'docx', what: 'marked', profile: name }).bytes, 'a.docx');
					if ('refused' in read) throw new Error(read.detail);
					const paragraphs = read.blocks
						.filter(({ style }) => /^library \d/i.test(style ?? ''))
						.map(({ runs }) => ({ runs, open: true }));
					return mark(paragraphs, PROFILES[name]).pieces.map((pieces) =>
						pieces.map(({ op, text }) => ({ op, text: text.replaceAll(/\s/g, '') })).filter(({ text }) => text !== ''),
					);
				}),
			);
			expect(look).toEqual(tracked);
		}
	});
});

/** With a person, a machine and numbers of its own wherever a draft has such. */
function planted(out: Outgoing): Outgoing {
	const [source] = out.sources;
	return {
		...out,
		draft: {
			...out.draft,
			id: 'draft-0191',
			editedBy: 'R. Quintana <rquintana@alderfalls.example>',
		} as Outgoing['draft'],
		sources: source
			? [
					{
						...source,
						workId: 'work-1',
						expressionId: 'expression-1',
						file: 'C:\\Users\\rquintana\\a.docx',
					} as typeof source,
				]
			: [],
		provisions: out.provisions.map((one, at) => ({ ...one, id: `prov-77${at}`, by: 'R. Quintana' })),
	};
}

function partsOf(bytes: Uint8Array, { form }: Way): readonly (readonly [string, string])[] {
	if (form !== 'docx') return [[form, strFromU8(bytes)]];
	return Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]);
}

async function treeOf(bytes: Uint8Array) {
	const read = await readBytes(bytes, 'a.xml');
	if ('refused' in read) throw new Error(read.detail);
	return structure(read);
}
