import { attribute, scan } from '#kernel/xml.ts';
import { colourOfHex } from './colour.ts';
import { MAX_NESTING } from './docx-package.ts';
import type { Look } from './gather.ts';

/** What a run or a style says of characters; absent: nothing. */
export interface RunProps {
	bold?: boolean;
	italic?: boolean;
	strike?: boolean;
	hidden?: boolean;
	doubleStrike?: boolean;
	underline?: boolean;
	color?: string | null;
	style?: string;
	tracked?: 'added' | 'removed';
	font?: string;
}

/** What a paragraph or a style says of paragraphs; distances in twentieths of a point. */
export interface ParaProps {
	style?: string;
	numbering?: string;
	level?: number;
	left?: number;
	first?: number;
	outline?: number;
}

export interface Styles {
	/** How characters look, and whether nobody sees them: direct settings, then character style, paragraph style, defaults. */
	look(paragraphStyle: string | undefined, run: RunProps): { readonly look: Look; readonly hidden: boolean };
	/** What a paragraph style says, with what it is based on. */
	paragraph(style: string | undefined): ParaProps;
	name(style: string | undefined): string | null;
	/** 1 to 9 by the name of the style or of one it is based on, else by its outline level; null: no heading. */
	heading(style: string | undefined): number | null;
}

interface Style {
	name: string;
	base: string | null;
	run: RunProps;
	para: ParaProps;
}

/** Word allows ten styles to stand on each other; a ring of them ends here. */
const MAX_CHAIN = 12;

/** Reads word/styles.xml; without one everything is plain. */
export function readStyles(xml: string | null): Styles {
	const styles = new Map<string, Style>();
	const defaults: RunProps = {};
	let normal: string | undefined;
	if (xml !== null) normal = scanStyles(xml, styles, defaults);
	const runs = new Map<string, RunProps>();
	const paras = new Map<string, ParaProps>();

	function chain(id: string | undefined): Style[] {
		const found: Style[] = [];
		for (let at = id; at !== undefined && found.length < MAX_CHAIN; ) {
			const style = styles.get(at);
			if (!style) break;
			found.unshift(style);
			at = style.base ?? undefined;
		}
		return found;
	}
	function run(id: string | undefined): RunProps {
		if (id === undefined) return {};
		const known = runs.get(id);
		if (known) return known;
		const made = Object.assign({}, ...chain(id).map((style) => style.run)) as RunProps;
		if (/hyperlink/i.test(styles.get(id)?.name ?? '')) {
			delete made.underline;
			delete made.color;
		}
		runs.set(id, made);
		return made;
	}
	return {
		look(paragraphStyle, direct) {
			const p = run(paragraphStyle ?? normal);
			const c = run(direct.style);
			// What both styles turn on is off (17.7.3, toggle properties).
			const toggled = (key: 'bold' | 'italic' | 'strike' | 'hidden'): boolean =>
				direct[key] ?? ((p[key] ?? false) !== (c[key] ?? false) || (defaults[key] ?? false));
			return {
				look: {
					bold: toggled('bold'),
					italic: toggled('italic'),
					underline: direct.underline ?? c.underline ?? p.underline ?? defaults.underline ?? false,
					strike: toggled('strike') || (direct.doubleStrike ?? c.doubleStrike ?? p.doubleStrike ?? false),
					color: first(direct.color, c.color, p.color, defaults.color),
				},
				hidden: toggled('hidden'),
			};
		},
		paragraph(id) {
			const style = id ?? normal ?? '';
			const known = paras.get(style);
			if (known) return known;
			const made = Object.assign({}, ...chain(style).map((one) => one.para)) as ParaProps;
			paras.set(style, made);
			return made;
		},
		name: (id) => (id === undefined ? null : (styles.get(id)?.name ?? id)),
		heading(id) {
			for (const style of chain(id).reverse()) {
				const named = /^heading ?([1-9])$/i.exec(style.name)?.[1];
				if (named) return Number(named);
				const { outline } = style.para;
				if (outline !== undefined) return outline < 9 ? outline + 1 : null;
			}
			return null;
		},
	};
}

