import type { Provision } from '../../src/library/provision.ts';
import type { Structured } from '../../src/library/structure/structure.ts';

/** What a careful reader with a pencil would find wanting in a tree, as `cause: detail`; written apart from the parser, from the text alone. */
export function faults(text: string, made: Structured): string[] {
	const found: string[] = [];
	const acts = actSections(text);
	found.push(...sectionFaults(acts, made.provisions));
	for (const act of acts) found.push(...amendedFaults(act, made, text.replaceAll('\ufffd', '§')));
	found.push(...lineFaults(text, made.provisions));
	found.push(...sequenceFaults(made.provisions));
	return found;
}

const EFFECT = /^This local law (?:takes|shall take) effect/;
const ACT =
	/^This local law (?:takes|shall take) effect|^(?:Section|Chapter|Subdivision|Paragraph|Title|Subchapter|Article)s? .{0,300} (?:is|are) (?:amended|REPEALED)/;

interface Act {
	readonly number: number;
	readonly lead: string;
}

/** Sections of the act: lines that begin with `Section`, `§` or what is left of one, and the next whole number. */
function actSections(text: string): Act[] {
	const found: Act[] = [];
	let quotes = false;
	for (const line of text.split(/\r\n|[\n\r]/).filter((one) => one.trim() !== '')) {
		const opened = quotes;
		quotes = /to read as follows:?\s*$/.test(line);
		const label = /^\s*(?:Section|Sec\.|§|\ufffd)\s*(\d{1,3})(?![\d-]|\.\d|[a-z])\.?\s*(\S?.*)/.exec(line);
		if (!label) continue;
		const [number, lead] = [Number(label[1]), label[2] ?? ''];
		const last = found.at(-1)?.number ?? 0;
		// Drafters repeat and skip numbers; what speaks as an act is its section all the same.
		const slips = !opened && found.length > 0 && number <= last + 3 && (number >= last ? ACT : EFFECT).test(lead);
		if (number === last + 1 || slips) found.push({ number, lead });
	}
	return found;
}

function sectionFaults(acts: readonly Act[], provisions: readonly Provision[]): string[] {
	const tops = provisions.filter((at) => at.kind === 'section' && !quotedAbove(provisions, at) && at.number !== null);
	const numbers = tops.map((at) => Number(/\d+/.exec(at.number ?? '')?.[0] ?? Number.NaN));
	const expected = acts.map(({ number }) => number);
	if (expected.length === 0) return ['no section: the text has none'];
	return numbers.join() === expected.join() ? [] : [`sections: ${numbers.join()} for ${expected.join()}`];
}

function quotedAbove(provisions: readonly Provision[], of: Provision): boolean {
	for (let at = of.parent; at !== null; at = provisions[at]?.parent ?? null) {
		if (provisions[at]?.kind === 'quoted') return true;
	}
	return false;
}

const NUMBER = String.raw`(?:[A-Z]{1,3}\s)?\d[\w.-]*\w|\d`;
const LIST = String.raw`(?:${NUMBER})(?:(?:,\s|\sand\s|,\sand\s)(?:${NUMBER}))*`;

/** The code sections that a section of the act says it amends, adds or repeals are named, and those it adds or restates stand in what it quotes. */
function amendedFaults(act: Act, made: Structured, text: string): string[] {
	const lead = act.lead.replaceAll('\ufffd', '§').replaceAll(/\s+/g, ' ');
	const verb = /^(.{0,500}?)\s(?:is|are)\s(?:hereby\s)?(amended|REPEALED|repealed|renumbered|relettered)\b(.*)/.exec(
		lead,
	);
	if (!verb) return [];
	const named = verb[1] as string;
	const by = `sec_${act.number}`;
	const mine = made.amendments.filter((at) => at.by === by || at.by.startsWith(`${by}_`));
	if (mine.length === 0) return [`amendment: none by ${by}: ${lead.slice(0, 120)}`];
	const found: string[] = [];
	const own = named.replace(/,?\sas (?:added|amended|renumbered|relettered|established).*$/, '');
	const list = new RegExp(String.raw`(?:[Ss]ections?|§+)\s?(${LIST})\sof\s(?:[a-z]+\s\d|the|article)`).exec(own)?.[1];
	for (const number of list?.match(new RegExp(NUMBER, 'g')) ?? []) {
		if (!mine.some((at) => at.target.includes(number))) found.push(`amendment: ${number} is not in its target`);
	}
	const quoted = made.provisions.filter((at) => at.eId.startsWith(`${by}__qstr`));
	const has = (number: string): boolean =>
		quoted.some((at) =>
			(at.number ?? '')
				.replaceAll(/[^\w.-]/g, '')
				.replace(/\.$/, '')
				.endsWith(number.replace(/\s/g, '')),
		);
	// An act may name one section and print another, or parts of one alone: nothing to find then.
	const printed = (number: string): boolean =>
		new RegExp(String.raw`^[\s\["“]*(?:§+|Section)?\s*${number.replaceAll('.', '\\.')}(?![\w-]|\.\d)`, 'm').test(text);
	const added = new RegExp(`adding (?:a |two |three |four |five )?new sections? (${LIST})(?:,)? to read`).exec(
		verb[3] as string,
	)?.[1];
	for (const number of added?.match(new RegExp(NUMBER, 'g')) ?? []) {
		if (!has(number) && printed(number))
			found.push(`quoted: new section ${number} does not stand in what ${by} quotes`);
	}
	const whole = new RegExp(String.raw`^(?:Section|§)\s?(${NUMBER})\sof\s`).exec(own)?.[1];
	if (whole && /^ to read/.test(verb[3] as string) && !has(whole) && printed(whole)) {
		found.push(`quoted: section ${whole} does not stand in what ${by} quotes`);
	}
	if (/to read as follows:?\s*$/.test(lead) && quoted.length < 2)
		found.push(`quoted: nothing stands in what ${by} quotes`);
	return found;
}

