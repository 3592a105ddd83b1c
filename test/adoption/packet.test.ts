import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { Drafted } from '#adoption/out/marked.ts';
import type { Outgoing } from '#adoption/out/outgoing.ts';
import { BLOCK_FIELDS, type BlockField } from '#adoption/packet/field.ts';
import { filledIn } from '#adoption/packet/fill.ts';
import { ownTemplate } from '#adoption/packet/own-template.ts';
import { fillingOf, insideOf, PACKET_LOOKS, packetName, type Said } from '#adoption/packet/packet.ts';
import { startOf } from '#adoption/packet/start.ts';
import { readTemplate, reportOf } from '#adoption/packet/template.ts';
import { titleOf } from '#adoption/packet/title.ts';
import { speech } from '#i18n/message.ts';
import type { Day } from '#kernel/day.ts';
import { diceOf } from '../library/mutant.ts';
import { copied, edited } from './edits.ts';
import { leaving } from './leaving.ts';
import { MODELS } from './models.ts';
import { findOffice } from './office.ts';
import { draftOf } from './shelf.ts';
import { PLANTED, p, templateOf, textsOf, uglyTemplate, wordsOf } from './templates.ts';

const SAID: Said = {
	...{
		title: 'An ordinance on detainers',
		number: 'Bill 2027-3',
		day: '2026-12-15' as Day,
		sponsor: 'Council Member Reyes',
	},
	...{
		summary: 'The city asks for a judge.\n\nNothing else changes.',
		fiscal: '',
		look: 'new-york-city',
		parts: BLOCK_FIELDS,
	},
};

/** A draft of a model, every blank filled. */
function filledDraft(name: string, edits = 0, given: Partial<Outgoing> = {}): Outgoing {
	const model = MODELS.find((one) => one.name === name) ?? MODELS[0];
	if (!model) throw new Error('The shelf has no models.');
	const answers = Object.fromEntries(
		model.blanks.map(({ id, kind, choices, label }) => {
			const plain = kind === 'number' ? '30' : kind === 'date' ? '2027-01-01' : label.en;
			return [id, kind === 'yes_no' ? 'yes' : kind === 'choice' ? (choices?.[0]?.value ?? '') : plain];
		}),
	);
	const draft = copied(model.provisions);
	return leaving(model, edits === 0 ? draft : edited(draft, edits, diceOf(edits)), { answers, ...given });
}

/** A draft of a text that was written by hand, and of another that it was copied from. */
function written(base: string, draft: string, given: Partial<Outgoing['draft']> = {}): Outgoing {
	const out = filledDraft('detainers');
	const before = draftOf(base);
	const now = draftOf(draft).map((one) => ({
		...one,
		from: before.find(({ from }) => from?.eId === one.from?.eId)?.from ?? null,
	}));
	return { ...out, draft: { ...out.draft, ...given }, blanks: [], answers: {}, provisions: now, base: before };
}

function packet(out: Outgoing, said: Partial<Said> = {}, bytes = ownTemplate(out.draft.language)): Uint8Array {
	const template = readTemplate(bytes);
	if ('faults' in template) throw new Error(JSON.stringify(template.faults));
	return filledIn(template, fillingOf(out, { ...SAID, ...said }, reportOf(template).found));
}

