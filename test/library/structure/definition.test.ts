import { expect, test } from 'vitest';
import { textBlocks } from '../../../src/library/read/text.ts';
import { structure } from '../../../src/library/structure/structure.ts';

function definitions(text: string): string[] {
	const { provisions } = structure(textBlocks(text));
	return provisions.filter(({ kind }) => kind === 'definition').map(({ eId, text: words }) => `${eId} ${words}`);
}

test.each([
	[
		'English, quoted',
		'Section 1. Definitions.\n\nIn this ordinance:\n\n“Detainer” means a request.\n\n"Warrant" means an order of a judge.',
		['sec_1__def_1 “Detainer” means a request.', 'sec_1__def_2 "Warrant" means an order of a judge.'],
	],
	[
		'Spanish, in angled quotes',
		'Sección 1. Definiciones.\n\nEn esta ordenanza:\n\n«Detención» significa una petición.\n\n«Orden judicial» es una orden de un juez.',
		['sec_1__def_1 «Detención» significa una petición.', 'sec_1__def_2 «Orden judicial» es una orden de un juez.'],
	],
	[
		'Spanish, two terms at once and under a subsection',
		'Sección 2. Retención.\n\n(a) En esta sección:\n\n«Cárcel» y «calabozo» incluyen todo lugar de detención.\n\n(b) Nadie retiene a nadie.',
		['sec_2__subsec_a__def_1 «Cárcel» y «calabozo» incluyen todo lugar de detención.'],
	],
	['a quotation that defines nothing', 'Section 1. Purpose.\n\nThe council heard:\n\n«Nobody was told.»', []],
])('%s', (_, text, wanted) => {
	expect(definitions(text)).toEqual(wanted);
});
