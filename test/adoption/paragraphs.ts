import type { Drafted } from '#adoption/out/marked.ts';
import { draftPaper, type Outgoing } from '#adoption/out/outgoing.ts';
import { readable } from '#adoption/out/readable.ts';

/** Lines that a Word file of the draft must hold once everything is accepted, or rejected: made of the draft and not of the file. */
export function expected(out: Outgoing, which: 'draft' | 'base'): readonly string[] {
	const { head } = draftPaper(out, 'marked', null);
	const { blanks, answers, draft } = out;
	const text: readonly Drafted[] = which === 'draft' ? out.provisions : out.base;
	return [
		head.title,
		...head.notices,
		...head.origin.map(({ name, value }) => `${name}: ${value}`),
		...readable(text, blanks, answers, draft.language, ['[', ']']).flatMap(lines),
	];
}

/** Without the line that stands behind a text whose last paragraph is all added or all removed. */
export function withoutEnd(read: readonly string[]): readonly string[] {
	return read.at(-1) === 'End of the text.' ? read.slice(0, -1) : read;
}

function lines({ number, heading, text }: Drafted): readonly string[] {
	const [one, two, three] = [number?.trim(), heading?.trim(), text.trim()];
	if (!one && !two && !three) return [];
	// A heading ends with a stop before its words.
	const words = two && three ? `${two}${/[.,:;?!…—–]$/.test(two) ? '' : '.'} ${three}` : two || three;
	return `${one ? `${one}\t` : ''}${words}`.split('\n');
}