describe('a packet', () => {
	test('has title, recitals, enacting words, text, signatures, summary, fiscal note, redline and sources in this order', () => {
		const lines = wordsOf(packet(filledDraft('detainers', 4)));
		const at = (words: RegExp) => lines.findIndex((line) => words.test(line));
		const places = [
			...[
				/^SAMPLE\. An invented/,
				/^Ordinance No\. Bill 2027-3$/,
				/^An ordinance on detainers$/,
				/^Sponsor: Council Member Reyes\. .*December 15, 2026/,
			],
			...[
				/^WHEREAS/,
				/^BE IT ORDAINED/,
				/^Section 1\. /,
				/^Passed by the council/,
				/^Presiding officer$/,
				/^The city asks for a judge\.$/,
			],
			...[
				/^No fiscal note was prepared/,
				/^Compared with “Model detainers”/,
				/^Underlined words are added, words in \[brackets\] removed\.$/,
			],
			...[
				/^Copied from “Model detainers” \(model of the coalition\), version of November 26, 2026: https:\/\/compact\.example\/library\/coalition\/detainers/,
				/^No reviewed state-law record for Texas; ask counsel/,
			],
		].map((one) => [String(one), at(one)] as const);
		expect(places.filter(([, place]) => place < 0)).toEqual([]);
		expect(places.map(([, place]) => place)).toEqual(places.map(([, place]) => place).toSorted((a, b) => a - b));
	});

	test('is the same bytes for the same input, names the office, and nobody who made template or draft', () => {
		const out = filledDraft('detainers', 6, { person: null });
		for (const bytes of [ownTemplate('en'), uglyTemplate()]) {
			const made = packet(out, {}, bytes);
			expect(packet(out, {}, bytes)).toEqual(made);
			const texts = textsOf(made);
			expect([...texts.keys()].filter((name) => /docprops|comments|custom|people|vba/i.test(name))).toEqual([
				'docProps/core.xml',
			]);
			expect(texts.get('docProps/core.xml')).toContain(
				'<dc:creator>Office of the City Attorney, SAMPLE Alder Falls</dc:creator>',
			);
			for (const [name, text] of texts) {
				expect(text, name).not.toMatch(
					new RegExp(`${PLANTED}|rsid|External|w:author|lastModifiedBy|\\\\Users|vanish|<w:(?:ins|del) `),
				);
			}
		}
	});

	test('leaves out what was not chosen, and puts what has no place behind the end', () => {
		const out = filledDraft('detainers', 4);
		const bare = templateOf(p('Body', '{title}') + p('Body', '{text}') + p('Body', 'END'));
		const all = wordsOf(packet(out, {}, bare));
		const [end, title] = [all.indexOf('END'), all.indexOf('An ordinance on detainers')];
		expect(all.findIndex((line) => line.startsWith('WHEREAS'))).toBeGreaterThan(title);
		expect(all.findIndex((line) => line.startsWith('BE IT ORDAINED'))).toBeLessThan(end);
		expect(all.slice(end).filter((line) => ['Redline', 'Summary', 'Fiscal note', 'Sources'].includes(line))).toEqual([
			...['Redline', 'Summary', 'Fiscal note', 'Sources'],
		]);
		const some = wordsOf(packet(out, { parts: ['text', 'sources'] }, bare)).join('\n');
		expect(some).not.toMatch(/WHEREAS|BE IT ORDAINED|Redline|No fiscal note/);
		expect(some).toMatch(/Section 1[\s\S]*END[\s\S]*Sources/);
		const t = speech('en');
		const said = (parts: readonly BlockField[]) => insideOf(out, { ...SAID, parts }, ['text', 'title'], t);
		expect(said(['text', 'recitals'])).toMatch(
			/^Inside: Clean text, Recitals; the text has \d+ provisions\. Everything is/,
		);
		expect(said(['text', 'fiscal'])).toContain(
			'so they come after its end: Fiscal note. Author: Office of the City Attorney',
		);
		expect(packetName(out)).toBe('SAMPLE-an-ordinance-on-detainers-warrants-packet.docx');
	});

	test('marks what was changed in every look without colour alone, and hangs numbers below their section', () => {
		const base = '## Section 1. Name\n\nThis is old law.\n\n(a) One thing.\n\n(b) Another thing.\n';
		const out = written(base, base.replace('old law', 'new law').replace('Another', 'Some other'));
		for (const look of PACKET_LOOKS) {
			const xml = textsOf(packet(out, { look })).get('word/document.xml') ?? '';
			const run = (words: string) =>
				xml.match(new RegExp(`<w:r>(?:(?!<w:r>).)*>[^<]*${words}[^<]*</w:t></w:r>`))?.[0] ?? '';
			expect(xml.match(/<w:u w:val="single"\/>/g)?.length, look).toBeGreaterThan(1);
			const struck = /<w:strike\/>/.test(xml) || /\[old\]|\(\(old\)\)/.test(wordsOf(packet(out, { look })).join());
			expect(struck, look).toBe(true);
			expect(run('One thing'), look).not.toMatch(/w:u|w:strike/);
		}
		expect(wordsOf(packet(out))).toEqual(
			expect.arrayContaining(['Section 1. Name', 'This is new law.', '(b)Some other thing.']),
		);
	});

	test('of a draft in Spanish speaks Spanish, and its articles are what sections are elsewhere', () => {
		const base = '## Artículo 1. Nombre\n\nEsta ordenanza se llama así.\n\n(a) Un inciso.\n\n(b) Otro inciso.\n';
		const out = written(base, base, { language: 'es', title: 'Ordenanza sobre órdenes judiciales' });
		const lines = wordsOf(packet(out, { title: 'Ordenanza sobre órdenes judiciales', fiscal: '' })).join('\n');
		expect(lines).toMatch(/Ordenanza núm\. Bill 2027-3[\s\S]*sesión del 15 de diciembre de 2026/);
		expect(lines).toMatch(
			/No se preparó ninguna nota fiscal[\s\S]*Nada dice otra cosa[\s\S]*Copiado de «Model detainers»/,
		);
		expect(lines).not.toMatch(/Sponsor|Copied|Summary/);
		const xml = textsOf(packet(out)).get('word/document.xml') ?? '';
		expect(xml).toMatch(/<w:ind w:left="540" w:hanging="540"\/><\/w:pPr><w:r><w:t xml:space="preserve">\(a\)/);
		expect(xml).not.toMatch(/<w:jc w:val="center"\/><\/w:pPr><w:r>(?:(?!<\/w:p>).)*Art/);
		expect(startOf(out)).toMatch(/^Este texto tiene 1 artículo\. .*nada dice otra cosa\.$/);
	});
});

