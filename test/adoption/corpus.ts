import type { WrittenProvision } from '#adoption/word/suggest.ts';
import { COUNSEL } from '#library/export/outgoing.ts';
import { makeDocx } from '../library/docx.ts';

/** A Word file of counsel that is a trap, and what of it golden/NAME.txt must tell. */
export interface Trap {
	readonly name: string;
	readonly draft?: readonly WrittenProvision[];
	readonly parts: Readonly<Record<string, string>>;
	/** Authors of an export of ours. */
	readonly own?: readonly string[];
}

const provision = (id: string, number: string | null, heading: string | null, text: string): WrittenProvision => ({
	id,
	number,
	heading,
	text,
	asked: null,
	bookmark: id,
});

/** What most of the files are of. */
export const DRAFT: readonly WrittenProvision[] = [
	provision('p1', null, null, 'The council of Alder Falls finds that trust in public offices matters.'),
	provision('p2', 'Section 1.', 'Definitions.', ''),
	provision('p3', '(a)', null, 'Officer means a person who works for the city of Alder Falls.'),
	provision('p4', '(b)', null, 'Detainer means a request to hold a person for another office.'),
	provision('p5', 'Section 2.', 'Detainers.', 'No officer shall hold a person on the basis of a detainer alone.'),
	provision('p6', 'Section 3.', 'Reports.', 'The clerk shall report to the council each year.'),
];
const [P1, P2, P3, P4, P5, P6] = [
	'The council of Alder Falls finds that trust in public offices matters.',
	'Section 1.\tDefinitions.',
	'(a)\tOfficer means a person who works for the city of Alder Falls.',
	'(b)\tDetainer means a request to hold a person for another office.',
	'Section 2.\tDetainers. No officer shall hold a person on the basis of a detainer alone.',
	'Section 3.\tReports. The clerk shall report to the council each year.',
] as const;

const by = (author = 'Ada Counsel', date = '2026-11-20T09:30:00Z') => `w:id="7" w:author="${author}" w:date="${date}"`;
const t = (text: string, element = 't') =>
	text
		.split('\t')
		.map((part) => `<w:${element} xml:space="preserve">${part}</w:${element}>`)
		.join('<w:tab/>');
const r = (text: string, look = '') => `<w:r>${look && `<w:rPr>${look}</w:rPr>`}${t(text)}</w:r>`;
const ins = (text: string, who = by()) => `<w:ins ${who}>${r(text)}</w:ins>`;
const del = (text: string, who = by()) => `<w:del ${who}><w:r>${t(text, 'delText')}</w:r></w:del>`;
const p = (inner: string, mark = '', props = '') =>
	`<w:p>${mark || props ? `<w:pPr>${props}${mark && `<w:rPr>${mark}</w:rPr>`}</w:pPr>` : ''}${inner}</w:p>`;
const newMark = (who = by()) => `<w:ins ${who}/>`;
const struckMark = (who = by()) => `<w:del ${who}/>`;
const moveFrom = (name: string, inner: string) =>
	`<w:moveFromRangeStart ${by()} w:name="${name}"/><w:moveFrom ${by()}>${inner}</w:moveFrom><w:moveFromRangeEnd w:id="7"/>`;
const moveTo = (name: string, inner: string) =>
	`<w:moveToRangeStart ${by()} w:name="${name}"/><w:moveTo ${by()}>${inner}</w:moveTo><w:moveToRangeEnd w:id="7"/>`;
const from = (n: string) => `<w:commentRangeStart w:id="${n}"/>`;
const to = (n: string) => `<w:commentRangeEnd w:id="${n}"/><w:r><w:commentReference w:id="${n}"/></w:r>`;
const comment = (id: string, text: string, author = 'Ada Counsel') =>
	`<w:comment w:id="${id}" w:author="${author}" w:date="2026-11-20T09:31:00Z">${p(`<w:r><w:annotationRef/></w:r>${r(text)}`)}</w:comment>`;
const [BEN, CITY] = [
	by('Ben Clerk', '2026-11-21T17:00:00Z'),
	by('Office of the City Attorney', '2026-11-12T00:00:00Z'),
];
const NOTICE = '<w:pStyle w:val="N"/>';
const PAGE = '<w:pStyle w:val="P"/>';
const start = p(r(P1)) + p(r(P2)) + p(r(P3)) + p(r(P4));
const rest = p(r(P5)) + p(r(P6));

