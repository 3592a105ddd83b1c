import { deflateSync } from 'node:zlib';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { scan } from '#kernel/xml.ts';

const W =
	'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:v="urn:schemas-microsoft-com:vml"';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPES = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Whoever made the template, as it stands all over it; in nothing that a page shows. */
export const PLANTED = 'Dolores Plantada';
export const PLANTED_PATH = 'C:\\Users\\dplantada\\Templates';

/** A paragraph of a style, of runs that Word cut at will. */
export function p(style: string, ...runs: readonly string[]): string {
	const made = runs.map((text) => (text.startsWith('<') ? text : r(text)));
	return `<w:p w:rsidR="00A1B2C3" w14:paraId="1A2B3C4D"><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${made.join('')}</w:p>`;
}

export function r(text: string, look = ''): string {
	return `<w:r w:rsidRPr="00D4E5F6">${look === '' ? '' : `<w:rPr>${look}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;
}

/** A template of paragraphs and nothing else; `more` are parts beside it, by their path. */
export function templateOf(body: string, more: Readonly<Record<string, string | Uint8Array>> = {}): Uint8Array {
	const files: Record<string, string | Uint8Array> = {
		'[Content_Types].xml': `${DECLARED}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="bin" ContentType="application/octet-stream"/><Override PartName="/word/document.xml" ContentType="${TYPES}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${TYPES}.styles+xml"/><Override PartName="/word/settings.xml" ContentType="${TYPES}.settings+xml"/><Override PartName="/word/header1.xml" ContentType="${TYPES}.header+xml"/><Override PartName="/word/footer1.xml" ContentType="${TYPES}.footer+xml"/><Override PartName="/word/comments.xml" ContentType="${TYPES}.comments+xml"/></Types>`,
		'_rels/.rels': rels([['officeDocument', 'word/document.xml']]),
		'word/document.xml': `${DECLARED}<w:document ${W}><w:body>${body}<w:sectPr><w:pgSz w:w="12240" w:h="15840"/></w:sectPr></w:body></w:document>`,
		...more,
	};
	return zipSync(
		Object.fromEntries(
			Object.entries(files).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part]),
		),
	);
}

export function rels(targets: readonly (readonly [type: string, target: string, outside?: true])[]): string {
	const made = targets.map(
		([type, target, outside], at) =>
			`<Relationship Id="rId${at + 1}" Type="${OFFICE}/${type}" Target="${target}"${outside ? ' TargetMode="External"' : ''}/>`,
	);
	return `${DECLARED}<Relationships xmlns="${PACKAGE}/relationships">${made.join('')}</Relationships>`;
}