describe('the title that is offered', () => {
	const code = [
		'# Chapter 9.40 Services',
		'## 9.40.010 Purpose',
		'To serve.',
		'## 9.40.020 Terms',
		'Words.',
		'## 9.40.030 Holds',
		'(a) No hold.',
	];
	const text = (lines: readonly string[]) => `${lines.join('\n\n')}\n`;
	const of = (lines: readonly string[]) => written(text(code), text(lines), { title: 'City services' });
	test('states which sections of the city’s own text are amended, added and repealed', () => {
		const lines = [...code.slice(0, 3), ...code.slice(5, 6), '(a) No hold at all.', '## 9.40.040 Costs', 'None.'];
		expect(titleOf(of(lines), true)).toBe(
			'An ordinance amending Section 9.40.030, adding Section 9.40.040, and repealing Section 9.40.020: City services',
		);
		expect(titleOf(of(code), true)).toBe('City services');
		const all = Array.from({ length: 15 }, (_, n) => [`## 9.40.${n + 1}0 A`, `Words ${n} of it.`]).flat();
		const most = all.map((line, n) => (n === 21 || n % 2 === 0 ? line : `${line} And more.`));
		const long = titleOf(written(text(all), text(most), { title: 'All' }), true);
		expect(long).toContain('9.40.100, 9.40.120,');
	});
	test('of a text new to the city names its chapter and its sections, where these are of a code', () => {
		expect(titleOf(of(code), false)).toBe(
			'An ordinance adding Chapter 9.40, Sections 9.40.010 to 9.40.030: City services',
		);
		const plain = '## Section 1. Name\n\nWords.\n';
		expect(titleOf(written(plain, plain, { title: 'Warrants' }), false)).toBe('Warrants');
	});
	test('is the long title that the text has itself', () => {
		expect(titleOf(filledDraft('detainers'), false)).toBe(
			'An ordinance on immigration detainers and judicial warrants',
		);
	});
	test('is no more than the title for what is neither ordinance nor resolution', () => {
		expect(titleOf({ ...of(code), draft: { ...of(code).draft, instrument: 'police_directive' } }, true)).toBe(
			'City services',
		);
	});
});

