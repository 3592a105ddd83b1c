import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EVENT_KINDS } from '#watch/event.ts';
import { EVENT_FIELDS } from '#watch/record/event.ts';

const text = readFileSync('docs/watch/events.md', 'utf8');

/** The names that stand first in the rows of the table under a heading. */
function named(heading: string): string[] {
	const section = text.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
	return section
		.split('\n')
		.filter((line) => line.startsWith('| `'))
		.flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''));
}

test('every kind of event is documented, and no other', () => {
	expect(named('Kinds').toSorted()).toEqual([...EVENT_KINDS].toSorted());
});

test('every field of an event is documented, and no other', () => {
	expect(named('Fields').toSorted()).toEqual(EVENT_FIELDS.map((field) => field.name).toSorted());
});