/** A template as a clerk of thirty years keeps it: a seal in the header, numbered lines, a caption in a frame, fields cut into runs, and all that Word keeps of its makers. */
export function uglyTemplate(): Uint8Array {
	const drawing = `<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="685800" cy="685800"/><wp:docPr id="1" name="Picture 1" descr="${PLANTED_PATH}\\seal.png"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="${PLANTED_PATH}\\seal.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="685800" cy="685800"/></a:xfrm><a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>`;
	const caption = `<w:p><w:r><w:pict><v:shape style="position:absolute;margin-left:330pt;margin-top:0;width:140pt;height:44pt" href="file:///${PLANTED_PATH}"><v:textbox><w:txbxContent>${p('Caption', 'File No. ', '{num', 'ber}')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>`;
	const commented = `<w:commentRangeStart w:id="0"/>${r('City of ')}${r('{ci')}${r('ty}', '<w:b/>')}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>`;
	const cell = (words: string) => `<w:tc><w:tcPr><w:tcW w:w="4500" w:type="dxa"/></w:tcPr>${p('Normal', words)}</w:tc>`;
	const body = [
		caption,
		p('Heading1', 'AGENDA ITEM'),
		p('Heading1', commented),
		p('Ordinance', 'ORDINANCE NO. ', '{', 'ordinance', ' number', '}', ', ', '{Date}'),
		p('Caps', '{ti', 'tle', '}'),
		`<w:p><w:pPr><w:pStyle w:val="Body"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>${r('{Recitals}')}</w:p>`,
		p('Body', 'NOW, THEREFORE, BE IT ORDAINED BY THE CITY COUNCIL OF ', '{city}', ':'),
		p('Body', `<w:bookmarkStart w:id="7" w:name="body"/>${r('{te')}${r('xt}')}<w:bookmarkEnd w:id="7"/>`),
		p('Heading1', 'PASSED AND APPROVED'),
		`<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/><w:tblBorders><w:top w:val="double" w:sz="6"/><w:bottom w:val="double" w:sz="6"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders></w:tblPr><w:tblGrid><w:gridCol w:w="4500"/><w:gridCol w:w="4500"/></w:tblGrid><w:tr>${cell('______________________ Mayor')}${cell('______________________ City Clerk')}</w:tr></w:tbl>`,
		`<w:p><w:pPr><w:pStyle w:val="Body"/><w:sectPr><w:pgSz w:w="12240" w:h="15840"/><w:lnNumType w:countBy="1"/></w:sectPr></w:pPr></w:p>`,
		p('Heading1', 'PLAIN-LANGUAGE SUMMARY'),
		`<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/><w:tblBorders><w:top w:val="single" w:sz="4"/><w:left w:val="single" w:sz="4"/><w:bottom w:val="single" w:sz="4"/><w:right w:val="single" w:sz="4"/></w:tblBorders></w:tblPr><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w="9000" w:type="dxa"/></w:tcPr>${p('Small', '{summary}')}</w:tc></w:tr></w:tbl>`,
		p('Heading1', 'LEGISLATIVE DRAFT'),
		p('Body', '{redline}'),
		p('Small', `<w:hyperlink r:id="rId4" w:tooltip="${PLANTED}">${r('Clerk’s office')}</w:hyperlink>`),
		`<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden by ${PLANTED}</w:t></w:r></w:p>`,
	].join('');
	const style = (id: string, shape: string, look: string) =>
		`<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${id}"/><w:basedOn w:val="Normal"/><w:rsid w:val="00A1B2C3"/><w:pPr>${shape}</w:pPr><w:rPr>${look}</w:rPr></w:style>`;
	return templateOf('', {
		'word/document.xml': `${DECLARED}<!-- ${PLANTED} --><w:document ${W}><w:body>${body}<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="2200" w:right="1080" w:bottom="1440" w:left="1800" w:header="500" w:footer="500" w:gutter="0"/><w:lnNumType w:countBy="1"/></w:sectPr></w:body></w:document>`,
		'word/_rels/document.xml.rels': rels([
			['styles', 'styles.xml'],
			['header', 'header1.xml'],
			['footer', 'footer1.xml'],
			['hyperlink', 'https://clerk.example/dplantada', true],
			['settings', 'settings.xml'],
			['comments', 'comments.xml'],
			['customXml', '../customXml/item1.xml'],
		]),
		'word/styles.xml': `${DECLARED}<w:styles ${W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>${style('Body', '<w:spacing w:after="200" w:line="480" w:lineRule="auto"/><w:ind w:left="360" w:firstLine="720"/><w:jc w:val="both"/>', '')}${style('Heading1', '<w:keepNext/><w:spacing w:before="240" w:after="240"/><w:jc w:val="center"/>', '<w:b/><w:u w:val="single"/>')}${style('Ordinance', '<w:jc w:val="right"/>', '<w:b/>')}${style('Caps', '<w:spacing w:before="240" w:after="240"/><w:ind w:left="1440" w:right="1440"/><w:jc w:val="both"/>', '<w:caps/><w:b/>')}${style('Caption', '<w:jc w:val="right"/>', '<w:sz w:val="18"/>')}${style('Small', '', '<w:sz w:val="18"/>')}</w:styles>`,
		'word/settings.xml': `${DECLARED}<w:settings ${W}><w:attachedTemplate r:id="rId1"/><w:rsids><w:rsidRoot w:val="00A1B2C3"/></w:rsids><w:docVars><w:docVar w:name="clerk" w:val="${PLANTED}"/></w:docVars><w14:docId w14:val="1A2B3C4D"/></w:settings>`,
		'word/_rels/settings.xml.rels': rels([['attachedTemplate', `file:///${PLANTED_PATH}\\ordinance.dotx`, true]]),
		'word/header1.xml': `${DECLARED}<w:hdr ${W}><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r>${drawing}</w:r></w:p>${p('Small', 'CITY OF ', '{CITY}', ' — OFFICE OF THE CLERK')}</w:hdr>`,
		'word/_rels/header1.xml.rels': rels([['image', 'media/seal.png']]),
		'word/footer1.xml': `${DECLARED}<w:ftr ${W}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>${r('Page ')}<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PA</w:instrText></w:r><w:r><w:instrText>GE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>`,
		'word/comments.xml': `${DECLARED}<w:comments ${W}><w:comment w:id="0" w:author="${PLANTED}"><w:p><w:r><w:t>Ask ${PLANTED}</w:t></w:r></w:p></w:comment></w:comments>`,
		'word/media/seal.png': seal(),
		'docProps/core.xml': `${DECLARED}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>${PLANTED}</dc:creator><cp:lastModifiedBy>${PLANTED}</cp:lastModifiedBy></cp:coreProperties>`,
		'docProps/app.xml': `${DECLARED}<Properties><Company>${PLANTED}</Company></Properties>`,
		'customXml/item1.xml': `${DECLARED}<clerk>${PLANTED}</clerk>`,
	});
}

