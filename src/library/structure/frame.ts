import { type ListLabel, listLabel, type UnitLabel, unitLabel, wholeOf } from './label.ts';
import { numerals } from './numeral.ts';
import { amendsOrEnds, isFormula, isRecital, leads, signs, speaksAsAct } from './phrase.ts';
import type { Raw } from './sheet.ts';

/** Where in an act a paragraph stands. */
export type Zone = 'preface' | 'recital' | 'formula' | 'act' | 'body' | 'quoted' | 'conclusion';

export interface Frame {
	/** One a paragraph. `act`: it begins a section of the act itself. */
	readonly zones: readonly Zone[];
	/** Paragraphs of which the act's own number repeats or skips. */
	readonly odd: readonly { readonly paragraph: number; readonly was: number; readonly last: number }[];
}

/** Lines after the last section are notes of a clerk while they are as short. */
const NOTE_MOST = 90;
/** An act skips so many numbers by a slip, not by design. */
const SKIP_MOST = 3;

/**
 * What each paragraph of a text is to the act: its front, a section of its own, what a section of its own says, words that
 * it puts into another text, what follows it. Sections of the act are told from those it quotes by their sequence and by
 * how they speak, not by their looks.
 */
export function frame(paragraphs: readonly Raw[]): Frame {
	const zones: Zone[] = new Array(paragraphs.length).fill('body');
	const begin = front(paragraphs, zones);
	const odd = sections(paragraphs, begin, zones);
	tail(paragraphs, zones);
	return { zones, odd };
}

/** Marks preface, recitals and enacting clause; gives the index of the first paragraph behind them. */
function front(paragraphs: readonly Raw[], zones: Zone[]): number {
	let formula = -1;
	let begin = -1;
	for (let i = 0; i < paragraphs.length; i++) {
		const text = (paragraphs[i] as Raw).text;
		if (isFormula(text)) {
			formula = i;
			break;
		}
		if (begin < 0 && startsBody(paragraphs[i] as Raw)) begin = i;
	}
	// A clause that resolves deep inside a numbered text is a sentence of it.
	if (
		formula >= 0 &&
		begin >= 0 &&
		begin < formula &&
		!paragraphs.slice(0, formula).some((raw) => isRecital(raw.text))
	) {
		const label = unitLabel((paragraphs[begin] as Raw).text);
		if (label?.whole === 1 || formula - begin > 40) formula = -1;
	}
	const end = formula >= 0 ? formula : begin >= 0 ? begin : firstProse(paragraphs);
	let recital = false;
	for (let i = 0; i < end; i++) {
		const raw = paragraphs[i] as Raw;
		// What stands between two recitals goes on with the first.
		if (isRecital(raw.text)) recital = true;
		zones[i] = recital ? 'recital' : 'preface';
	}
	if (formula >= 0) zones[formula] = 'formula';
	let next = formula >= 0 ? formula + 1 : end;
	while (next < paragraphs.length && isRecital((paragraphs[next] as Raw).text)) zones[next++] = 'recital';
	return next;
}

function startsBody(raw: Raw): boolean {
	const unit = unitLabel(raw.text);
	if (unit)
		return unit.named ? unit.unit === 'section' || raw.text.length > unit.length || unit.unit !== 'title' : true;
	return listLabel(raw.text) !== null || (raw.heading !== null && raw.heading > 1);
}

function firstProse(paragraphs: readonly Raw[]): number {
	const at = paragraphs.findIndex((raw) => !isRecital(raw.text) && raw.heading === null && /[.:;]\s*$/.test(raw.text));
	const recitals = paragraphs.findLastIndex((raw) => isRecital(raw.text));
	return recitals >= 0 ? recitals + 1 : Math.max(0, at);
}

function sections(paragraphs: readonly Raw[], begin: number, zones: Zone[]): Frame['odd'][number][] {
	const odd: Frame['odd'][number][] = [];
	const way = wayOf(paragraphs, begin);
	if (way === null) return odd;
	const unit = way === 'article' ? 'article' : 'section';
	const latest = latestOf(paragraphs);
	let last = 0;
	let quoting = false;
	let led = false;
	let targets = new Set<number>();
	for (let i = begin; i < paragraphs.length; i++) {
		const { text } = paragraphs[i] as Raw;
		const label = way === 'list' ? listOf(text) : (sectionOf(text, unit) ?? signless(text, last));
		const opens = label !== null && isActs(i, label, text);
		if (opens && label) {
			if (last > 0 && label.value !== last + 1 && (label.value <= last || quoting || label.value - last <= SKIP_MOST)) {
				odd.push({ paragraph: i, was: label.value, last });
			}
			zones[i] = 'act';
			last = label.value;
			quoting = false;
			targets = numbersIn(text.slice(0, 300));
		} else if (quoting) {
			zones[i] = 'quoted';
		}
		const before = quoting;
		if (!quoting) quoting = leads(text);
		led = quoting && !before;
	}
	return odd;

	function isActs(i: number, label: { value: number; length: number }, text: string): boolean {
		const rest = text.slice(label.length);
		if (!quoting) return way !== 'list' || last === 0 || label.value === last + 1;
		const acts = speaksAsAct(rest);
		if (led) return acts && label.value === last + 1 && !targets.has(label.value);
		if (label.value === last + 1) return way !== 'list' ? acts || !targets.has(label.value) || label.value <= 3 : acts;
		if (acts && label.value >= last) return label.value <= last + SKIP_MOST;
		// A number that goes back is a slip where the act ends with it, and the right one comes no more.
		return amendsOrEnds(rest) && label.value <= last && (latest.get(last + 1) ?? -1) < i;
	}
}

