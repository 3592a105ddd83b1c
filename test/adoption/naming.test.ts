import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { namesIn } from '#adoption/name/found.ts';
import type { Named } from '#adoption/name/naming.ts';
import { put } from '#adoption/name/put.ts';
import { calledOf } from '#places/called.ts';
import type { PlaceKind } from '#places/place.ts';

const place = (
	name: string,
	{ kind = 'city', state = 'Franklin' }: { kind?: PlaceKind; state?: string } = {},
): Named => ({
	id: `${kind}:${name}`,
	...calledOf({ kind, name }),
	state: { id: `state:${state}`, ...calledOf({ kind: 'state', name: state }) },
});
const dunmere = place('Dunmere');
const alder = place('Alder Falls');
const text = (words: string, heading: string | null = null) => [{ id: 'p1', heading, text: words }];

/** Every place in brackets: what stands there, what would, and why it is not plain. */
function marked(words: string, others: readonly Named[], own: Named): string {
	let [made, from] = ['', 0];
	for (const { at, was, now, doubt } of namesIn(text(words), others, own)) {
		made += `${words.slice(from, at)}[${was}>${now}${doubt === null ? '' : ` ${doubt}`}]`;
		from = at + was.length;
	}
	return made + words.slice(from);
}

describe('the name of the city that a text was copied from', () => {
	test.each([
		['The City of Alder Falls shall not.', 'The City of [Alder Falls>Dunmere] shall not.'],
		['the Alder Falls Police Department', 'the [Alder Falls>Dunmere] Police Department'],
		['the Alder Falls City Council', 'the [Alder Falls>Dunmere] City Council'],
		['CITY OF ALDER FALLS', 'CITY OF [ALDER FALLS>DUNMERE]'],
		['as Alder Falls did in 2019', 'as [Alder Falls>Dunmere] did in 2019'],
		[
			'An Alder Falls officer, an ALDER FALLS officer',
			'[An Alder Falls>A Dunmere] officer, [an ALDER FALLS>a DUNMERE] officer',
		],
		[
			'Alder Falls’ officers and Alder Falls’s code',
			'[Alder Falls’>Dunmere’s] officers and [Alder Falls>Dunmere]’s code',
		],
		['‘City of Alder Falls’ means the city', '‘City of [Alder Falls>Dunmere]’ means the city'],
		['Alder\u00a0Falls, Alder  Falls', '[Alder\u00a0Falls>Dunmere], [Alder  Falls>Dunmere]'],
		[
			'la Ciudad de Alder Falls, el Municipio de Alder Falls',
			'la Ciudad de [Alder Falls>Dunmere], el Municipio de [Alder Falls>Dunmere]',
		],
		[
			'{{city}} and {{open ? "Alder Falls" : ""}} of Alder Falls',
			'{{city}} and {{open ? "Alder Falls" : ""}} of [Alder Falls>Dunmere]',
		],
		['alder falls, Alder falls, AlderFalls, Alders Falls', 'alder falls, Alder falls, AlderFalls, Alders Falls'],
		['clerk@Alder Falls, Alder Falls.gov', 'clerk@Alder Falls, Alder Falls.gov'],
		// What only looks like it.
		[
			'Alder Falls County, Alder Falls Road, East Alder Falls',
			'[Alder Falls>Dunmere another] County, [Alder Falls>Dunmere another] Road, East [Alder Falls>Dunmere another]',
		],
		['County of Alder Falls', '[County of Alder Falls>City of Dunmere another]'],
		['Alder Falls road crews', '[Alder Falls>Dunmere] road crews'],
		['Alder Falls Ordinance 2026-31', '[Alder Falls>Dunmere cited] Ordinance 2026-31'],
		['Alder Falls Municipal Code § 9.40', '[Alder Falls>Dunmere cited] Municipal Code § 9.40'],
		[
			'section 9-131 of the City of Alder Falls Municipal Code',
			'section 9-131 of the City of [Alder Falls>Dunmere cited] Municipal Code',
		],
		[
			'Roe v. City of Alder Falls; Alder Falls v. Roe',
			'Roe v. City of [Alder Falls>Dunmere cited]; [Alder Falls>Dunmere cited] v. Roe',
		],
		['the Alder Falls Municipal Code', 'the [Alder Falls>Dunmere] Municipal Code'],
	])('%s', (words, found) => {
		expect(marked(words, [alder], dunmere)).toBe(found);
	});

	test.each<[string, string, Named, Named]>([
		[
			'the City of Orange in Orange County',
			'the City of [Orange>Dunmere] in [Orange>Dunmere another] County',
			place('Orange'),
			dunmere,
		],
		[
			'Port Orange and New Orange',
			'Port [Orange>Dunmere another] and New [Orange>Dunmere another]',
			place('Orange'),
			dunmere,
		],
		[
			'Lincoln Street in Lincoln, Abraham Lincoln',
			'[Lincoln>Dunmere another] Street in [Lincoln>Dunmere], Abraham [Lincoln>Dunmere another]',
			place('Lincoln'),
			dunmere,
		],
		[
			'No hope. Hope Police, the City of Hope, Hope is',
			'No hope. [Hope>Dunmere] Police, the City of [Hope>Dunmere], [Hope>Dunmere word] is',
			place('Hope'),
			dunmere,
		],
		['Winston-Salem and Salem', 'Winston-[Salem>Dunmere another] and [Salem>Dunmere]', place('Salem'), dunmere],
		// Of one state: the name of the state is no matter.
		[
			'the State of New York, New York State, New York City',
			'the State of New York, New York State, [New York>Albany] City',
			place('New York', { state: 'New York' }),
			place('Albany', { state: 'New York' }),
		],
		[
			'the State of Oregon and Alder Falls',
			'the State of [Oregon>Idaho state] and [Alder Falls>Dunmere]',
			place('Alder Falls', { state: 'Oregon' }),
			place('Dunmere', { state: 'Idaho' }),
		],
		[
			'Virginia, West Virginia',
			'[Virginia>West Virginia state], West Virginia',
			place('Salem', { state: 'Virginia' }),
			place('Dunmere', { state: 'West Virginia' }),
		],
		[
			'Saint Paul, St. Paul, St Paul, ST. PAUL',
			'[Saint Paul>Dunmere], [St. Paul>Dunmere], [St Paul>Dunmere], [ST. PAUL>DUNMERE]',
			place('St. Paul'),
			dunmere,
		],
		[
			'San José, SAN JOSÉ, Coeur d’Alene',
			'[San José>Dunmere], [SAN JOSÉ>DUNMERE], [Coeur d’Alene>Dunmere]',
			place('San Jose'),
			dunmere,
		],
		['Coeur d’Alene', '[Coeur d’Alene>Dunmere]', place("Coeur d'Alene"), dunmere],
		// One name within the other.
		['Orange and Port Orange', '[Orange>Port Orange] and Port Orange', place('Orange'), place('Port Orange')],
		['Lake City Council', '[Lake City>Lake another] Council', place('Lake City'), place('Lake')],
		['City of Springfield', 'City of Springfield', place('Springfield', { state: 'Ohio' }), place('Springfield')],
		// Counties and townships.
		[
			'Walker County, the County of Walker, Mr. Walker',
			'[Walker>Wexmoor] County, the County of [Walker>Wexmoor], Mr. Walker',
			place('Walker County', { kind: 'county' }),
			place('Wexmoor County', { kind: 'county' }),
		],
		[
			'Orleans Parish',
			'[Orleans Parish>Wexmoor County]',
			place('Orleans Parish', { kind: 'county' }),
			place('Wexmoor County', { kind: 'county' }),
		],
		[
			'Walker County, the COUNTY OF WALKER',
			'[Walker County>Dunmere sort], the [COUNTY OF WALKER>CITY OF DUNMERE sort]',
			place('Walker County', { kind: 'county' }),
			dunmere,
		],
		[
			'City of Alder Falls, Alder Falls Police',
			'[City of Alder Falls>County of Walker sort], [Alder Falls>Walker County sort] Police',
			alder,
			place('Walker County', { kind: 'county' }),
		],
		[
			'Abington Township, the Township of Abington',
			'[Abington Township>Dunmere sort], the [Township of Abington>City of Dunmere sort]',
			place('Abington township', { kind: 'subdivision' }),
			dunmere,
		],
		[
			'la Ciudad de Alder Falls',
			'la [Ciudad de Alder Falls>Condado de Walker sort]',
			alder,
			place('Walker County', { kind: 'county' }),
		],
		['the City of Alder Falls', 'the [City of Alder Falls>Town of Manheim]', alder, place('Manheim town')],
		['a Dunmere officer', '[a Dunmere>an Alder Falls] officer', dunmere, alder],
		['a Dunmere officer', 'a [Dunmere>Utica] officer', dunmere, place('Utica')],
	])('%s', (words, found, other, own) => {
		expect(marked(words, [other], own)).toBe(
			found.replace('[Coeur d’Alene>Dunmere]', other.name === 'San Jose' ? 'Coeur d’Alene' : '[Coeur d’Alene>Dunmere]'),
		);
	});

	test('is looked for in headings too, of every source, in the order of the text', () => {
		const found = namesIn(text('Wexmoor and Alder Falls.', 'Alder Falls'), [alder, place('Wexmoor')], dunmere);
		expect(found.map(({ part, at, was, of }) => [part, at, was, of])).toEqual([
			['heading', 0, 'Alder Falls', 'city:Alder Falls'],
			['text', 0, 'Wexmoor', 'city:Wexmoor'],
			['text', 12, 'Alder Falls', 'city:Alder Falls'],
		]);
	});
});

