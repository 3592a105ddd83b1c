import { expect, test } from 'vitest';
import { en } from '#i18n/en.ts';
import { es } from '#i18n/es.ts';

type Messages = { readonly [key: string]: string | Messages };

/** Every message by its path, with the names of what is filled in. */
function flat(messages: Messages, before = ''): Map<string, string> {
	const found = new Map<string, string>();
	for (const [key, value] of Object.entries(messages)) {
		if (typeof value === 'string') found.set(before + key, placeholders(value));
		else for (const [inner, names] of flat(value, `${before}${key}.`)) found.set(inner, names);
	}
	return found;
}

function placeholders(message: string): string {
	return [...new Set([...message.matchAll(/\{(\w+)/g)].map((match) => match[1]))].sort().join(' ');
}

function differences(one: Messages, other: Messages): string[] {
	const [left, right] = [flat(one), flat(other)];
	return [
		...[...left.keys()].filter((key) => !right.has(key)).map((key) => `${key} is missing in the second`),
		...[...right.keys()].filter((key) => !left.has(key)).map((key) => `${key} is missing in the first`),
		...[...left]
			.filter(([key, names]) => right.has(key) && right.get(key) !== names)
			.map(([key]) => `${key} fills in other names`),
	];
}

test('English and Spanish say the same things with the same names filled in', () => {
	expect(flat(en).size).toBeGreaterThan(20);
	expect(differences(en, es)).toEqual([]);
	expect(differences({ a: 'x {n}', b: { c: 'y' } }, { a: 'x {m}', d: 'z' })).toHaveLength(3);
});

test('no message is empty', () => {
	const empty = (messages: Messages): string[] =>
		Object.entries(messages).flatMap(([key, value]) =>
			typeof value === 'string' ? (value.trim() ? [] : [key]) : empty(value),
		);
	expect([...empty(en), ...empty(es)]).toEqual([]);
	expect(empty({ a: { b: ' ' } })).toEqual(['b']);
});
