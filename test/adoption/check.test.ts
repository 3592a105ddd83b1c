import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answers } from '#adoption/answer.ts';
import { foundInDays } from '#adoption/check/dated.ts';
import type { Finding } from '#adoption/check/finding.ts';
import { foundInWords } from '#adoption/check/worded.ts';
import { copiedOf } from '#adoption/copied.ts';
import type { Day } from '#kernel/day.ts';
import type { Blank } from '#library/view.ts';
import { answering, SHELVED } from './models.ts';
import { draftOf, SHELF_TEXTS } from './shelf.ts';

const BLANK = { label: { en: '', es: '' }, help: { en: '', es: '' }, default: null };
const office = (id: string): Blank => ({ ...BLANK, id, kind: 'office' });
const stateOf = (markdown: string, answers: Answers = {}, language: 'en' | 'es' = 'en') => ({
	...{ provisions: draftOf(markdown), answers, blanks: Object.keys(answers).map(office) },
	...{ draft: { language, amends: null }, wordedAt: new Map<string, number>() },
});
const told = (found: readonly Finding[]) =>
	found.map((one) =>
		'words' in one ? `${one.what}: ${one.words}` : 'day' in one ? `${one.what}: ${one.day}` : one.what,
	);
const section = (words: string) => `## Section 1. Name\n\n${words}\n\n## Section 2. Other\n\n(a) One.\n\n(b) Two.\n`;

describe('in the words of a draft', () => {
	test.each([
		['The {{who}} decides.', 'the City Manager', ['doubled: The the City']],
		['An {{who}} decides.', 'a Board', ['doubled: An a Board']],
		['A report of the {{who}}.', 'The Mayor', ['doubled: the The Mayor']],
		['THE {{who}} SHALL DECIDE.', 'the council', ['doubled: THE THE COUNCIL']],
		['The {{who}} decides.', 'City Manager', []],
		['The plant on the A Street lot and a An Ho shop.', '', ['doubled: a An Ho']],
		['He gave them the thesis and an anthem.', '', []],
		['The plan is Exhibit A the City keeps.', '', []],
	] as const)('two articles beside each other are found: “%s” with “%s”', (words, who, found) => {
		expect(told(foundInWords(stateOf(section(words), { who })))).toEqual(found);
	});

	test.each([
		['El {{who}} decide.', 'el Concejo', ['doubled: El el Concejo']],
		['Los informes del {{who}}.', 'la Alcaldía', ['doubled: del la Alcaldía']],
		['La decisión de la {{who}}.', 'the City', ['doubled: la the City']],
		['El {{who}} decide a la vista de todos.', 'Concejo', []],
		['La audiencia es a la una de la tarde, y los unos oyen a los otros.', '', []],
	] as const)('in Spanish too: “%s” with “%s”', (words, who, found) => {
		expect(told(foundInWords(stateOf(section(words), { who }, 'es')))).toEqual(found);
	});

	test.each([
		['See section 99.', ['reference: section 99']],
		['A report is required by section 99.', ['reference: section 99']],
		['See sections 2 and 7.', ['reference: sections 2 and 7']],
		['As section 2(z) says.', ['reference: section 2(z)']],
		['See section 2(b), and section 1 of this ordinance.', []],
		['As 8 U.S.C. section 1357(g) and section 287(g) say.', []],
		['Under section 12 of the Municipal Code.', []],
		['Under Government Code section 7.', []],
		['Under section 3.20.050.', []],
		['The code is amended by adding a new section 7 to read as follows.', []],
		['Title 2, chapter 4.', []],
	] as const)('a reference to what it has not is found, and other law is not: “%s”', (words, found) => {
		expect(told(foundInWords(stateOf(section(words))))).toEqual(found);
	});

	test('in a chapter of a code the numbers of that chapter are its own', () => {
		const words =
			'## 9.40.010 Name\n\nSee section 9.40.990, section 2.56.010 and section 9.40.020.\n\n## 9.40.020 Other\n\nWords.\n';
		expect(told(foundInWords(stateOf(words)))).toEqual(['reference: section 9.40.990']);
	});

	const said = 'A person may ask for it in writing.';
	const sections = (...words: readonly string[]) => words.map((one, at) => `## Section ${at + 1}. ${one}\n\n`).join('');
	test.each([
		[sections(`Name\n\n${said}`, 'Training', `End\n\n${said}`), ['empty']],
		[sections(`Name\n\n${said}`, 'Reserved', `End\n\n${said}`), []],
		[sections(`Name\n\n(a) ${said}`, `End\n\n${said}`), []],
		[sections('Name', 'Use', 'End'), []],
	])('a section of no words is found, a table of contents is not: %#', (words, found) => {
		expect(told(foundInWords(stateOf(words)))).toEqual(found);
	});

	test('no correct text of the shelf is doubted, in none of its versions, however its blanks are answered', () => {
		for (const { name, text: provisions, language } of SHELF_TEXTS)
			expect([name, foundInWords({ provisions, blanks: [], answers: {}, draft: { language } })]).toEqual([name, []]);
		for (const { name, blanks, provisions } of SHELVED) {
			const text = copiedOf(1, provisions, null).map((one, at) => ({ ...one, id: `p${at}` }));
			fc.assert(
				fc.property(answering(blanks), (answers) => {
					// What is answered at random is letters; whether they begin with an article is not of the model.
					const found = foundInWords({ provisions: text, blanks, answers, draft: { language: 'en' } });
					expect([name, found.filter(({ what }) => what !== 'doubled')]).toEqual([name, []]);
				}),
				{ numRuns: 20 },
			);
		}
	});
});