export const TRAPS: readonly Trap[] = [
	{ name: 'nothing', parts: { document: start + rest } },
	{
		name: 'insert',
		parts: {
			document: `${start}${p(r('Section 2.\tDetainers. No officer ') + ins('or agent ') + r('shall hold a person on the basis of a detainer alone') + ins(', however worded') + r('.'))}${p(r(P6))}`,
		},
	},
	{
		name: 'delete',
		parts: {
			document: `${start}${p(r('Section 2.\tDetainers. No officer shall hold a person') + del(' on the basis of a detainer alone') + r('.'))}${p(del(P6), struckMark())}`,
		},
	},
	{
		name: 'replace-over-heading-and-words',
		parts: {
			document: `${start}${p(r('Section 2.\t') + del('Detainers. No') + ins('Holds. An') + r(' officer shall ') + ins('not ') + r('hold a person on the basis of a detainer alone.'))}${p(del('Section 3.') + ins('Section 4.') + r('\tReports. The clerk shall report to the council each year.'))}`,
		},
	},
	{
		name: 'move-a-paragraph-and-change-it',
		parts: {
			document: `${p(r(P1))}${p(r(P2))}${p(moveFrom('move1', r(P3)), `<w:moveFrom ${by()}/>`)}${p(r(P4))}${p(moveTo('move1', r('(a)\tOfficer means a person who works for ') + del('the city of ') + r('Alder Falls') + ins(' or for its council') + r('.')), `<w:moveTo ${by()}/>`)}${rest}`,
		},
	},
	{
		name: 'move-a-paragraph',
		parts: {
			document: `${p(r(P1))}${p(r(P2))}${p(moveFrom('move1', r(P3)), `<w:moveFrom ${by()}/>`)}${p(r(P4))}${p(moveTo('move1', r(P3)), `<w:moveTo ${by()}/>`)}${rest}`,
		},
	},
	{
		name: 'move-a-paragraph-whose-end-is-new',
		parts: {
			document: `${p(r(P1))}${p(r(P2))}${p(moveFrom('move1', r(P3)), newMark())}${p(r('(b)\t'))}${p(moveTo('move1', r(P3)), `<w:moveTo ${by()}/>`)}${rest}`,
		},
	},
	{
		name: 'move-a-paragraph-into-a-divided-one',
		parts: {
			document: `${p(r(P1))}${p(r(P2))}${p(moveFrom('move1', r(P3)), `<w:moveFrom ${by()}/>`)}${p(r('(b)\tDetainer means a request'), newMark())}${p(moveTo('move1', r(P3)), `<w:moveTo ${by()}/>`)}${p(r(' to hold a person for another office.'))}${rest}`,
		},
	},
	{
		name: 'move-words',
		parts: {
			document: `${start}${p(r('Section 2.\tDetainers. No officer shall hold a person') + moveFrom('move1', r(' on the basis of a detainer alone')) + r('.'))}${p(r('Section 3.\tReports. The clerk shall report to the council') + moveTo('move1', r(' on the basis of a detainer alone')) + r(' each year.'))}`,
		},
	},
	{
		name: 'paragraph-marks',
		parts: {
			document: `${p(r(P1))}${p(r(P2))}${p(r(P3), newMark())}${p(ins('(aa)\tAgent means a person who acts for an officer.'), newMark(BEN))}${p(ins('(ab)\tOffice means a department.', BEN))}${p(r('(b)\tDetainer means a request'), newMark())}${p(r(' to hold a person for another office.'))}${p(r(P5), struckMark())}${p(r(P6))}`,
		},
	},
	{
		name: 'entered-before-the-first',
		parts: { document: `${p(ins('An ordinance of trust.'), newMark())}${start}${rest}` },
	},
	{
		name: 'struck-over-an-end',
		parts: {
			document: `${start}${p(r('Section 2.\tDetainers. No officer shall hold a person') + del(' on the basis of a detainer alone.'), struckMark())}${p(del('Section 3.\tReports. The') + r(' clerk shall report to the council each year.'))}`,
		},
	},
	{
		name: 'tables',
		draft: [...DRAFT, provision('p7', null, null, 'Office\tDays'), provision('p8', null, null, 'Clerk\t30')],
		parts: {
			document: `${start}${rest}<w:tbl><w:tblPr/><w:tr><w:tc>${p(r('Office'))}</w:tc><w:tc>${p(r('Days'))}</w:tc></w:tr><w:tr><w:tc>${p(r('Clerk'))}</w:tc><w:tc>${p(del('30') + ins('45'))}</w:tc></w:tr><w:tr><w:trPr><w:ins ${BEN}/></w:trPr><w:tc>${p(ins('Police', BEN))}</w:tc><w:tc>${p(ins('10', BEN))}</w:tc></w:tr></w:tbl>`,
		},
	},
	{
		name: 'a-row-struck-and-a-table-in-a-cell',
		draft: [...DRAFT, provision('p7', null, null, 'Office\tDays'), provision('p8', null, null, 'Clerk\t30')],
		parts: {
			document: `${start}${rest}<w:tbl><w:tr><w:tc>${p(r('Office'))}</w:tc><w:tc>${p(r('Days'))}</w:tc></w:tr><w:tr><w:trPr><w:del ${by()}/></w:trPr><w:tc>${p(del('Clerk'))}</w:tc><w:tc>${p(del('30'))}</w:tc></w:tr><w:tr><w:tc>${p(ins('inner'))}<w:tbl><w:tr><w:tc>${p(ins('one'))}</w:tc><w:tc>${p(ins('two'))}</w:tc></w:tr></w:tbl></w:tc><w:tc>${p(ins('outer'))}</w:tc></w:tr></w:tbl>`,
		},
	},
	{
		name: 'nested',
		parts: {
			document: `${start}${p(`${r('Section 2.\tDetainers. No officer ')}<w:ins ${by()}>${r('or agent ')}<w:del ${BEN}><w:r>${t('or contractor ', 'delText')}</w:r></w:del></w:ins>${r('shall hold a person on the basis of a detainer alone.')}`)}${p(`<w:ins ${by()}><w:del ${BEN}><w:r>${t('A paragraph that came and went.', 'delText')}</w:r></w:del></w:ins>`, newMark() + struckMark(BEN))}${p(r(P6))}`,
		},
	},
	{
		name: 'several-authors-in-one-phrase',
		parts: {
			document: `${start}${p(r('Section 2.\tDetainers. No officer shall ') + del('hold') + ins('detain') + del(' a person', BEN) + ins(' anybody', BEN) + ins(' at all') + r(' on the basis of a detainer alone.'))}${p(del('Section 3.\tReports. The clerk shall') + del(' report to the council each year.', BEN), struckMark(BEN))}`,
		},
	},
	{
		name: 'comments',
		parts: {
			document: `${p(from('0') + r(P1) + to('0'))}${p(r(P2))}${p(`${r('(a)\tOfficer means ')}${from('1')}${r('a person')}${to('1')}${from('2')}${r(' who works')}${to('2')}${r(' for the city of Alder Falls.')}`)}${p(r(P4))}${p(r('Section 2.\tDetainers. No officer shall hold a person') + from('3') + del(' on the basis of a detainer alone') + to('3') + r('.'))}${p(`${r('Section 3.\t')}<w:r><w:commentReference w:id="4"/></w:r>${r('Reports. The clerk shall report to the council each year.')}`)}${p(from('5') + ins('Section 4.\tIt begins at once.') + to('5'), newMark())}`,
			comments: `${comment('0', 'Why the council?')}${comment('1', 'Too wide.')}${comment('2', 'Agreed &amp; noted.', 'Ben Clerk')}${comment('3', 'Struck, see our letter.')}${comment('4', 'To whom?')}${comment('5', 'New.')}${comment('6', 'On nothing.')}`,
		},
	},
	{
		name: 'comment-over-several-paragraphs',
		parts: {
			document: `${p(r(P1))}${p(r(P2))}${p(r('(a)\tOfficer means a person who works for the city ') + from('0') + r('of Alder Falls.'))}${p(r('(b)\tDetainer') + to('0') + r(' means a request to hold a person for another office.'))}${rest}`,
			comments: comment('0', 'Both.'),
		},
	},
	{
		name: 'untracked-without-bookmarks',
		parts: {
			document: `${p(r(P1))}${p(r('Section 1. Definitions. (a) Officer means a person who works for the city of Alder Falls.'))}${p(r('(b) Detainer means a request to keep a person for another office.'))}${p(r('Section 2. Detainers.'))}${p(r('No officer shall hold a person on the basis of a detainer alone.'))}${p(r('Section 3. Costs. The city pays what this costs.'))}`,
		},
	},
	{
		name: 'untracked-order-and-tracked-words',
		parts: {
			document: `${p(r(P1))}${p(r(P6))}${p(r(P2))}${p(r(P3))}${p(r(P4))}${p(r('Section 2.\tDetainers. No officer shall ') + ins('ever ') + r('detain a person on the basis of a detainer alone.'))}`,
		},
	},
	{
		name: 'numbers-that-word-counts',
		parts: {
			document: `${p(r(P1))}${p(r('Definitions.'), '', num(0))}${p(r('Officer means a person who works for the city of Alder Falls.'), '', num(1))}${p(ins('Agent means a person who acts for an officer.'), newMark(), num(1))}${p(r('Detainer means a request to hold a person for another office.'), '', num(1))}${p(r('Detainers. No officer shall hold a person on the basis of a detainer alone.'), '', num(0))}${p(r('Reports. The clerk shall report to the council each year.'), '', num(0))}`,
			numbering: `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Section %1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`,
		},
	},
	{
		name: 'what-has-no-place',
		parts: {
			document: `${start}${p(`${r('Section 2.\tDetainers. No officer shall hold a person on the basis of a detainer alone.')}${r(' Hidden remark.', '<w:vanish/>')}<w:r><w:footnoteReference w:id="2"/></w:r>`)}${p(r(P6) + del(' Words that the draft never had.'))}${p(`<w:r><w:pict><v:shape><v:textbox><w:txbxContent>${p(ins('In a box.'))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>`)}`,
			footnotes: `<w:footnote w:id="2">${p(r('See ') + ins('also ') + r('the charter.'))}</w:footnote>`,
			header: p(r('Privileged') + ins(' and confidential')),
		},
	},
	{
		name: 'looks-alone',
		parts: {
			document: `${start}${p(`${r('Section 2.\t')}<w:r><w:rPr><w:b/><w:rPrChange ${by()}><w:rPr/></w:rPrChange></w:rPr>${t('Detainers.')}</w:r>${r(' No officer shall hold a person on the basis of a detainer alone.')}`, '', `<w:jc w:val="both"/><w:pPrChange ${by()}><w:pPr/></w:pPrChange>`)}${p(r('Section 3. Reports. ') + r('The clerk  shall report to the council each year.'))}`,
		},
	},
	{
		name: 'changes-of-our-own-file',
		own: ['Office of the City Attorney'],
		parts: {
			document: `${p(r('The council of ') + del('Model City', CITY) + ins('Alder Falls', CITY) + r(' finds that trust in public offices matters.'))}${p(r(P2))}${p(r(P3))}${p(del('(z)\tModel words that are gone.', CITY), struckMark(CITY))}${p(`<w:ins ${CITY}>${r('(b)\tDetainer means a request to hold ')}<w:del ${by()}><w:r>${t('a person', 'delText')}</w:r></w:del>${r(' for another office.')}</w:ins>`, newMark(CITY))}${p(r(P5))}${p(r('Section 3.\tReports. The clerk shall report to the council each ') + del('year') + ins('month') + r('.'))}`,
		},
	},
	{
		name: 'another-text',
		parts: {
			document: [
				'A lease of a garage.',
				'The tenant pays on the first.',
				'Dogs are allowed.',
				'Cats are not.',
				'Signed.',
				'',
			]
				.map((line) => p(r(line)))
				.join(''),
		},
	},
	{
		name: 'our-head',
		parts: {
			styles:
				'<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Library title"/></w:style><w:style w:type="paragraph" w:styleId="N"><w:name w:val="Library notice"/></w:style>',
			document: `${p(r('Trust in ') + del('the City') + ins('Alder Falls'), '', '<w:pStyle w:val="T"/>')}${p(from('0') + r('Draft. Not adopted, and not law.') + to('0'), '', '<w:pStyle w:val="N"/>')}${start}${rest}`,
			comments: comment('0', 'Say which.'),
		},
	},
	{
		name: 'typed-in-the-style-of-our-notices',
		parts: {
			styles: '<w:style w:type="paragraph" w:styleId="N"><w:name w:val="Library notice"/></w:style>',
			document: `${p(r('Draft. Not adopted, and not law.'), '', NOTICE)}${p(r('Place: Alder Falls'), '', NOTICE)}${p(r('WHEREAS, this was typed without tracking; and'), '', NOTICE)}${start}${rest}${p(r('End of the text.'), '', NOTICE)}`,
		},
	},
	{
		name: 'our-footer-and-a-header-of-others',
		parts: {
			styles:
				'<w:style w:type="paragraph" w:styleId="N"><w:name w:val="Library notice"/></w:style><w:style w:type="paragraph" w:styleId="P"><w:name w:val="Library page number"/></w:style>',
			document: `${p(r('Draft. Not adopted, and not law.'), '', NOTICE)}${p(r(COUNSEL.en), '', NOTICE)}${p(r('Place: Alder Falls'), '', NOTICE)}${start}${rest}`,
			header: p(r(`Privileged: ${'attorney and client alone, '.repeat(12)}`)),
			footer: `${p(r(`Draft. Not adopted, and not law. ${COUNSEL.en}`), '', NOTICE)}${p(r('Draft. Not adopted, and not law. File 12.'), '', NOTICE)}${p(r('Page 1 of 3'), '', PAGE)}`,
		},
	},
];

function num(level: number): string {
	return `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="1"/></w:numPr>`;
}

export function trapFile({ parts }: Trap): Uint8Array {
	return makeDocx(parts);
}