/** A disk of 64 by 64, with the name of who drew it in the file. */
function seal(): Uint8Array {
	const side = 64;
	const rows = Array.from({ length: side }, (_, y) => [
		0,
		...Array.from({ length: side }, (_, x) =>
			Math.hypot(x - 31.5, y - 31.5) < 30 ? (Math.hypot(x - 31.5, y - 31.5) < 24 ? 230 : 60) : 255,
		),
	]);
	const head = new Uint8Array(13);
	new DataView(head.buffer).setUint32(0, side);
	new DataView(head.buffer).setUint32(4, side);
	head.set([8, 0, 0, 0, 0], 8);
	const chunks = [
		chunk('IHDR', head),
		chunk('tEXt', strToU8(`Author\0${PLANTED}`)),
		chunk('IDAT', deflateSync(Uint8Array.from(rows.flat()))),
		chunk('IEND', new Uint8Array()),
	];
	return Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...chunks.flatMap((one) => [...one])]);
}

function chunk(name: string, data: Uint8Array): Uint8Array {
	const made = new Uint8Array(data.length + 12);
	const view = new DataView(made.buffer);
	view.setUint32(0, data.length);
	made.set(strToU8(name), 4);
	made.set(data, 8);
	let crc = -1;
	for (const byte of made.subarray(4, data.length + 8)) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
	}
	view.setUint32(data.length + 8, ~crc >>> 0);
	return made;
}

/** Every part of a Word file that is text, by its path. */
export function textsOf(bytes: Uint8Array): ReadonlyMap<string, string> {
	return new Map(
		Object.entries(unzipSync(bytes)).map(([name, part]) => [name, Buffer.from(part).toString('latin1')] as const),
	);
}

/** Words of the text, a paragraph a line. */
export function wordsOf(bytes: Uint8Array, part = 'word/document.xml'): readonly string[] {
	const xml = new TextDecoder().decode(unzipSync(bytes)[part]);
	const lines: string[] = [];
	let [line, inside] = ['', false];
	scan(
		xml,
		part,
		{
			open(name) {
				inside = name === 't';
			},
			text(words) {
				if (inside) line += words;
			},
			close(name) {
				if (name === 't') inside = false;
				if (name !== 'p') return;
				lines.push(line);
				line = '';
			},
		},
		300,
	);
	return lines;
}