describe('the day on which it takes effect', () => {
	const today = '2027-01-10' as Day;
	const vote = '2027-02-01' as Day;
	const nothing = { decided: null, inForce: null };
	test.each([
		['This ordinance takes effect on March 1, 2018.', null, ['past: 2018-03-01']],
		['This ordinance takes effect on March 1, 2018.', vote, ['early: 2018-03-01']],
		['This ordinance shall take effect on January 15, 2027.', null, []],
		['This ordinance shall take effect on January 15, 2027.', vote, ['early: 2027-01-15']],
		['This ordinance takes effect on February 1, 2027.', vote, []],
		['It takes effect 30 days after it is adopted. Reports of March 1, 2018 stay.', vote, []],
		['It takes effect on passage and remains in effect until March 1, 2018.', null, []],
		['Contracts that take effect before March 1, 2018 stay.', null, []],
		['The agreement of March 1, 2018 is repealed.', null, []],
	] as const)('is no day before the vote, and none that is over: “%s”', (words, decided, found) => {
		expect(told(foundInDays(stateOf(section(words)), { decided, inForce: null }, today))).toEqual(found);
	});

	test('is held against the day on which the city counts on it', () => {
		const on = (inForce: string, decided: Day | null = vote) =>
			told(
				foundInDays(
					stateOf(section('This ordinance takes effect on April 2, 2027.')),
					{ decided, inForce: inForce as Day },
					today,
				),
			);
		expect(on('2027-04-02')).toEqual([]);
		expect(on('2027-03-03')).toEqual(['unlike: 2027-04-02']);
		expect(on('2027-03-03', null)).toEqual(['unlike: 2027-04-02']);
		expect(on('2027-06-02', '2027-05-03' as Day)).toEqual(['early: 2027-04-02']);
	});

	test('is read in Spanish, and not asked of what stands unchanged in the city’s own law', () => {
		const words = section('Esta ordenanza entra en vigor el 1 de marzo de 2018.');
		expect(told(foundInDays(stateOf(words, {}, 'es'), nothing, today))).toEqual(['past: 2018-03-01']);
		const own = { ...stateOf(words, {}, 'es'), draft: { language: 'es', amends: 'zz/place/x/ordinance-1' } as const };
		expect(foundInDays(own, nothing, today)).toEqual([]);
	});
});
