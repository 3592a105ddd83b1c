import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Answers } from '#adoption/answer.ts';
import { readMarkdown } from '#library/read/markdown.ts';
import type { Seed } from '#library/seed.ts';
import { structure } from '#library/structure/structure.ts';
import type { Blank } from '#library/view.ts';

const SHELF = join(import.meta.dirname, '..', '..', 'seeds', 'library');
/** Every text of the shelf that comes along, each in its latest version and own language: models, and what invented cities adopted. */
export const SHELVED = readdirSync(SHELF)
	.filter((name) => !name.includes('.'))
	.flatMap((name) => {
		const seed = JSON.parse(readFileSync(join(SHELF, name, 'policy.json'), 'utf8')) as Seed;
		const text = readdirSync(join(SHELF, name))
			.filter((file) => /^\d{4}-\d\d-\d\d\.\w\w\.md$/.test(file) && file.endsWith(`.${seed.language}.md`))
			.sort()
			.at(-1);
		if (!text) return [];
		const read = structure(readMarkdown(readFileSync(join(SHELF, name, text))));
		return [{ name, instrument: seed.instrument, blanks: seed.blanks ?? [], provisions: read.provisions }];
	});

/** The models among them. */
export const MODELS = SHELVED.filter(({ instrument }) => instrument === 'model');

/** An answer for every blank, of its kind. */
export function answering(blanks: readonly Blank[]): fc.Arbitrary<Answers> {
	return fc.record(
		Object.fromEntries(
			blanks.map(({ id, kind, choices }) => [
				id,
				kind === 'yes_no'
					? fc.constantFrom('yes', 'no')
					: kind === 'choice'
						? fc.constantFrom(...(choices ?? []).map(({ value }) => value))
						: kind === 'number'
							? fc.integer({ min: 1, max: 90 }).map(String)
							: kind === 'date'
								? fc.constant('2026-12-03')
								: fc.constantFrom('City of Alder Falls', 'Office of the Ombuds & Clerk'),
			]),
		),
	);
}