/** Reads an element inside `w:rPr` into what a run says. */
export function runProperty(props: RunProps, name: string, attributes: string): void {
	if (name === 'b') props.bold = isOn(attributes);
	else if (name === 'i') props.italic = isOn(attributes);
	else if (name === 'strike') props.strike = isOn(attributes);
	else if (name === 'dstrike') props.doubleStrike = isOn(attributes);
	else if (name === 'vanish') props.hidden = isOn(attributes);
	else if (name === 'u') props.underline = !['none', '0', 'false'].includes(attribute(attributes, 'val') ?? 'single');
	else if (name === 'color') props.color = colourOfHex(attribute(attributes, 'val') ?? '');
	else if (name === 'rStyle') props.style = attribute(attributes, 'val') ?? '';
	else if (name === 'rFonts') props.font = attribute(attributes, 'ascii') ?? '';
	else if (name === 'ins' || name === 'moveTo') props.tracked = 'added';
	else if (name === 'del' || name === 'moveFrom') props.tracked = 'removed';
}

/** Reads an element inside `w:pPr` or its `w:numPr` into what a paragraph says. */
export function paraProperty(props: ParaProps, name: string, attributes: string): void {
	if (name === 'pStyle') props.style = attribute(attributes, 'val') ?? '';
	else if (name === 'numId') props.numbering = attribute(attributes, 'val') ?? '0';
	else if (name === 'ilvl') props.level = whole(attribute(attributes, 'val')) ?? 0;
	else if (name === 'outlineLvl') props.outline = whole(attribute(attributes, 'val')) ?? 9;
	else if (name === 'ind') {
		const left = whole(attribute(attributes, 'left') ?? attribute(attributes, 'start'));
		const hanging = whole(attribute(attributes, 'hanging'));
		const firstLine = whole(attribute(attributes, 'firstLine'));
		if (left !== null) props.left = left;
		if (hanging !== null) props.first = -hanging;
		else if (firstLine !== null) props.first = firstLine;
	}
}

function scanStyles(xml: string, styles: Map<string, Style>, defaults: RunProps): string | undefined {
	const names: string[] = [];
	let normal: string | undefined;
	let style: Style | null = null;
	let inDefaults = false;
	scan(
		xml,
		'the list of styles',
		{
			open(name, attributes) {
				const parent = names.at(-1);
				// Conditional formats of tables, and what a style looked like before, are not the style's own.
				const own = !names.some((above) => above === 'tblStylePr' || above.endsWith('Change'));
				if (name === 'docDefaults') inDefaults = true;
				if (name === 'style') {
					style = { name: '', base: null, run: {}, para: {} };
					const id = attribute(attributes, 'styleId') ?? '';
					styles.set(id, style);
					const isDefault = isOnText(attribute(attributes, 'default'));
					if (isDefault && attribute(attributes, 'type') === 'paragraph') normal = id;
				}
				if (style && parent === 'style' && name === 'name') style.name = attribute(attributes, 'val') ?? '';
				if (style && parent === 'style' && name === 'basedOn') style.base = attribute(attributes, 'val');
				if (own && parent === 'rPr') {
					if (style) runProperty(style.run, name, attributes);
					else if (inDefaults) runProperty(defaults, name, attributes);
				}
				if (own && style && (parent === 'pPr' || parent === 'numPr')) paraProperty(style.para, name, attributes);
				names.push(name);
			},
			close(name) {
				names.pop();
				if (name === 'style') style = null;
				if (name === 'docDefaults') inDefaults = false;
			},
			text: () => undefined,
		},
		MAX_NESTING,
	);
	return normal;
}

function isOn(attributes: string): boolean {
	const value = attribute(attributes, 'val');
	return value === null || isOnText(value);
}

function isOnText(value: string | null): boolean {
	return value !== null && !['0', 'false', 'off'].includes(value);
}

/** A whole number, at most a million either way; null for what is none. */
export function whole(value: string | null): number | null {
	return value !== null && /^-?\d{1,6}(\.\d+)?$/.test(value.trim()) ? Math.trunc(Number(value)) : null;
}

function first(...values: readonly (string | null | undefined)[]): string | null {
	return values.find((value) => value !== undefined) ?? null;
}
