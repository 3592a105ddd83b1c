import { readText } from '../../src/library/read/text.ts';
import { structure } from '../../src/library/structure/structure.ts';
import { demand, type Measures, timed } from '../measure.ts';

const SIZE = 2_000_000;
const MOST_MS = 5_000;
/** What a text that is made to hurt repeats: each begins something that the reader or the tree looks for. */
const REPEATED = [
	...['(', '[', '((', '"', '“', '_', 'a', 'A.', '.1', '1-', 'IIII', 'a. ', '(i) ', '1. ', '§ ', '\ufffd1', 'a ,'],
	...['Section 1. ', 'whereas ', 'be it enacted ', 'now therefore ', 'is amended ', 'by adding ', 'The term "x" '],
	...['the people of ', 'council of ', 'to read as follows:', 'section 1 and ', '"x", ', 'shall: ', 'Foo a. B'],
	...['x-\ny', '5\n', '\f', '[a. foo bar baz] or\n', '(h)\n(i)\n', '1. x:\n', '1.1.\n', '9.1.1 X\n', '"A" means\n'],
	...[
		'§ 2. This local law takes effect\n',
		'Section 1. Section 1 of x is amended to read as follows:\n',
		'  a   b   c\n',
	],
];
const ACT =
	'Be it enacted by the Council as follows:\nSection 1. Section 9 of the code is amended to read as follows:\n';

/** Two megabytes of what hurts most, alone and as what an act quotes: the slowest must end in five seconds. */
export async function hostile(_: string, say: (line: string) => void): Promise<Measures> {
	let slowest = { ms: 0, of: '' };
	for (const unit of REPEATED) {
		for (const front of ['', ACT]) {
			const bytes = new TextEncoder().encode(front + unit.repeat(Math.ceil(SIZE / unit.length)));
			const attempt = (): Promise<number> =>
				timed(() => {
					const read = readText(bytes);
					return 'refused' in read ? read : structure(read);
				});
			let ms = await attempt();
			// What else the machine does is not the text's fault.
			if (ms > MOST_MS) ms = Math.min(ms, await attempt());
			if (ms > slowest.ms) slowest = { ms, of: unit };
		}
	}
	say(`The slowest of ${REPEATED.length * 2} hostile texts repeats ${JSON.stringify(slowest.of)}`);
	return { hostile_slowest: demand(slowest.ms, `ms for ${SIZE / 1e6} MB`, { most: MOST_MS }) };
}
