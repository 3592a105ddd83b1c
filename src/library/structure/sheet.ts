import type { Block, Run } from '../read/block.ts';
import { formulaEnd, isFormula, leadEnd } from './phrase.ts';
import type { Note } from './problem.ts';
import { repaired } from './sign.ts';

/** A paragraph of a source with its damaged signs put right: what frame and marks are found in. */
export interface Raw {
	/** Index of the block it comes from; two where one held the clause that enacts and what is enacted. */
	readonly block: number;
	readonly runs: readonly Run[];
	/** All its words, those that an act takes out too, with the signs that mark them; no blanks at its ends. */
	readonly text: string;
	readonly heading: number | null;
	readonly role: Block['role'];
	readonly indent: number;
}

/** The paragraphs of blocks, repaired, and cut where a clause that opens something stands in one line with what it opens. */
export function raws(blocks: readonly Block[], note: Note): Raw[] {
	const found: Raw[] = [];
	blocks.forEach((block, index) => {
		const runs = trimmed(repaired(labelled(block), index, note));
		const text = runs.map((run) => run.text).join('');
		if (text === '') return;
		let raw: Raw = { block: index, runs, text, heading: block.heading, role: block.role, indent: block.indent };
		for (const cut of [isFormula(text) ? formulaEnd : null, leadEnd]) {
			const at = cut?.(raw.text) ?? null;
			if (at === null || at >= raw.text.length) continue;
			const [head, tail] = split(raw, at);
			found.push(head);
			raw = tail;
		}
		found.push(raw);
	});
	return found;
}

/** A number that Word or HTML prints stands before the words and shares their look. */
function labelled(block: Block): readonly Run[] {
	if (block.label === null) return block.runs;
	const look: Run = block.runs[0] ?? { text: '' };
	return [{ ...look, text: `${block.label} ` }, ...block.runs];
}

function trimmed(runs: readonly Run[]): Run[] {
	const kept = runs.filter((run) => run.text !== '');
	while (kept[0] && kept[0].text.trimStart() !== kept[0].text) {
		const text = kept[0].text.trimStart();
		if (text === '') kept.shift();
		else kept[0] = { ...kept[0], text };
	}
	for (let last = kept.at(-1); last && last.text.trimEnd() !== last.text; last = kept.at(-1)) {
		const text = last.text.trimEnd();
		if (text === '') kept.pop();
		else kept[kept.length - 1] = { ...last, text };
	}
	return kept;
}

function split(raw: Raw, at: number): [Raw, Raw] {
	const head: Run[] = [];
	const tail: Run[] = [];
	let passed = 0;
	for (const run of raw.runs) {
		const cut = Math.max(0, Math.min(run.text.length, at - passed));
		if (cut > 0) head.push({ ...run, text: run.text.slice(0, cut) });
		if (cut < run.text.length) tail.push({ ...run, text: run.text.slice(cut) });
		passed += run.text.length;
	}
	const part = (runs: Run[]): Raw => {
		const kept = trimmed(runs);
		return { ...raw, runs: kept, text: kept.map((run) => run.text).join('') };
	};
	return [part(head), part(tail)];
}
