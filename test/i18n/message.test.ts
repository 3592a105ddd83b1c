import { describe, expect, test } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { es } from '../../src/i18n/es.ts';
import { addressIn, splitPath } from '../../src/i18n/language.ts';
import { type Key, type Message, speech } from '../../src/i18n/message.ts';

const ENGLISH: Readonly<Record<string, Message>> = en;
const SPANISH: Readonly<Record<string, Message>> = es;

/** Words, and orders of words, that both languages write alike. */
const SAME = [
	'agency.sheriff',
	'write.no',
	'reading.no',
	'lineage.h1.whole',
	'draft.blanks.no',
	'draft.answer.no',
	'dates.ics.entry',
	'dates.said.line',
	'redline.in',
	'redline.words',
];

/** One thing has one name in Spanish; beside it what it was once called as well. */
const GLOSSARY: readonly (readonly [name: string, once: RegExp])[] = [
	['asesoría jurídica', /abogacía|asesoría(?! jurídica)/i],
	['biblioteca', /\bestantes?\b/i],
	['concejo', /\bconsejos?\b/i],
	['descargar', /\b(sacar|bajar) (el|la|los|las)\b/i],
	['expediente', /\bpaquetes?\b/i],
	['feriado', /\b(día )?festivos?\b/i],
	['norma', /\bpolíticas?\b/i],
	['reuniones abiertas', /reuniones públicas/i],
	['versión más reciente', /versi(ón|ones) (más )?nuevas?|modelos? (más )?nuevos?/i],
];

describe('the catalogue', () => {
	test('holds the same messages in both languages, in the same order', () => {
		expect(Object.keys(es)).toEqual(Object.keys(en));
	});

	test.each(Object.keys(en))('%s asks for the same values and has the same forms', (key) => {
		const [english, spanish] = [ENGLISH[key], SPANISH[key]];
		expect(forms(spanish).map(([form]) => form)).toEqual(forms(english).map(([form]) => form));
		for (const [at, [, text]] of forms(english).entries()) {
			expect(placeholders(forms(spanish)[at]?.[1] ?? '')).toEqual(placeholders(text));
		}
		for (const [, text] of [...forms(english), ...forms(spanish)]) expect(text.trim()).toBe(text);
	});

	test('is translated', () => {
		const alike = Object.keys(en).filter((key) => JSON.stringify(ENGLISH[key]) === JSON.stringify(SPANISH[key]));
		expect(alike).toEqual(SAME);
	});

	test.each(GLOSSARY)('calls it %s, and nothing else', (name, once) => {
		const texts = Object.values(SPANISH).flatMap((message) => forms(message).map(([, text]) => text));
		expect(texts.filter((text) => text.toLowerCase().includes(name))).not.toEqual([]);
		expect(texts.filter((text) => once.test(text))).toEqual([]);
	});

	test('never says what no list says', () => {
		// Of policies and members it is said, by their dated facts; of agreements on a list never.
		const ofLists = Object.keys(en).filter(
			(key) => !/^(library|protection|shelf|coalition|coverage|draft|stages|adopted|check)\./.test(key),
		);
		const text = JSON.stringify(ofLists.map((key) => [ENGLISH[key], SPANISH[key]]));
		expect(text).not.toMatch(/in force|terminated|withdrew|en vigor|vigente|rescindi/i);
	});
});

describe('speech', () => {
	const [english, spanish] = [speech('en'), speech('es')];

	test('writes numbers, shares and days the way the language does', () => {
		expect([english.number(1143), spanish.number(1143)]).toEqual(['1,143', '1,143']);
		expect(english.percent(0.656)).toBe('66%');
		expect([english.day('2026-09-18'), spanish.day('2026-09-18')]).toEqual([
			'18\u00a0Sep\u00a02026',
			'18\u00a0sept\u00a02026',
		]);
		expect(english.longDay('2026-11-18')).toBe('Wednesday 18 November 2026');
		expect(spanish.longDay('2026-11-18')).toBe('Miércoles 18 de noviembre de 2026');
	});

	test('takes the day of an instant in UTC, wherever the server stands', () => {
		expect(english.day('2026-01-01T00:30:00Z')).toBe('1\u00a0Jan\u00a02026');
		expect(english.time('2026-01-01T00:30:00Z')).toBe('00:30\u00a0UTC');
	});

	test('chooses the plural form, also for the Spanish million', () => {
		const said = [0, 1, 2, 1_000_000].map((n) => spanish.say('watch.agencies', { n }));
		expect(said).toEqual(['0 agencias', '1 agencia', '2 agencias', '1,000,000 agencias']);
	});

	test('refuses to speak with a hole', () => {
		expect(() => english.say('watch.changed' as Key)).toThrow('{day}');
	});
});

describe('an address', () => {
	test.each([
		['/', 'en', '/'],
		['/watch', 'en', '/watch'],
		['/es', 'es', '/'],
		['/es/', 'es', '/'],
		['/es/watch', 'es', '/watch'],
		['/es/es/watch', 'es', '/es/watch'],
		['/essex', 'en', '/essex'],
		['/es/healthz', 'en', '/es/healthz'],
		['/es/api/v1', 'en', '/es/api/v1'],
	] as const)('%s is %s %s', (pathname, language, path) => {
		expect(splitPath(pathname)).toEqual({ language, path });
	});

	test('in Spanish stands under /es and keeps its query', () => {
		expect(['/', '/?a=1', '/watch?model=TFM', '/watch#how'].map((path) => addressIn('es', path))).toEqual([
			'/es',
			'/es?a=1',
			'/es/watch?model=TFM',
			'/es/watch#how',
		]);
	});
});

function forms(message: Message | undefined): [string, string][] {
	if (message === undefined) return [];
	return typeof message === 'string' ? [['', message]] : Object.entries(message);
}

function placeholders(text: string): string[] {
	return [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();
}