describe('of any text', () => {
	const NAMES = ['Alder Falls', 'Orange', 'St. Paul', 'Hope', 'San José', 'New York', "Coeur d'Alene", 'Kansas City'];
	const OWN = ['Dunmere', 'Utica', 'Vista Llana', 'Isle of Wight', 'Los Ríos'];
	const PIECES = [
		...NAMES,
		...NAMES.map((name) => name.toUpperCase()),
		...OWN,
		...[
			'City of',
			'County of',
			'the',
			'An',
			'an',
			'a',
			'State of',
			'Police',
			'County',
			'Street',
			'Port',
			'hope',
			'orange',
			'’s',
			'’',
			'v.',
		],
		...[
			'{{city}}',
			'{{if open}}',
			'{{open ? "Orange" : "Hope"}}',
			'{{',
			'.',
			',',
			' ',
			'\n',
			'Ordinance 5',
			'Saint Paul',
			'-',
			'(',
			'“',
		],
	];
	const words = fc
		.array(fc.constantFrom(...PIECES), { maxLength: 30 })
		.chain((pieces) =>
			fc
				.array(fc.constantFrom(' ', '', '  '), { minLength: pieces.length, maxLength: pieces.length })
				.map((gaps) => pieces.map((piece, n) => piece + (n % 5 === 0 ? gaps[n] : ' ')).join('')),
		);
	const cases = fc.record({
		words,
		heading: fc.option(words),
		others: fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 3 }),
		own: fc.constantFrom(...OWN),
		foreign: fc.boolean(),
	});
	const bareOfBlanks = (one: string) => one.match(/\{\{.*?(?:\}\}|$)/gs) ?? [];

	test('putting nothing in changes nothing, and putting names in touches nothing but their places, and no blank', () => {
		fc.assert(
			fc.property(cases, ({ words, heading, others, own: name, foreign }) => {
				const before = text(words, heading);
				const [them, own] = [others.map((one) => place(one)), place(name, foreign ? { state: 'Idaho' } : {})];
				const found = namesIn(before, them, own);
				expect(put(before, [])).toEqual(before);
				for (const { part, at, was } of found)
					expect((part === 'text' ? words : (heading ?? '')).startsWith(was, at)).toBe(true);
				const plain = found.filter(({ doubt }) => doubt === null);
				const after = put(before, plain);
				// Nothing but the places became other.
				for (const part of ['heading', 'text'] as const) {
					let [rest, from] = ['', 0];
					const old = before[0]?.[part] ?? '';
					for (const one of plain.filter((one) => one.part === part)) {
						expect(one.at).toBeGreaterThanOrEqual(from);
						rest += old.slice(from, one.at) + one.now;
						from = one.at + one.was.length;
					}
					expect(after[0]?.[part] ?? '').toBe(rest + old.slice(from));
					expect(bareOfBlanks(after[0]?.[part] ?? '')).toEqual(bareOfBlanks(old));
				}
				// What was put in is found no more, and nothing that was not there before.
				expect(namesIn(after, them, own).length).toBe(found.length - plain.length);
			}),
			{ numRuns: 2_000 },
		);
	});

	test('putting in all that are plain leaves none that is, and twice is once', () => {
		const NO_NAMES = PIECES.filter(
			(piece) => !NAMES.some((name) => piece.toUpperCase() === name.toUpperCase()) && piece !== 'Saint Paul',
		);
		const sides = fc.array(fc.constantFrom(...NO_NAMES), { maxLength: 4 }).map((pieces) => pieces.join(' '));
		const sentence = fc
			.tuple(sides, fc.constantFrom(...NAMES), fc.boolean(), sides)
			.map(([before, name, loud, after]) => `${before} ${loud ? name.toUpperCase() : name} ${after}; also `);
		fc.assert(
			fc.property(fc.array(sentence, { maxLength: 6 }), cases, (sentences, { others, own: name, foreign }) => {
				const before = text(sentences.join(''));
				const [them, own] = [others.map((one) => place(one)), place(name, foreign ? { state: 'Idaho' } : {})];
				const plain = (of: typeof before) => namesIn(of, them, own).filter(({ doubt }) => doubt === null);
				const after = put(before, plain(before)).slice();
				expect(plain(after)).toEqual([]);
				expect(put(after, plain(after))).toEqual(after);
			}),
			{ numRuns: 2_000 },
		);
	});
});
