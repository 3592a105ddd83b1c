import { attribute, scan } from '#kernel/xml.ts';
import { MAX_NESTING } from './docx-package.ts';
import { type ParaProps, paraProperty, type RunProps, runProperty, whole } from './docx-style.ts';
import { numeral } from './numeral.ts';
import { signOf } from './sign.ts';

/** Numbers the paragraphs of a Word file in the order it is asked. */
export interface Numbering {
	/** The label of the next paragraph of a list at a level, as Word prints it; null where it prints none. */
	next(list: string, level: number): string | null;
	/** The level of a list that a paragraph style is tied to; null where it is not. */
	levelOf(list: string, style: string | undefined): number | null;
	/** What the level says of its paragraphs. */
	shape(list: string, level: number): ParaProps;
}

interface Level {
	start: number;
	format: string;
	text: string;
	/** The level (from 0) whose number starts this one anew; -1: none does. Absent: any above. */
	restart: number | undefined;
	legal: boolean;
	style: string | null;
	para: ParaProps;
	run: RunProps;
}

interface Abstract {
	levels: Map<number, Level>;
	link: string | null;
	styleLink: string | null;
}

interface List {
	abstract: string;
	levels: Map<number, Level>;
	starts: Map<number, number>;
}

const LEVELS = 9;
/** No list counts further; numbers beyond are damage. */
const MAX_START = 32_767;

/** Reads word/numbering.xml; without one no paragraph is numbered. */
export function readNumbering(xml: string | null): Numbering {
	const abstracts = new Map<string, Abstract>();
	const lists = new Map<string, List>();
	if (xml !== null) scanNumbering(xml, abstracts, lists);
	const counters = new Map<string, (number | null)[]>();
	const begun = new Set<string>();

	function abstractOf(list: List): { id: string; levels: Map<number, Level> } | null {
		const found = abstracts.get(list.abstract);
		if (!found) return null;
		if (found.levels.size > 0 || found.link === null) return { id: list.abstract, levels: found.levels };
		for (const [id, other] of abstracts) if (other.styleLink === found.link) return { id, levels: other.levels };
		return null;
	}
	function levelIn(list: List, n: number): Level | undefined {
		return list.levels.get(n) ?? abstractOf(list)?.levels.get(n);
	}
	return {
		next(id, wanted) {
			const list = lists.get(id);
			const abstract = list && abstractOf(list);
			if (!list || !abstract) return null;
			const n = Math.max(0, Math.min(LEVELS - 1, wanted));
			const level = levelIn(list, n);
			if (!level) return null;
			// Lists that share their definition count on together, unless one says where it starts.
			const counts = counters.get(abstract.id) ?? [];
			counters.set(abstract.id, counts);
			if (!begun.has(id)) {
				begun.add(id);
				for (const [at] of list.starts) counts[at] = null;
			}
			const startOf = (at: number): number => list.starts.get(at) ?? levelIn(list, at)?.start ?? 1;
			const last = counts[n] ?? null;
			counts[n] = last === null ? startOf(n) : last + 1;
			for (let below = n + 1; below < LEVELS; below++) {
				const { restart } = levelIn(list, below) ?? {};
				if (restart === undefined || n <= restart) counts[below] = null;
			}
			// A level above that has not begun counts as begun.
			for (let above = 0; above < n; above++) counts[above] ??= startOf(above);
			return printed(level, n, (at) => {
				const other = levelIn(list, at);
				return numeral(counts[at] ?? startOf(at), level.legal ? 'decimal' : (other?.format ?? 'decimal'));
			});
		},
		levelOf(id, style) {
			const list = lists.get(id);
			if (!list || style === undefined) return null;
			for (let n = 0; n < LEVELS; n++) if (levelIn(list, n)?.style === style) return n;
			return null;
		},
		shape(id, n) {
			const list = lists.get(id);
			return (list && levelIn(list, n)?.para) ?? {};
		},
	};
}

function printed(level: Level, n: number, numberOf: (level: number) => string): string | null {
	if (level.format === 'bullet') {
		const sign = level.text.codePointAt(0);
		if (sign === undefined) return null;
		const own = sign >= 0xf000 && sign <= 0xf0ff;
		return own || /symbol|wingdings/i.test(level.run.font ?? '')
			? (signOf(sign, level.run.font ?? 'Symbol') ?? '•')
			: /^[o○]$/.test(level.text)
				? '◦'
				: level.text.trim() || null;
	}
	const text = level.text.replace(/%([1-9])/g, (_, digit: string) => {
		const at = Number(digit) - 1;
		return at <= n ? numberOf(at) : '';
	});
	return text.trim() || null;
}

function scanNumbering(xml: string, abstracts: Map<string, Abstract>, lists: Map<string, List>): void {
	const names: string[] = [];
	let abstract: Abstract | null = null;
	let list: List | null = null;
	let level: Level | null = null;
	let override = 0;
	scan(
		xml,
		'the list of numberings',
		{
			open(name, attributes) {
				const parent = names.at(-1);
				const value = attribute(attributes, 'val');
				names.push(name);
				if (name === 'abstractNum') {
					abstract = { levels: new Map(), link: null, styleLink: null };
					abstracts.set(attribute(attributes, 'abstractNumId') ?? '', abstract);
				} else if (name === 'num' && parent === 'numbering') {
					list = { abstract: '', levels: new Map(), starts: new Map() };
					lists.set(attribute(attributes, 'numId') ?? '', list);
				} else if (name === 'lvlOverride') override = whole(attribute(attributes, 'ilvl')) ?? 0;
				else if (name === 'lvl') {
					const n = whole(attribute(attributes, 'ilvl')) ?? 0;
					level = {
						start: 1,
						format: 'decimal',
						text: '',
						restart: undefined,
						legal: false,
						style: null,
						para: {},
						run: {},
					};
					if (list) list.levels.set(n, level);
					else abstract?.levels.set(n, level);
				} else if (parent === 'num' && name === 'abstractNumId' && list) list.abstract = value ?? '';
				else if (name === 'startOverride' && list) list.starts.set(override, startOf(value));
				else if (abstract && !level && name === 'numStyleLink') abstract.link = value;
				else if (abstract && !level && name === 'styleLink') abstract.styleLink = value;
				else if (level && parent === 'lvl') levelProperty(level, name, value);
				else if (level && parent === 'pPr') paraProperty(level.para, name, attributes);
				else if (level && parent === 'rPr') runProperty(level.run, name, attributes);
			},
			close(name) {
				names.pop();
				if (name === 'lvl') level = null;
				if (name === 'abstractNum') abstract = null;
				if (name === 'num') list = null;
			},
			text: () => undefined,
		},
		MAX_NESTING,
	);
}

function levelProperty(level: Level, name: string, value: string | null): void {
	if (name === 'start') level.start = startOf(value);
	else if (name === 'numFmt') level.format = value ?? 'decimal';
	else if (name === 'lvlText') level.text = (value ?? '').slice(0, 200);
	else if (name === 'lvlRestart') level.restart = (whole(value) ?? 1) - 1;
	else if (name === 'isLgl') level.legal = value === null || !['0', 'false', 'off'].includes(value);
	else if (name === 'pStyle') level.style = value;
}

function startOf(value: string | null): number {
	return Math.max(0, Math.min(MAX_START, whole(value) ?? 1));
}
