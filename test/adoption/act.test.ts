import { describe, expect, test } from 'vitest';
import { actOf, calledBy, decidedLine } from '#adoption/act.ts';
import { BLOCK_FIELDS } from '#adoption/packet/field.ts';
import { ownTemplate } from '#adoption/packet/own-template.ts';
import { readTemplate, reportOf } from '#adoption/packet/template.ts';
import { speech } from '#i18n/message.ts';
import { INSTRUMENTS, type Instrument } from '#library/policy.ts';
import { p, templateOf, wordsOf } from './templates.ts';

const [en, es] = [speech('en'), speech('es')];

describe('what decides on a draft', () => {
	test.each([
		['ordinance', {}, 'Passed by the council on ____________, 20__.'],
		[
			'ordinance',
			{ governing_body: 'El Paso City Council' },
			'Passed by the El Paso City Council on ____________, 20__.',
		],
		['code_chapter', { governing_body: 'Board of Supervisors' }, 'Passed by the Board of Supervisors on'],
		['resolution', { governing_body: 'the Town Council' }, 'Adopted by the Town Council on'],
		['executive_order', {}, 'Issued by the Mayor on'],
		['police_directive', { governing_body: 'City Council' }, 'Issued by the Chief of Police on'],
		['police_directive', { police_head: 'Director of Public Safety' }, 'Issued by the Director of Public Safety on'],
		['letter', {}, 'Issued by the City on'],
	] as const)('%s with %o is signed as “%s”', (instrument, answers, line) => {
		expect(decidedLine(actOf(instrument), answers, en)).toContain(line);
	});

	test.each([
		['ordinance', {}, 'Aprobada por el concejo el ____ de'],
		['ordinance', { governing_body: 'Junta de Supervisores' }, 'Aprobada por la Junta de Supervisores el'],
		['police_directive', {}, 'Emitida por la Jefatura de Policía el'],
		['police_directive', { police_head: 'el Jefe de Policía' }, 'Emitida por el Jefe de Policía el'],
		['police_directive', { police_head: 'Chief of Police' }, 'Emitida por el Chief of Police el'],
	] as const)('in Spanish %s with %o is signed as “%s”', (instrument, answers, line) => {
		expect(decidedLine(actOf(instrument), answers, es)).toContain(line);
	});

	test.each([
		['ordinance', '2027-3', 'Ordinance 2027-3'],
		['ordinance', 'Ordinance 2027-3', 'Ordinance 2027-3'],
		['resolution', '12', 'Resolution 12'],
		['police_directive', 'GO-26-03', 'General Order GO-26-03'],
		['police_directive', 'Directive 4.12', 'Directive 4.12'],
		['police_directive', '', ''],
	] as const)('%s of number “%s” is called “%s”', (instrument, number, called) => {
		expect(calledBy(actOf(instrument), number, en)).toBe(called);
	});
});

describe('a template of ours', () => {
	const linesOf = (instrument: Instrument, language: 'en' | 'es', number = '') =>
		wordsOf(ownTemplate(language, { act: actOf(instrument), answers: {}, number, parts: BLOCK_FIELDS }));

	test('speaks of a council only for what a council passes', () => {
		for (const instrument of INSTRUMENTS)
			for (const language of ['en', 'es'] as const) {
				const made = readTemplate(
					ownTemplate(language, { act: actOf(instrument), answers: {}, number: '', parts: BLOCK_FIELDS }),
				);
				if ('faults' in made) throw new Error(JSON.stringify(made.faults));
				expect([instrument, reportOf(made).voted]).toEqual([instrument, actOf(instrument).way === 'voted']);
			}
	});

	test('is headed and signed as its kind is', () => {
		expect(linesOf('police_directive', 'en')).toEqual(
			expect.arrayContaining([
				'General Order No. {ordinance number}',
				'Prepared by: {sponsor}. To be issued on {date}.',
				'Issued by the Chief of Police on ____________, 20__.',
				'Chief of Police',
			]),
		);
		expect(linesOf('police_directive', 'en')).not.toContain('Attest: City Clerk');
		expect(linesOf('ordinance', 'es')).toEqual(
			expect.arrayContaining(['Ordenanza núm. {número de ordenanza}', 'Da fe: secretaría municipal']),
		);
	});

	test('has no page for a part that is left out, and is attested by the clerk as the city calls it', () => {
		const decided = { act: actOf('ordinance'), answers: { clerk: 'Town Clerk' }, number: '' };
		const lines = wordsOf(ownTemplate('en', { ...decided, parts: ['text', 'redline'] }));
		expect(lines).toEqual(expect.arrayContaining(['Redline', 'Attest: Town Clerk']));
		for (const heading of ['Summary', 'Fiscal note', 'Sources']) expect(lines).not.toContain(heading);
	});

	test('says no number twice, and takes no field out of an answer', () => {
		expect(linesOf('police_directive', 'en', 'Directive 4.12')).toContain('{ordinance number}');
		const odd = ownTemplate('en', {
			parts: BLOCK_FIELDS,
			act: actOf('police_directive'),
			answers: { police_head: '{text} Chief' },
			number: '',
		});
		expect(wordsOf(odd)).toContain('text Chief');
	});
});

test.each([
	['Ordinance No. {number}', true],
	['BE IT ORDAINED', true],
	['Adopted by the City Council', true],
	['El Concejo Municipal', true],
	['Police Department. Order {ordinance number}', false],
	['Departamento de policía. Orden {número de ordenanza}', false],
])('a template of a city that says “%s” is for a council: %s', (words, voted) => {
	const made = readTemplate(templateOf(p('Body', words) + p('Body', '{text}')));
	if ('faults' in made) throw new Error(JSON.stringify(made.faults));
	expect(reportOf(made).voted).toBe(voted);
});
