import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readMarkdown } from '#library/read/markdown.ts';
import { type Seed, seedVersion } from '#library/seed.ts';
import { structure } from '#library/structure/structure.ts';
import taxonomy from '#library/taxonomy/2026-11.json' with { type: 'json' };
import { readingEase } from './grade.ts';

const SHELF = join(import.meta.dirname, '..', '..', 'seeds', 'library');
const GRADE = 8;
const ORDINARY = 60;
const folders = readdirSync(SHELF, { withFileTypes: true })
	.filter((entry) => entry.isDirectory())
	.map(({ name }) => policyIn(name));
const models = folders.filter(({ seed }) => seed.instrument === 'model');
const samples = folders.filter(({ seed }) => seed.instrument !== 'model');

test('the shelf has the ten models: eight ordinances, a directive and a resolution', () => {
	expect(models.map(({ seed }) => [seed.address.split('/')[1], seed.form]).sort()).toEqual([
		['city-property', 'ordinance'],
		['data-and-vendors', 'ordinance'],
		['detainers', 'ordinance'],
		['inquiries-and-records', 'ordinance'],
		['no-delegation', 'ordinance'],
		['notice-and-vote', 'ordinance'],
		['police-directive', 'police_directive'],
		['public-report', 'ordinance'],
		['resolution', 'resolution'],
		['victims-and-witnesses', 'ordinance'],
	]);
	const asking = models.filter(({ seed }) => seed.askCounsel).map(({ seed }) => seed.address);
	expect(asking).toEqual(['coalition/notice-and-vote', 'coalition/public-report']);
});

test('two models have a second version that changes what the first said', () => {
	const twice = models.filter(({ versions }) => versions.length > 1);
	expect(twice.length).toBeGreaterThanOrEqual(2);
	for (const { versions } of twice) expect(new Set(versions.map(({ text }) => text)).size).toBe(versions.length);
});

test.each(models.map(({ name, versions }) => ({ name, versions })))(
	'$name says which city its City is',
	({ versions }) => {
		for (const { text } of versions) {
			expect(text).toMatch(/\bthe City\b|\bany City\b/);
			expect(
				text.match(/^In this (?:ordinance|order|resolution), "City" means the \{\{city\}\}, and:$/gm),
			).toHaveLength(1);
		}
	},
);

