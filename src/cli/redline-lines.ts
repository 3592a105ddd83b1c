import { type Operation, type Part, worded } from '#concordance/redline.ts';
import { harmless } from './library-import.ts';

/** Underlined and struck through besides the colour, so that they are told apart without it. */
const COLOURS = { added: ['\u001b[4;32m', '\u001b[0m'], removed: ['\u001b[9;31m', '\u001b[0m'] } as const;
const SIGNS = { added: ['{+', '+}'], removed: ['[-', '-]'] } as const;

/** A redline for a terminal: each provision that changed, with what became of it, and how many between them did not. */
export function redlineLines(parts: readonly Part[], colours: boolean): string[] {
	const marks = colours ? COLOURS : SIGNS;
	const lines: string[] = [];
	let same = 0;
	const fold = () => {
		if (same > 0) lines.push(`  … ${same} ${same === 1 ? 'provision' : 'provisions'} unchanged`, '');
		same = 0;
	};
	for (const part of parts) {
		if (part.state === 'same' && !part.moved && !part.renumbered) {
			same++;
			continue;
		}
		fold();
		lines.push(headOf(part), ...marked(part.operations, marks).map((line) => `  ${line}`), '');
	}
	fold();
	return lines.slice(0, -1);
}

/** Words before and after, in one piece, marked the same. */
export function wordsMarked(before: string, after: string, colours: boolean): string {
	return marked(worded(before, after), colours ? COLOURS : SIGNS).join(' ');
}

/** `§ 4(b): changed, moved, was § 4(a)`. */
function headOf({ state, moved, renumbered, was, is }: Part): string {
	const what = [
		...(state === 'same' ? [] : [state]),
		...(moved ? ['moved'] : []),
		...(renumbered ? [was === null ? 'had no number' : `was ${was}`] : []),
	].join(', ');
	const at = is ?? (renumbered ? null : was);
	return at === null ? `(no number): ${what}` : `${at}: ${what}`;
}

/** Lines of the steps; a mark that goes on in the next line is opened anew there. Words of strangers steer no terminal. */
function marked(
	operations: readonly Operation[],
	marks: Readonly<Record<'added' | 'removed', readonly [string, string]>>,
) {
	const drawn = operations.map(({ op, text }) => {
		const [open, close] = op === 'same' ? ['', ''] : marks[op];
		return text
			.split(/\r\n|[\n\r]/)
			.map((piece) => {
				const words = harmless(piece.trimStart());
				return `${' '.repeat(piece.length - piece.trimStart().length)}${words === '' ? '' : open + words + close}`;
			})
			.join('\n');
	});
	return drawn
		.join('')
		.replace(/^\s*\n/, '')
		.trimEnd()
		.split('\n');
}
