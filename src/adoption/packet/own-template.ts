import { type Speech, speech } from '#i18n/message.ts';
import { escaped } from '#library/export/markup.ts';
import { type Act, actOf, decidedLine, deciderOf, namesItself } from '../act.ts';
import type { Answers } from '../answer.ts';
import { DECLARED } from './bare.ts';
import { BLOCK_FIELDS, type BlockField, type Field, written } from './field.ts';
import { packed } from './template.ts';

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

/** What a template of ours is for. */
export interface Deciding {
	readonly act: Act;
	/** Who decides on it is taken from here. */
	readonly answers: Answers;
	/** As the clerk said it for the packet. */
	readonly number: string;
	/** What is in it: a part that is left out has no page with its heading. */
	readonly parts: readonly BlockField[];
}

/** Parts with a heading on a page of their own, in their order. */
const PAGES = ['summary', 'fiscal', 'redline', 'sources'] as const satisfies readonly BlockField[];

const ORDINARY: Deciding = { act: actOf('ordinance'), answers: {}, number: '', parts: BLOCK_FIELDS };

/** A template of ours, to be used as it is or downloaded and changed. The same language and the same decision give the same bytes. */
export function ownTemplate(language: 'en' | 'es', decided = ORDINARY): Uint8Array {
	const t = speech(language);
	const field = (one: Field) => written(one, language);
	const { name, way } = decided.act;
	const number = field('number');
	const headed = (one: (typeof PAGES)[number]) => [
		paragraph('Heading1', t.say(`packet.part.${one}`), '<w:pageBreakBefore/>'),
		paragraph('BodyText', field(one)),
	];
	const body = [
		paragraph('Heading1', namesItself(decided.number) ? number : t.say(`act.${name}.number`, { number })),
		paragraph('Title', field('title')),
		paragraph('BodyText', t.say(`packet.${way}.own.sponsor`, { sponsor: field('sponsor'), date: field('date') })),
		paragraph('BodyText', field('recitals')),
		paragraph('BodyText', field('enacting'), '<w:keepNext/>'),
		paragraph('BodyText', field('text')),
		signatures(decided, t),
		...PAGES.filter((part) => decided.parts.includes(part)).flatMap(headed),
	];
	return packed(
		new Map([
			['[Content_Types].xml', CONTENT_TYPES],
			['_rels/.rels', relations([['officeDocument', 'word/document.xml']])],
			[
				'word/document.xml',
				`${DECLARED}<w:document xmlns:w="${W}" xmlns:r="${OFFICE}"><w:body>${body.join('')}${PAGE}</w:body></w:document>`,
			],
			[
				'word/_rels/document.xml.rels',
				relations([
					['styles', 'styles.xml'],
					['header', 'header.xml'],
					['footer', 'footer.xml'],
				]),
			],
			['word/styles.xml', styles(language)],
			[
				'word/header.xml',
				`${DECLARED}<w:hdr xmlns:w="${W}">${paragraph('Header', `${field('city')}\t${field('date')}`)}</w:hdr>`,
			],
			['word/footer.xml', `${DECLARED}<w:ftr xmlns:w="${W}">${footer(t)}</w:ftr>`],
		]),
	);
}

function paragraph(style: string, words: string, shape = ''): string {
	return `<w:p><w:pPr><w:pStyle w:val="${style}"/>${shape}</w:pPr>${run(words)}</w:p>`;
}

function run(words: string): string {
	const inner = words
		.split(/(\t)/)
		.map((part) => (part === '\t' ? '<w:tab/>' : `<w:t xml:space="preserve">${escaped(part)}</w:t>`));
	return `<w:r>${inner.join('')}</w:r>`;
}

/** Who decided and when, and lines to sign on, which stay on one page. */
function signatures({ act, answers }: Deciding, t: Speech): string {
	const cell = (words: string) =>
		`<w:tc><w:tcPr><w:tcW w:w="4536" w:type="dxa"/></w:tcPr>${paragraph('Signature', `\n${words}`.trim())}</w:tc>`;
	const line = `<w:tblBorders><w:top w:val="none"/><w:insideH w:val="none"/></w:tblBorders>`;
	const by = plain(deciderOf(act, answers, t));
	const passed = paragraph('BodyText', plain(decidedLine(act, answers, t)), '<w:keepNext/><w:spacing w:before="480"/>');
	const cells = [
		act.way === 'voted' ? t.say('act.presiding') : by,
		...(act.attested ? [t.say('act.attest', { clerk: plain(answers.clerk || t.say('act.clerk')) })] : []),
	];
	const grid = '<w:gridCol w:w="4536"/>'.repeat(cells.length);
	return `${passed}<w:tbl><w:tblPr><w:tblW w:w="${4536 * cells.length}" w:type="dxa"/>${line}</w:tblPr><w:tblGrid>${grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>${cells.map(cell).join('')}</w:tr></w:tbl>`;
}

/** Words of a city, in which no field is looked for. */
function plain(words: string): string {
	return words.replaceAll(/[{}]/g, '');
}

function footer(t: Speech): string {
	const page = (code: string) => `<w:fldSimple w:instr=" ${code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>`;
	const [before = '', between = '', after = ''] = t.say('packet.own.page', { page: '\0', of: '\0' }).split('\0');
	return `<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>${run(before)}${page('PAGE')}${run(between)}${page('NUMPAGES')}${run(after)}</w:p>`;
}

function styles(language: string): string {
	const style = (id: string, shape: string, look: string) =>
		`<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${id}"/><w:basedOn w:val="Normal"/><w:pPr>${shape}</w:pPr><w:rPr>${look}</w:rPr></w:style>`;
	const font = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>';
	return `${DECLARED}<w:styles xmlns:w="${W}"><w:docDefaults><w:rPrDefault><w:rPr>${font}<w:sz w:val="24"/><w:lang w:val="${language}-US"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="140" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>${style('BodyText', '', '')}${style('Title', '<w:spacing w:after="280"/><w:jc w:val="center"/>', '<w:b/><w:sz w:val="28"/>')}${style('Heading1', '<w:keepNext/><w:spacing w:after="200"/><w:jc w:val="center"/><w:outlineLvl w:val="0"/>', '<w:b/><w:caps/>')}${style('Signature', '<w:keepLines/><w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="000000"/></w:pBdr><w:spacing w:before="960"/><w:ind w:right="720"/>', '')}${style('Header', '<w:tabs><w:tab w:val="right" w:pos="9360"/></w:tabs>', '<w:sz w:val="20"/>')}${style('Footer', '<w:jc w:val="center"/>', '<w:sz w:val="20"/>')}</w:styles>`;
}

const PAGE = `<w:sectPr><w:headerReference w:type="default" r:id="r2"/><w:footerReference w:type="default" r:id="r3"/><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>`;

const CONTENT_TYPES = `${DECLARED}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${TYPES}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${TYPES}.styles+xml"/><Override PartName="/word/header.xml" ContentType="${TYPES}.header+xml"/><Override PartName="/word/footer.xml" ContentType="${TYPES}.footer+xml"/></Types>`;

function relations(targets: readonly (readonly [string, string])[]): string {
	const made = targets.map(
		([type, target], at) => `<Relationship Id="r${at + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`,
	);
	return `${DECLARED}<Relationships xmlns="${PACKAGE}/relationships">${made.join('')}</Relationships>`;
}
