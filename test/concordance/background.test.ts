import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Background, backgroundOf, weighing } from '#concordance/background.ts';
import { editionOf, readBackground, writeBackground } from '#concordance/background-bytes.ts';
import { termOf } from '#concordance/term.ts';
import { ROOT } from '../laws/source.ts';

const TABLES: fc.Arbitrary<Background> = fc
	.array(fc.array(fc.oneof(fc.nat(9), fc.integer({ min: 1, max: 0xffffffff })), { maxLength: 20 }), { maxLength: 200 })
	.map((texts) => backgroundOf(texts.map((keys) => Uint32Array.from(keys.filter((key) => key > 0)))));

describe('a background as bytes', () => {
	test('is read as it was written', () => {
		fc.assert(
			fc.property(TABLES, (table) => {
				expect(readBackground(writeBackground(table))).toEqual(table);
			}),
		);
	});

	test('that were damaged is refused, wherever', () => {
		fc.assert(
			fc.property(TABLES, fc.nat(), fc.integer({ min: 1, max: 255 }), (table, where, by) => {
				const bytes = writeBackground(table);
				const at = where % bytes.length;
				bytes[at] = (bytes[at] as number) ^ by;
				expect(() => readBackground(bytes)).toThrow(/no background|format|damaged/);
			}),
		);
	});

	test.each([
		['cut short', (bytes: Uint8Array) => bytes.slice(0, -1), 'damaged'],
		['of another format', (bytes: Uint8Array) => bytes.with(3, 2), 'has format 2; format 1 is read here'],
		['that are none', () => new Uint8Array(0), 'no background'],
	])('%s is refused', (_, changed, message) => {
		const bytes = changed(writeBackground({ texts: 2, keys: Uint32Array.of(7), holders: Uint32Array.of(2) }));
		expect(() => readBackground(bytes)).toThrow(message);
	});

	test('has a name of its own for each table', () => {
		const named = (holders: number) =>
			editionOf(writeBackground({ texts: 9, keys: Uint32Array.of(7), holders: Uint32Array.of(holders) }));
		expect(named(3)).toMatch(/^[0-9a-f]{8}$/);
		expect(named(4)).not.toBe(named(3));
	});
});

describe('the background that comes along', () => {
	const bytes = readFileSync(join(ROOT, 'seeds', 'background.bin'));
	const weights = weighing(readBackground(bytes));

	test('is small, and changes only on purpose: stored fingerprints go with it', () => {
		expect(bytes.length).toBeLessThan(300_000);
		expect(editionOf(bytes)).toMatchInlineSnapshot(`"ec20b9e3"`);
	});

	test.each([
		['the', 'warrant'],
		['shall', 'retaliate'],
		['city', 'helicopter'],
	])('weighs "%s" less than "%s"', (common, rare) => {
		expect(weights.of(termOf(common))).toBeLessThan(weights.of(termOf(rare)));
	});
});
