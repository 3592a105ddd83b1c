import { colourOf } from './colour.ts';
import type { SinkKind } from './rtf-words.ts';

export interface Font {
	readonly name: string;
	readonly charset: number | null;
}

/** The tables at the head of an RTF file that its words refer to by number. */
export interface RtfTables {
	/** Text inside a table: names, and semicolons that end an entry. */
	text(kind: SinkKind, text: string): void;
	/** A control word inside a table or a date of the properties. */
	setting(kind: SinkKind, destination: string, word: string, value: number | null): void;
	authors(text: string): void;
	font(n: number): Font | null;
	colour(n: number): string | null;
	style(n: number): string | null;
	heading(n: number): number | null;
	reviser(n: number): string | null;
	/** The date that the property's control words gave, as `2014-11-14 09:30`; null where they gave none. */
	moment(destination: string): string | null;
}

/** Word writes some 100 fonts and 250 styles; a table with more is made to hurt. */
const MAX_ENTRIES = 5_000;

/** Empty tables. */
export function rtfTables(): RtfTables {
	const fonts = new Map<number, Font>();
	const colours: (string | null)[] = [];
	const styles = new Map<number, { name: string; outline: number | null }>();
	const moments = new Map<string, Record<string, number>>();
	let names: string[] = [];
	let font = 0;
	let charset: number | null = null;
	let style = 0;
	let outline: number | null = null;
	let pending = '';
	let colour = { red: 0, green: 0, blue: 0, set: false };
	return {
		text(kind, text) {
			if (kind === 'colours') {
				for (const sign of text) {
					if (sign !== ';' || colours.length >= MAX_ENTRIES) continue;
					colours.push(colour.set ? colourOf(colour.red, colour.green, colour.blue) : null);
					colour = { red: 0, green: 0, blue: 0, set: false };
				}
				return;
			}
			const parts = (pending + text).split(';');
			pending = (parts.pop() ?? '').slice(-200);
			for (const part of parts) {
				const name = part.trim().slice(0, 80);
				if (kind === 'fonts' && fonts.size < MAX_ENTRIES) {
					fonts.set(font, { name, charset });
					charset = null;
				}
				if (kind === 'styles' && styles.size < MAX_ENTRIES) {
					styles.set(style, { name, outline });
					style = 0;
					outline = null;
				}
			}
		},
		setting(kind, destination, word, value) {
			if (kind === 'fonts') {
				if (word === 'f') {
					font = value ?? 0;
					charset = null;
				}
				if (word === 'fcharset') charset = value;
			} else if (kind === 'colours') {
				if (word === 'red' || word === 'green' || word === 'blue')
					colour = { ...colour, [word]: value ?? 0, set: true };
			} else if (kind === 'styles') {
				if (word === 's') style = value ?? 0;
				// Character, table and section styles have numbers of their own.
				if (word === 'cs' || word === 'ts' || word === 'ds') style = -1 - (value ?? 0);
				if (word === 'outlinelevel') outline = value;
			} else if (['yr', 'mo', 'dy', 'hr', 'min'].includes(word)) {
				moments.set(destination, { ...moments.get(destination), [word]: value ?? 0 });
			}
		},
		authors(text) {
			names = text.split(';').map((name) => name.trim());
		},
		font: (n) => fonts.get(n) ?? null,
		colour: (n) => colours[n] ?? null,
		style: (n) => styles.get(n)?.name ?? null,
		heading(n) {
			const found = styles.get(n);
			if (!found) return null;
			const named = /^heading ([1-9])$/i.exec(found.name)?.[1];
			if (named) return Number(named);
			return found.outline !== null && found.outline < 9 ? found.outline + 1 : null;
		},
		reviser: (n) => (names[n] && names[n] !== 'Unknown' ? (names[n] ?? null) : null),
		moment(destination) {
			const parts = moments.get(destination);
			if (!parts?.yr) return null;
			const two = (n: number | undefined): string => String(n ?? 0).padStart(2, '0');
			return `${parts.yr}-${two(parts.mo)}-${two(parts.dy)} ${two(parts.hr)}:${two(parts.min)}`;
		},
	};
}
