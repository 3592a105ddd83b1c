import type { ProvisionKind } from '../provision.ts';

/** What stands for each kind in an eId: Akoma Ntoso Naming Convention 1.0, table of abbreviations; others by their name. */
const PREFIX: Readonly<Record<ProvisionKind, string>> = {
	preface: 'preface',
	recital: 'rec',
	formula: 'formula',
	title: 'title',
	chapter: 'chp',
	article: 'art',
	part: 'part',
	section: 'sec',
	subsection: 'subsec',
	paragraph: 'para',
	subparagraph: 'subpara',
	clause: 'cl',
	item: 'item',
	definition: 'def',
	quoted: 'qstr',
	wrapup: 'wrapup',
	text: 'text',
	table: 'table',
	conclusion: 'conclusion',
};

/** Gives out eIds of one text, each once. */
export interface Namer {
	/** The eId of a provision inside `parent` (null: at the top): by its sign, or by its place among those of its kind. */
	name(kind: ProvisionKind, sign: string, parent: string | null): string;
	/** The eId of a provision that keeps its own piece of it, `subsec_b`, wherever it lies now. */
	again(own: string, parent: string | null): string;
}

export function namer(): Namer {
	const taken = new Set<string>();
	const counted = new Map<string, number>();
	return {
		name(kind, sign, parent) {
			const stem = `${parent === null ? '' : `${parent}__`}${PREFIX[kind]}_`;
			const clean = cleaned(sign);
			let eId = `${stem}${clean}`;
			if (clean === '') {
				let nth = counted.get(stem) ?? 0;
				do eId = `${stem}${++nth}`;
				while (taken.has(eId));
				counted.set(stem, nth);
			} else {
				// A number printed twice keeps both: the second as `para_3_2`.
				const wish = eId;
				if (taken.has(wish)) {
					let nth = counted.get(wish) ?? 1;
					do eId = `${wish}_${++nth}`;
					while (taken.has(eId));
					counted.set(wish, nth);
				}
			}
			taken.add(eId);
			return eId;
		},
		again(own, parent) {
			const wish = parent === null ? own : `${parent}__${own}`;
			let eId = wish;
			for (let nth = 2; taken.has(eId); nth++) eId = `${wish}_${nth}`;
			taken.add(eId);
			return eId;
		},
	};
}

/** The sign without what stands around it and without blanks: `§ 9-131.` is `9-131`. */
function cleaned(sign: string): string {
	return sign
		.normalize('NFD')
		.replaceAll(/[–—]/g, '-')
		.replaceAll(/[^A-Za-z0-9.-]/g, '')
		.replaceAll(/^[.-]+|[.-]+$/g, '');
}
