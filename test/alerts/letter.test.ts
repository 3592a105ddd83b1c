import { describe, expect, test } from 'vitest';
import { type Chosen, MOST_TOLD, type Notice, noticeLetter, proofLetter } from '#alerts/letter.ts';
import { LANGUAGES } from '#i18n/language.ts';

const WALKER: Chosen = {
	id: 'ocd-division/country:us/state:tx/county:walker',
	kind: 'county',
	name: 'Walker County',
	stateCode: 'TX',
	slug: 'walker-county',
	state: 'Texas',
};
const TEXAS: Chosen = { ...WALKER, id: 'ocd-division/country:us/state:tx', kind: 'state', name: 'Texas', slug: 'tx' };
const WAYS = { origin: 'https://compact.example', button: '/alerts/yours/1.x' };

const listed: Notice = {
	id: 'e1',
	statement: { en: 'Listed: Walker County Sheriff’s Office.', es: 'En la lista: Walker County Sheriff’s Office.' },
	rows: [{ file: 'participating.xlsx', at: '2026-07-02T12:00:00Z', row: 1_204 }],
	withdrawn: null,
};
const missing: Notice = {
	id: 'e2',
	statement: { en: 'Missing: Ñandú Police.', es: 'Ausente: Ñandú Police.' },
	rows: [
		{ file: 'participating-june.xlsx', at: '2026-06-20T12:00:00Z', row: 17 },
		{ file: 'participating.xlsx', at: '2026-07-02T12:00:00Z', row: null },
	],
	withdrawn: null,
};
const withdrawn: Notice = {
	...missing,
	id: 'e3',
	withdrawn: { at: '2026-07-03T08:00:00Z', cause: 'lists', now: { en: 'Renamed.', es: 'Con otro nombre.' } },
};
const gone: Notice = {
	...withdrawn,
	id: 'e4',
	withdrawn: { at: '2026-07-03T08:00:00Z', cause: 'overrule', now: null },
};

function written(events: readonly Notice[], language: 'en' | 'es' = 'en', away: readonly Notice[] = []) {
	return noticeLetter({ events, withdrawn: away }, { places: [TEXAS, WALKER], language, today: '2026-07-03' }, WAYS);
}

describe('a notice', () => {
	test.each(LANGUAGES)('says what the lists print, row by row, in %s', async (language) => {
		const { subject, text } = written([listed, missing], language, [withdrawn, gone]);
		await expect(`${subject}\n\n${text}`).toMatchFileSnapshot(`golden/notice.${language}.txt`);
	});

	test.each(LANGUAGES)('in %s has a subject that tells a stranger nothing', (language) => {
		expect(written([listed], language).subject).not.toMatch(/287|Walker|Texas|list|sheriff|polic|immigra|inmigra/i);
		expect(proofLetter(WALKER, language, WAYS).subject).not.toMatch(/287|Walker|Texas|list|alert|aviso|immigra/i);
	});

	test.each(LANGUAGES)('in %s leads to nothing but pages of this site', (language) => {
		const { text } = written([listed, missing], language, [withdrawn]);
		for (const address of text.match(/\S*:\/\/\S*/g) ?? []) expect(address).toMatch(/^https:\/\/compact\.example\//);
	});

	test('of very many events tells a hundred, and where the others are', () => {
		const many = Array.from({ length: MOST_TOLD + 3 }, (_, i) => ({ ...listed, id: `many-${i}` }));
		const { text } = written(many);
		expect(text.match(/\/watch\/event\/many-/g)).toHaveLength(MOST_TOLD);
		expect(text).toContain('3 more events are on the pages of your places.');
	});

	test.each([
		['a line of its own', 'a.xlsx\r\nTo stop, reply with your password'],
		['a line of its own by another sign', 'a.xlsx\u2028To stop, reply with your password'],
		['a line that is turned around', 'a\u202ecod.xlsx'],
		['hidden signs', 'a\u200b\u0000b'],
	])('does not let the name of a file make %s', (_, file) => {
		const { text } = written([{ ...listed, rows: [{ file, at: '2026-07-02T12:00:00Z', row: 2 }] }]);
		expect(text).not.toMatch(/[^\P{Cc}\n]|[\u2028\u202e\u200b]/u);
		expect(text.split('\n')).toHaveLength(written([listed]).text.split('\n').length);
	});
});

test.each(LANGUAGES)('a proof asks for one button and says what happens otherwise, in %s', async (language) => {
	const { subject, text } = proofLetter(WALKER, language, { ...WAYS, button: '/alerts/begin/1.x' });
	await expect(`${subject}\n\n${text}`).toMatchFileSnapshot(`golden/proof.${language}.txt`);
});
