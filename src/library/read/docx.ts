import { Unreadable } from '#kernel/unreadable.ts';
import { attribute, scan } from '#kernel/xml.ts';
import type { Blocks } from './block.ts';
import { readNumbering } from './docx-number.ts';
import { MAX_NESTING, openPackage, type Package } from './docx-package.ts';
import { type Reading, readStory, text } from './docx-story.ts';
import { readStyles } from './docx-style.ts';
import { gatherer } from './gather.ts';
import { type InsideGatherer, insideGatherer } from './inside.ts';

/**
 * Reads a Word file (ECMA-376, WordprocessingML) in one pass: what is shown as blocks with their look and the labels
 * that Word would print; tracked changes told apart, never carried out. Throws Unreadable for what is damaged, beyond
 * the bounds or made to harm.
 */
export function readDocx(bytes: Uint8Array): Blocks {
	const zip = openPackage(bytes);
	const root = zip.related('').find(({ type }) => type === 'officeDocument')?.target ?? 'word/document.xml';
	const xml = zip.part(root);
	if (xml === null) {
		throw new Unreadable(
			'damaged',
			'The Word file is damaged: its text is missing. Open it in Word and save it again.',
		);
	}
	const relations = zip.related(root);
	const one = (type: string): string | null => {
		const target = relations.find((relation) => relation.type === type && !relation.outside)?.target;
		return target === undefined ? null : zip.part(target);
	};
	const reading: Reading = {
		styles: readStyles(one('styles')),
		numbering: readNumbering(one('numbering')),
		inside: insideGatherer(),
		out: gatherer(),
		notes: new Map(),
		counted: new Map(),
	};
	for (const type of ['footnotes', 'endnotes', 'comments']) {
		const part = one(type);
		if (part !== null) readStory(part, `the part with the ${type}`, reading, false);
	}
	readStory(xml, 'the text', reading, true);
	for (const { type, target, outside } of relations) {
		if ((type === 'header' || type === 'footer') && !outside) furniture(zip.part(target), reading);
	}
	reportParts(zip, reading);
	properties(zip, reading.inside);
	for (const relation of zip.related('word/settings.xml')) {
		if (relation.type === 'attachedTemplate') reading.inside.property('template', relation.target);
	}
	const inside = reading.inside.inside;
	if (inside.revisions > 0)
		reading.out.problem('tracked_changes', `The file holds ${inside.revisions} tracked changes.`);
	return { format: 'docx', blocks: reading.out.blocks, inside, problems: reading.out.problems };
}

function furniture(xml: string | null, reading: Reading): void {
	if (xml === null) return;
	const words = text(readStory(xml, 'a header or footer', reading, false))
		.replace(/\s+/g, ' ')
		.trim();
	const known = reading.out.problems.some(({ code, detail }) => code === 'page_furniture' && detail === words);
	if (/\p{L}/u.test(words) && !known) reading.out.problem('page_furniture', words.slice(0, 200));
}

function reportParts(zip: Package, { out }: Reading): void {
	const embedded = zip.names.filter((name) => /^word\/(embeddings|activex)\/|vbaproject\.bin$/.test(name));
	if (embedded.length > 0)
		out.problem('embedded_part', `Parts of other programs are inside: ${embedded.slice(0, 5).join(', ')}.`);
}

/** What docProps says of where the file comes from, and who wrote in it. */
function properties(zip: Package, inside: InsideGatherer): void {
	for (const path of ['docProps/core.xml', 'docProps/app.xml', 'docProps/custom.xml', 'word/people.xml']) {
		const xml = zip.part(path);
		if (xml !== null) scanProperties(xml, inside);
	}
}

const PROPERTIES: ReadonlyMap<string, string> = new Map(
	Object.entries({
		title: 'title',
		subject: 'subject',
		creator: 'author',
		lastModifiedBy: 'last saved by',
		Manager: 'manager',
		Company: 'company',
		Template: 'template',
		Application: 'program',
		category: 'category',
		keywords: 'keywords',
		description: 'comment',
		created: 'created',
		modified: 'saved',
		lastPrinted: 'printed',
		revision: 'times saved',
		HyperlinkBase: 'link base',
	}),
);
const PEOPLE = ['creator', 'lastModifiedBy', 'Manager'];

function scanProperties(xml: string, inside: InsideGatherer): void {
	let open = '';
	let custom: string | null = null;
	let words = '';
	scan(
		xml,
		'a list of properties',
		{
			open(name, attributes) {
				open = name;
				words = '';
				if (name === 'property') custom = attribute(attributes, 'name');
				if (name === 'person') inside.author(attribute(attributes, 'author'));
			},
			close(name) {
				const known = PROPERTIES.get(name);
				if (name === open && known !== undefined) inside.property(known, words);
				else if (name === open && custom !== null) inside.property(custom, words);
				if (name === open && PEOPLE.includes(name)) inside.author(words);
				if (name === 'property') custom = null;
			},
			text(value) {
				words += value;
			},
		},
		MAX_NESTING,
	);
}