/** Every line that begins with `a.`, `1.`, `(a)`, `(1)` or `(i)` is a provision with that number and those words. */
function lineFaults(text: string, provisions: readonly Provision[]): string[] {
	const held = new Map<string, number>();
	const plain = (words: string): string => words.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();
	for (const at of provisions) {
		const gone = at.redline?.find(({ op }) => op !== 'same');
		const old = gone?.op === 'removed' && at.redline?.indexOf(gone) === 0 ? (gone.text.split(' ')[0] ?? '') : null;
		for (const number of new Set([at.number, old].filter((one) => one !== null))) {
			const key = plain(number);
			held.set(key, (held.get(key) ?? 0) + 1);
		}
	}
	const wanted = new Map<string, { count: number; line: string }>();
	for (const line of text.split(/\r\n|[\n\r]/)) {
		const label = /^\s*\[?(\((?:[a-z]|\d{1,2}|[ivx]{1,5})\)|(?:[a-z]|\d{1,2}|[ivx]{1,5})\.)\]?\s+\S/.exec(line);
		if (!label) continue;
		const key = plain(label[1] as string);
		const entry = wanted.get(key) ?? { count: 0, line };
		wanted.set(key, { count: entry.count + 1, line: line.trim() });
	}
	const found: string[] = [];
	for (const [key, { count, line }] of wanted) {
		if ((held.get(key) ?? 0) < count)
			found.push(`number: ${count - (held.get(key) ?? 0)} lines “${key}” are no provision: ${line.slice(0, 80)}`);
	}
	return found;
}

/**
 * Siblings follow each other: a `b.` that does not stand after an `a.` while there is an `a.` before it in its section is in
 * the wrong place, or its `a.` is. What the text itself skips or prints twice is no fault.
 */
function sequenceFaults(provisions: readonly Provision[]): string[] {
	const found: string[] = [];
	const last = new Map<number, string>();
	provisions.forEach((at, index) => {
		if (at.parent === null || at.state === 'removed' || at.number === null) return;
		const sign = /^\(?(\d{1,3}|[a-z]{1,5})[.)]+$/.exec(at.number)?.[1];
		if (!sign) return;
		const wanted = valuesOf(sign).map(({ style, value }) => signOf(style, value - 1));
		const before = last.get(at.parent) ?? null;
		last.set(at.parent, at.number);
		const number = at.number;
		if (wanted.some((one) => one === null || before === number.replace(sign, one))) return;
		const parent = provisions[at.parent] as Provision;
		for (const one of wanted) {
			const label = number.replace(sign, one as string);
			if (stoodBefore(provisions, index, label))
				found.push(`sequence: “${at.number}” after “${before ?? 'nothing'}” in ${parent.eId}`);
		}
	});
	return found;
}

/** Whether a label stands earlier in the same section, as a number or among the words, and its list has not gone on since. */
function stoodBefore(provisions: readonly Provision[], index: number, label: string): boolean {
	const own = (provisions[index] as Provision).number;
	for (let i = index - 1; i >= 0; i--) {
		const at = provisions[i] as Provision;
		if (at.state === 'removed') continue;
		if (at.number === own) return false;
		if (
			at.number === label ||
			new RegExp(String.raw`(?:^|\.\s?)${label.replaceAll(/[.()]/g, String.raw`\$&`)}\s[A-Z]`).test(at.text)
		)
			return true;
		if (at.kind === 'section' || at.kind === 'quoted') return false;
	}
	return false;
}

const ROMANS = 'i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii xxiv xxv'.split(
	' ',
);

function valuesOf(sign: string): { style: string; value: number }[] {
	if (/^\d/.test(sign)) return [{ style: '1', value: Number(sign) }];
	const found: { style: string; value: number }[] = [];
	if (/^([a-z])\1*$/.test(sign)) found.push({ style: 'a', value: (sign.length - 1) * 26 + sign.charCodeAt(0) - 96 });
	if (ROMANS.includes(sign)) found.push({ style: 'i', value: ROMANS.indexOf(sign) + 1 });
	return found;
}

/** A style's sign for a value; null for none. */
function signOf(style: string, value: number): string | null {
	if (value < 1) return null;
	if (style === '1') return String(value);
	if (style === 'i') return ROMANS[value - 1] ?? null;
	return String.fromCharCode(97 + ((value - 1) % 26)).repeat(Math.ceil(value / 26));
}