/** Whole numbers that words name, in figures or spelled out. */
function numbersIn(words: string): Set<number> {
	const named = words.match(/\b(?:\d{1,3}|[a-z]{3,9})\b/gi) ?? [];
	return new Set(named.map(wholeOf).filter((value) => value !== null));
}

/** Where each number last begins a section that amends or ends an act. */
function latestOf(paragraphs: readonly Raw[]): Map<number, number> {
	const latest = new Map<number, number>();
	paragraphs.forEach(({ text }, index) => {
		const label = sectionOf(text);
		if (label && amendsOrEnds(text.slice(label.length))) latest.set(label.value, index);
	});
	return latest;
}

/** Whether an act numbers its sections by word or sign, or by bare numbers; null where it has no sections of its own. */
function wayOf(paragraphs: readonly Raw[], begin: number): 'unit' | 'article' | 'list' | null {
	for (let i = begin; i < paragraphs.length; i++) {
		const { text } = paragraphs[i] as Raw;
		const unit = unitLabel(text);
		if (unit?.unit === 'section' && unit.whole !== null && unit.whole <= 5) return 'unit';
		if (unit && unit.unit === 'section') return null;
		if (unit?.unit === 'article' && sectionOf(text, 'article')?.value === 1) {
			return paragraphs.some((raw) => unitLabel(raw.text)?.unit === 'section') ? null : 'article';
		}
		const list = listOf(text);
		if (list?.value === 1) return paragraphs.some((raw) => isFormula(raw.text)) ? 'list' : null;
	}
	return null;
}

function sectionOf(text: string, unit: 'section' | 'article' = 'section'): { value: number; length: number } | null {
	const label: UnitLabel | null = unitLabel(text);
	if (label?.unit !== unit) return null;
	const roman = unit === 'article' ? numerals(label.sign).find(({ style }) => style === 'I') : undefined;
	const value = label.whole ?? roman?.value ?? null;
	return value === null ? null : { value, length: label.length };
}

/** A section whose sign got lost: its number follows, and it speaks of what it amends, or of the act. */
function signless(text: string, last: number): { value: number; length: number } | null {
	const label = last > 0 ? listOf(text) : null;
	return label?.value === last + 1 && amendsOrEnds(text.slice(label.length)) ? label : null;
}

function listOf(text: string): { value: number; length: number } | null {
	const label: ListLabel | null = listLabel(text);
	const way = label?.wrap === '.' ? label.numerals.find(({ style }) => style === '1') : undefined;
	return label && way ? { value: way.value, length: label.length } : null;
}

/** From the end up: while lines are short and unnumbered, or sign, they are no words of the law. */
function tail(paragraphs: readonly Raw[], zones: Zone[]): void {
	const act = zones.lastIndexOf('act');
	let begin = paragraphs.length;
	for (let i = paragraphs.length - 1; i > act; i--) {
		const raw = paragraphs[i] as Raw;
		if (zones[i] === 'formula' || zones[i] === 'recital' || raw.role === 'row') break;
		if (signs(raw.text)) begin = i;
		else if (!isNote(raw, act >= 0)) break;
		else if (act >= 0) begin = i;
	}
	// A list without numbers, opened by a colon, is not signed off by being short.
	const opener = paragraphs[begin - 1];
	if (opener && /:\s*$/.test(opener.text) && begin < paragraphs.length && !signs((paragraphs[begin] as Raw).text))
		return;
	for (let i = begin; i < paragraphs.length; i++) zones[i] = 'conclusion';
}

function isNote(raw: Raw, framed: boolean): boolean {
	const { text } = raw;
	if (text.length > NOTE_MOST) return false;
	if (/^\d{1,3}$|^[-–—]\s?\d{1,3}\s?[-–—]$/.test(text)) return true;
	if (unitLabel(text)) return false;
	const label = listLabel(text);
	if (label && label.wrap !== '-' && text.length > label.length) return false;
	// Notes are no sentences.
	if (/[.]$/.test(text) && text.split(/\s+/).length > 3) return false;
	return !framed || !/[;,:]$/.test(text);
}