describe('a summary begins with counts and numbers of sections', () => {
	const base = [
		'## Section 1. Name\n\nThis ordinance may be cited as the old one.',
		'## Section 2. Costs\n\nThe city pays all costs of this ordinance.',
		'## Section 3. Holds\n\nNo officer holds a person longer.\n\n(a) Not even for a day or an hour.',
		'## Section 4. Records\n\nRecords are kept for a year, as section 3(a) says.',
	];
	const text = (lines: readonly string[]) => `${lines.join('\n\n')}\n`;
	/** Whatever its number now, each is what it was copied from. */
	const traced = (lines: readonly string[]) => {
		const out = written(text(base), text(lines));
		const sameAs = (one: Drafted) =>
			out.base.find(({ kind, heading, text }) => kind === one.kind && (heading ?? text) === (one.heading ?? one.text));
		return { ...out, provisions: out.provisions.map((one) => ({ ...one, from: sameAs(one)?.from ?? null })) };
	};
	const start = (lines: readonly string[]) => startOf(traced(lines)).replace(/^.*?2026\. /, '');
	const [one = '', two = '', three = '', four = ''] = base;
	const as = (section: string, n: number) => section.replace(/^## Section \d/, `## Section ${n}`);

	test('and says what it was copied from, and nothing of law', () => {
		expect(startOf(written(text(base), text(base)))).toMatch(
			/^This text has 4 sections\. It was copied from “Model detainers”, version of November 26, 2026\. Compared with that, nothing reads differently\.$/,
		);
	});
	test('calls by their names what reads otherwise, is new, left out, moved, joined or only numbered otherwise', () => {
		expect(
			start([one.replace('old', 'new'), two, three, four, '## Section 5. Fees\n\nNone of these is here yet.']),
		).toBe('Compared with that, these read differently: Section 1. These are new: Section 5.');
		expect(start([one, as(three, 2), as(four, 3).replace('3(a)', '2(a)')])).toBe(
			'Compared with that, these read differently: Section 3 (there 4). These of that text are left out: Section 2. 1 more has another number and the same words.',
		);
		expect(start([one, as(three, 2), as(two, 3), four])).toMatch(
			/^These stand in another place: Section \d \(there \d\)\. 1 more has another number and the same words\.$/,
		);
		expect(start([`${one} The city pays all costs of this ordinance.`, as(three, 2), as(four, 3)])).toMatch(
			/^Compared with that, these read differently: Section 1\. These of that text are joined to others: Section 2 \(now in 1\)\. 2 more/,
		);
	});
	test('says that nothing reads differently only where that is so', () => {
		const recital = 'WHEREAS, the city keeps its word; and\n\n';
		const out = (said: string) => {
			const both = written(recital + text(base), said + text(base));
			return { ...both, provisions: both.base.map((one, at) => ({ ...one, text: both.provisions[at]?.text ?? '' })) };
		};
		expect(startOf(out(recital))).toContain('nothing reads differently.');
		expect(startOf(out(recital.replace('word', 'promise')))).toMatch(
			/2026\. Parts that stand in no numbered section read differently\.$/,
		);
		const roman = (lines: readonly string[]) =>
			lines.map((one, n) => one.replace(/Section \d/, `Section ${'I II III IV'.split(' ')[n]}`));
		const all = traced(base);
		const named = (list: typeof all.base) =>
			list.map((one) => ({ ...one, number: roman([one.number ?? ''])[0] ?? null }));
		expect(roman(base)[3]).toContain('Section IV');
		const changed = named(all.provisions).map((one) => ({ ...one, text: one.text.replace('pays all', 'pays no') }));
		expect(startOf({ ...all, base: named(all.base), provisions: changed })).toMatch(/read differently: Section I\.$/);
	});
	test('does not call new what was divided, nor as it was what an answer left out', () => {
		const out = written(text(base), text(base));
		const at = out.provisions.findIndex(({ text }) => text.startsWith('This ordinance may'));
		const [first, rest] = [out.provisions[at], out.provisions.slice(at + 1)];
		if (!first) throw new Error('no first section');
		const halves = [
			{ ...first, text: 'This ordinance may' },
			{ ...first, number: 'Section 2.', heading: null, text: 'be cited as the old one.' },
		];
		const shifted = rest.map((one) => ({ ...one, parent: one.parent === null ? null : one.parent + 1 }));
		const divided = startOf({ ...out, provisions: [...out.provisions.slice(0, at), ...halves, ...shifted] });
		expect(divided).toContain('read differently: Section 1. These were divided from others: Section 2 (there 1).');
		expect(divided).not.toContain('new');
		const base3 = out.base.map((one) =>
			one.text.startsWith('Not even') ? { ...one, text: `{{if long_holds}} ${one.text}` } : one,
		);
		const asked = { ...out, answers: { long_holds: 'no' }, provisions: base3, base: out.base };
		expect(startOf(asked)).toMatch(/these read differently: Section 3\.$/);
	});
	test('a redline on paper says of what moved where it is, and where it was', () => {
		const out = traced([one, as(three, 2), as(two, 3), four]);
		const lines = wordsOf(packet(out));
		expect(lines.filter((line) => /^What follows moved/.test(line))).toEqual([
			'What follows moved to Section 3.',
			'What follows moved here from Section 2.',
		]);
	});
});

const office = findOffice();
if (office === null) console.log('LibreOffice is not installed (no soffice in PATH): packets are not opened with it.');

test.skipIf(office === null)(
	'LibreOffice opens every packet and prints it, with the words of each part',
	() => {
		const folder = mkdtempSync(join(tmpdir(), 'compact-packet-'));
		afterAll(() => rmSync(folder, { recursive: true, force: true }));
		const files = [ownTemplate('en'), uglyTemplate()].map((bytes, at) => {
			const path = join(folder, `${at}.docx`);
			writeFileSync(path, packet(filledDraft('detainers', 8), {}, bytes));
			return path;
		});
		const run = (to: string, from: readonly string[], out = folder) => {
			const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile'))}`;
			execFileSync(office as string, [profile, '--headless', '--convert-to', to, '--outdir', out, ...from], {
				...{ stdio: 'ignore', timeout: 180_000 },
			});
		};
		run('pdf', files);
		run('txt:Text (encoded):UTF8', files);
		// Another program writes a template otherwise: it is read the same.
		const templates = [ownTemplate('en'), uglyTemplate()].map((bytes, at) => {
			const path = join(folder, `template-${at}.docx`);
			writeFileSync(path, bytes);
			return path;
		});
		run('docx:MS Word 2007 XML', templates, join(folder, 'saved'));
		for (const path of templates) {
			const [is, was] = [join(folder, 'saved', path.slice(folder.length + 1)), path].map((one) =>
				readTemplate(readFileSync(one)),
			);
			if (!is || !was || 'faults' in is || 'faults' in was) throw new Error(JSON.stringify([is, was]).slice(0, 400));
			expect(reportOf(is).found).toEqual(reportOf(was).found);
			expect(wordsOf(filledIn(is, fillingOf(filledDraft('detainers'), SAID, reportOf(is).found))).join('\n')).toContain(
				'Section 3.',
			);
		}
		for (const path of files) {
			const pdf = path.replace('.docx', '.pdf');
			expect(existsSync(pdf) && readFileSync(pdf).length > 20_000).toBe(true);
			const text = readFileSync(path.replace('.docx', '.txt'), 'utf8');
			for (const words of [
				'WHEREAS',
				'Section 3.',
				'No fiscal note was prepared',
				'Copied from',
				'2027-3',
				'The city asks for a judge.',
			])
				expect(text, `${path} ${words}`).toContain(words);
		}
	},
	400_000,
);