describe.each(folders)('$name', ({ name, seed, versions, latest, summary }) => {
	test('every version is read without a problem, its provisions with a name of their own', () => {
		for (const { reading } of versions) {
			expect(reading.problems).toEqual([]);
			expect(reading.provisions.filter(({ kind }) => kind === 'text')).toEqual([]);
			const ids = reading.provisions.map(({ eId }) => eId);
			expect(new Set(ids).size).toBe(ids.length);
		}
	});

	test('the heading of the text is the title of the policy', () => {
		expect(latest.reading.title).toBe(seed.title);
	});

	test('sections, and what is numbered inside them, follow in sequence', () => {
		for (const { reading } of versions) {
			const siblings = new Map<string, number>();
			for (const { kind, parent, number } of reading.provisions) {
				const at = ordinal(number ?? '', kind === 'section' || kind === 'article');
				if (at === null) continue;
				const key = `${parent} ${kind}`;
				expect(`${name} ${key} ${at}`).toBe(`${name} ${key} ${(siblings.get(key) ?? 0) + 1}`);
				siblings.set(key, at);
			}
		}
	});

	test('sections that are referred to exist', () => {
		for (const { text, reading } of versions) {
			const ids = new Set(reading.provisions.map(({ eId }) => eId));
			for (const [whole, section, subsection, paragraph] of text.matchAll(
				/(?<!-)\b[Ss]ections? (\d{1,2})(?!\d)(?:\(([a-z])\))?(?:\((\d{1,2})\))?(?! of the| of title|\.\d)/g,
			)) {
				const id = [`sec_${section}`, subsection && `subsec_${subsection}`, paragraph && `para_${paragraph}`];
				expect(ids, `${name}: ${whole}`).toContain(id.filter(Boolean).join('__'));
			}
		}
	});

	test('every blank in the text is declared once, and every declared blank stands in the text', () => {
		const used = new Set(versions.flatMap(({ text }) => blanksIn(text)));
		const declared = (seed.blanks ?? []).map(({ id }) => id);
		expect(declared.toSorted()).toEqual([...used].sort());
		expect(new Set(declared).size).toBe(declared.length);
	});

	test('blanks have label and help in both languages, and a default that can be chosen', () => {
		for (const { id, kind, label, help, choices, default: standard } of seed.blanks ?? []) {
			for (const words of [label.en, label.es, help.en, help.es]) expect(words.trim(), id).not.toBe('');
			if (kind === 'choice') expect(choices?.map(({ value }) => value)).toContain(standard);
			if (kind === 'yes_no') expect(['yes', 'no']).toContain(standard);
			if (kind === 'number') expect(Number(standard), id).toBeGreaterThan(0);
		}
	});

	test('what is a yes-or-no blank is used as one, and nothing else is', () => {
		const all = versions.map(({ text }) => text).join('\n');
		const asked = [...all.matchAll(/\{\{\s*(?:if (?:not )?([a-z_]+)|([a-z_]+) \?)/g)].map(
			(found) => found[1] ?? found[2],
		);
		const declared = (seed.blanks ?? []).filter(({ kind }) => kind === 'yes_no').map(({ id }) => id);
		expect([...new Set(asked)].sort()).toEqual(declared.toSorted());
	});

	test('each answer to a yes-or-no blank is told in its help, in both languages', () => {
		for (const { id, kind, help } of seed.blanks ?? []) {
			if (kind !== 'yes_no') continue;
			expect(help.en, id).toMatch(/\bYes\b.*\bNo\b/);
			expect(help.es, id).toMatch(/(?<!\p{L})Sí .*\bNo\b/u);
		}
	});

	test('what an answer leaves out is the last of what it stands among, and nothing refers to it', () => {
		for (const { reading } of versions)
			reading.provisions.forEach(({ eId, parent, number, text }, at) => {
				if (!text.startsWith('{{if')) return;
				const after = reading.provisions.slice(at + 1);
				expect(
					after.some((one) => one.parent === parent),
					eId,
				).toBe(false);
				const section = reading.provisions[parent ?? -1];
				const [, nth = ''] = /(\d+)/.exec(section?.number ?? '') ?? [];
				const others = reading.provisions.filter((one) => one.eId !== eId);
				const inside = others.filter((one) => reading.provisions[one.parent ?? -1] === section);
				for (const one of others) expect(one.text, eId).not.toContain(`section ${nth}${number}`);
				for (const one of inside) expect(one.text, eId).not.toContain(`ubsection ${number}`);
			});
	});

	test('notes, notes on the law and protections name provisions of the latest version', () => {
		const ids = latest.reading.provisions.map(({ eId }) => eId);
		for (const { eId } of [...(seed.notes ?? []), ...(seed.lawNotes ?? []), ...(seed.protections ?? [])])
			expect(ids).toContain(eId);
	});

	test('the words of a protection stand in its provision, under a code of the taxonomy', () => {
		const codes = taxonomy.areas.flatMap(({ protections }) => protections.map(({ code }) => code));
		for (const { eId, code, words } of seed.protections ?? []) {
			const provision = latest.reading.provisions.find((one) => one.eId === eId);
			const line = [provision?.number, provision?.heading, provision?.text].filter(Boolean).join(' ');
			expect(line).toContain(words);
			expect(codes).toContain(code);
		}
	});

	test('the summary can be read after eight years of school, in both languages', () => {
		expect(readingEase(summary.en, 'en')).toBeLessThanOrEqual(GRADE);
		expect(readingEase(summary.es, 'es')).toBeGreaterThanOrEqual(ORDINARY);
		const paragraphs = (text: string) => text.split(/\n{2,}/).length;
		expect(paragraphs(summary.es)).toBe(paragraphs(summary.en));
	});

	test('no words are there that this house does not use', () => {
		const said = [...versions.map(({ text }) => text), summary.en, summary.es, JSON.stringify(seed)].join('\n');
		expect(said).not.toMatch(
			/\billegal (?:alien|immigrant)|\bis (?:lawful|constitutional|legal)\b|\bcopied from|\bterminated?\b|\bwithdrew\b|\bfully compl|\bguarantees? compliance|\bartificial|\bchatbot|\bloophole/i,
		);
		expect(said).not.toContain('No attorney has reviewed it');
	});
});

describe.each(models)('the model $name', ({ seed, versions, latest }) => {
	test('it has findings, an enacting clause, definitions, severability and a day on which it takes effect', () => {
		for (const { reading } of versions) {
			expect(reading.provisions.filter(({ kind }) => kind === 'recital').length).toBeGreaterThanOrEqual(3);
			expect(reading.provisions.filter(({ kind }) => kind === 'formula').length).toBe(1);
			const headings = reading.provisions.map(({ heading }) => heading ?? '').join('\n');
			for (const heading of [/definitions/i, /severability/i, /effective date/i]) expect(headings).toMatch(heading);
		}
	});

	test('its savings clause names both statutes on sharing information, in one provision', () => {
		for (const { reading } of versions)
			expect(
				reading.provisions.filter(({ text }) => /8 U\.S\.C\. 1373/.test(text) && /8 U\.S\.C\. 1644/.test(text)).length,
			).toBeGreaterThanOrEqual(1);
	});

	test('its drafting notes do not say what the law is; its notes on the law cite', () => {
		expect(seed.notes?.length).toBeGreaterThanOrEqual(4);
		for (const { text } of seed.notes ?? []) {
			expect(`${text.en} ${text.es}`).not.toMatch(/U\.S\.C|C\.F\.R|F\.\d+d| v\. |\bcourts? (?:held|have)|Constitution/);
			expect(text.es).not.toBe(text.en);
		}
		for (const { citations, status } of seed.lawNotes ?? []) {
			expect(citations?.length).toBeGreaterThan(0);
			expect(status).toBe('unreviewed');
		}
		const sections = new Set((seed.lawNotes ?? []).map(({ eId }) => eId.split('__')[0]));
		expect(sections.size).toBeGreaterThanOrEqual(4);
	});

	test('it claims nothing of a city: its facts are none, its protections are of its own words', () => {
		expect(seed.facts ?? []).toEqual([]);
		expect(seed.protections?.length).toBeGreaterThanOrEqual(2);
		expect(latest.text).toContain('{{city}}');
	});
});

describe.each(samples)('$name', ({ name, seed }) => {
	test('it is of an invented place, and says SAMPLE wherever it names a source', () => {
		expect(name).toMatch(/^sample-/);
		expect(seed.address).toMatch(/^zz\//);
		for (const { source } of [...(seed.facts ?? []), ...(seed.relations ?? [])]) expect(source).toContain('SAMPLE');
	});
});

function policyIn(name: string) {
	const file = (path: string) => readFileSync(join(SHELF, name, path), 'utf8');
	const seed = JSON.parse(file('policy.json')) as Seed;
	const versions = readdirSync(join(SHELF, name))
		.sort()
		.flatMap((path) => {
			const of = seedVersion(path);
			if (!of) return [];
			return [{ ...of, text: file(path), reading: structure(readMarkdown(readFileSync(join(SHELF, name, path)))) }];
		});
	const latest = versions.findLast(({ language }) => language === seed.language);
	if (!latest) throw new Error(`${name} has no text in its own language.`);
	const summary = { en: file('summary.en.md'), es: file('summary.es.md') };
	return { name, seed, versions, latest, summary };
}

function blanksIn(text: string): string[] {
	return [...text.matchAll(/\{\{\s*(?:if\s+(?:not\s+)?)?([a-z][a-z0-9_]*)/g)].map(([, id]) => id ?? '');
}

/** Which in its list a number is: `(c)` 3, `Section 4.` 4, `9.40.030` 3; null where it is counted otherwise. */
function ordinal(number: string, section: boolean): number | null {
	if (section) {
		const [, code] = /^\d+\.\d+\.(\d+)\.?$/.exec(number) ?? [];
		return code ? Number(code) / 10 : Number(/\d+/.exec(number)?.[0] ?? Number.NaN) || null;
	}
	const [, sign] = /^\(?([a-z]|\d+)[).]$/i.exec(number) ?? [];
	if (!sign) return null;
	return /\d/.test(sign) ? Number(sign) : sign.toLowerCase().charCodeAt(0) - 96;
}
