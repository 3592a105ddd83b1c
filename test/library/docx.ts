import { strToU8, zipSync } from 'fflate';

const W =
	'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="m" xmlns:wps="s" xmlns:v="v" xmlns:w14="w14"';
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const ROOTS: Readonly<Record<string, string>> = {
	document: 'document',
	styles: 'styles',
	numbering: 'numbering',
	footnotes: 'footnotes',
	endnotes: 'endnotes',
	comments: 'comments',
	header: 'hdr',
	footer: 'ftr',
};

/**
 * A Word file from what stands inside the root of each of its parts: `document` (inside `w:body`), `styles`,
 * `numbering`, `footnotes`, `endnotes`, `comments`, `header`, `footer`; `core`, `app` as property lists. A part that
 * begins with `<?xml` is taken as it is.
 */
export function makeDocx(parts: Readonly<Record<string, string>>): Uint8Array {
	const files: Record<string, Uint8Array> = {
		'[Content_Types].xml': strToU8('<Types/>'),
		'_rels/.rels': strToU8(
			`<Relationships><Relationship Id="r" Type="${RELATION}/officeDocument" Target="word/document.xml"/></Relationships>`,
		),
	};
	const relations: string[] = [];
	for (const [name, words] of Object.entries(parts)) {
		if (name === 'core' || name === 'app') {
			files[`docProps/${name}.xml`] = strToU8(`<p xmlns:dc="dc" xmlns:cp="cp" xmlns:dcterms="t">${words}</p>`);
			continue;
		}
		const root = ROOTS[name] ?? name;
		const inner = name === 'document' ? `<w:body>${words}</w:body>` : words;
		files[`word/${name}.xml`] = strToU8(words.startsWith('<?xml') ? words : `<w:${root} ${W}>${inner}</w:${root}>`);
		if (name !== 'document')
			relations.push(`<Relationship Id="${name}" Type="${RELATION}/${name}" Target="${name}.xml"/>`);
	}
	files['word/_rels/document.xml.rels'] = strToU8(`<Relationships>${relations.join('')}</Relationships>`);
	return zipSync(files, { mtime: new Date('2026-01-01T00:00:00Z') });
}
