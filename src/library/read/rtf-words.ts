/** What collects the words of an RTF destination. */
export type SinkKind =
	| 'body'
	| 'note'
	| 'comment'
	| 'furniture'
	| 'box'
	| 'label'
	| 'author'
	| 'authors'
	| 'property'
	| 'fonts'
	| 'colours'
	| 'styles'
	| 'instruction'
	| 'skip';

/** How a property is called in `Inside.properties`. */
export const PROPERTY_NAMES: Readonly<Record<string, string>> = {
	title: 'title',
	subject: 'subject',
	author: 'author',
	operator: 'last saved by',
	manager: 'manager',
	company: 'company',
	category: 'category',
	keywords: 'keywords',
	comment: 'comment',
	doccomm: 'comment',
	hlinkbase: 'link base',
	creatim: 'created',
	revtim: 'saved',
	printim: 'printed',
	template: 'template',
	generator: 'program',
};

/** Destinations that hold something we keep or tell of. The rest of those that a file marks as optional is skipped. */
export const DESTINATIONS: ReadonlyMap<string, SinkKind> = new Map([
	['footnote', 'note'],
	['annotation', 'comment'],
	['atnauthor', 'author'],
	['atnid', 'author'],
	['shptxt', 'box'],
	['dptxbxtext', 'box'],
	['listtext', 'label'],
	['pntext', 'label'],
	['revtbl', 'authors'],
	['fonttbl', 'fonts'],
	['colortbl', 'colours'],
	['stylesheet', 'styles'],
	['fldinst', 'instruction'],
	...furniture(),
	...properties(),
	...skipped(),
]);

/** Control words that draw a line under words. `\ulc` gives that line a colour and is none. */
export const UNDERLINES = new Set([
	...['ul', 'uld', 'uldash', 'uldashd', 'uldashdd', 'uldb', 'ulhair', 'ulhwave', 'ulldash', 'ulth', 'ulthd'],
	...['ulthdash', 'ulthdashd', 'ulthdashdd', 'ulthldash', 'ululdbwave', 'ulw', 'ulwave'],
]);

/** Control words and symbols that stand for characters. */
export const CHARACTERS: ReadonlyMap<string, string> = new Map([
	['tab', '\t'],
	['line', '\n'],
	['lbr', '\n'],
	['softline', ' '],
	['column', '\n'],
	['page', '\n'],
	['emdash', '—'],
	['endash', '–'],
	['emspace', ' '],
	['enspace', ' '],
	['qmspace', ' '],
	['bullet', '•'],
	['lquote', '‘'],
	['rquote', '’'],
	['ldblquote', '“'],
	['rdblquote', '”'],
	['~', '\u00a0'],
	['_', '-'],
	['{', '{'],
	['}', '}'],
	['\\', '\\'],
	['\t', '\t'],
]);

function furniture(): [string, SinkKind][] {
	return ['header', 'headerl', 'headerr', 'headerf', 'footer', 'footerl', 'footerr', 'footerf'].map((w) => [
		w,
		'furniture',
	]);
}

function properties(): [string, SinkKind][] {
	return Object.keys(PROPERTY_NAMES).map((word) => [word, 'property']);
}

function skipped(): [string, SinkKind][] {
	return [
		...['pict', 'nonshppict', 'objdata', 'objclass', 'objname', 'datafield', 'bkmkstart', 'bkmkend', 'xe', 'tc', 'tcn'],
		...['rxe', 'txe', 'ftnsep', 'ftnsepc', 'ftncn', 'aftnsep', 'aftnsepc', 'aftncn', 'shprslt', 'sp', 'nonesttables'],
		...['filetbl', 'listtable', 'listoverridetable', 'rsidtbl', 'private', 'formfield', 'nesttableprops', 'pn'],
		...['pnseclvl', 'pgdsctbl', 'datastore', 'themedata', 'colorschememapping', 'latentstyles', 'xmlnstbl', 'fchars'],
		...['lchars', 'falt', 'panose', 'fontemb', 'revprops', 'oldcprops', 'oldpprops', 'oldsprops', 'oldtprops'],
		...[
			'atntime',
			'atndate',
			'atnref',
			'atnparent',
			'atnicn',
			'userprops',
			'background',
			'mmathPr',
			'picprop',
			'gridtbl',
		],
	].map((word) => [word, 'skip']);
}
