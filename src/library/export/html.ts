import type { Piece, Provision } from '../provision.ts';
import type { Profile } from '../redline/profile.ts';
import { legend } from './legend.ts';
import { escaped } from './markup.ts';
import type { Head, Paper } from './outgoing.ts';
import { partsOf } from './parts.ts';
import { ADDED_COLOUR, enclosed, type Stretch, stretches } from './stretch.ts';
import { depths } from './tree.ts';

/** Levels that get an indent of their own; a page is no wider. */
const DEEPEST = 9;
const LABEL = { en: 'Text', es: 'Texto' } as const;

/**
 * The text as one HTML page that stands alone: no script, nothing fetched, prints on paper as it reads. Every provision
 * has its eId as its id.
 */
export function* toHtml({ head, language, provisions, look }: Paper): Generator<string> {
	yield `<!doctype html>\n<html lang="${language}">\n<head>\n<meta charset="utf-8">\n`;
	yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n';
	yield `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">\n`;
	yield `<title>${escaped(head.title)}</title>\n<style>${STYLE}${look ? lookStyle(look) : ''}</style>\n</head>\n<body>\n<main>\n<header>\n`;
	yield `<h1 dir="auto">${escaped(head.title)}</h1>\n`;
	for (const notice of head.notices) yield `<p class="notice"${spoken(notice, head)}>${escaped(notice)}</p>\n`;
	if (head.unmarked) yield `<p class="notice">${escaped(head.unmarked)}</p>\n`;
	yield '<dl>\n';
	for (const { name, value } of head.origin)
		yield `<div><dt>${escaped(name)}</dt><dd dir="auto">${linked(value)}</dd></div>\n`;
	yield '</dl>\n';
	if (provisions.some(({ redline }) => redline !== null)) yield `<p>${legend(look, language)}</p>\n`;
	yield `</header>\n<section aria-label="${LABEL[language]}">\n`;
	const depth = depths(provisions);
	for (const [index, provision] of provisions.entries()) {
		yield block(provision, Math.min(depth[index] ?? 0, DEEPEST), look);
	}
	const foot = head.notices.map((notice) => `<span${spoken(notice, head)}>${escaped(notice)}</span>`).join(' ');
	yield `</section>\n</main>\n<footer>${foot}</footer>\n</body>\n</html>\n`;
}

/** The language of a notice where it is not that of the page. */
function spoken(notice: string, { english }: Head): string {
	return english.has(notice) ? ' lang="en"' : '';
}

function block(provision: Provision, depth: number, look: Profile | null): string {
	const open = `id="${escaped(provision.eId)}" class="d${depth} ${provision.kind}" dir="auto"`;
	const row = enclosed(stretches(partsOf(provision)), look);
	if (row.length === 0) return '';
	if (provision.kind === 'table') {
		const words = row.filter(({ part }) => part === 'text').map(marked);
		return `<pre ${open}>${words.join('')}</pre>\n`;
	}
	return `<p ${open}>${row.map(inline).join('')}</p>\n`;
}

function inline(one: Stretch): string {
	if (one.part === 'tab') return ' ';
	const words = marked(one);
	if (one.part === 'number') return `<span class="number">${words}</span>`;
	return one.part === 'heading' ? `<b>${words}</b>` : words;
}

function marked({ op, text }: Piece): string {
	const words = escaped(text);
	return op === 'same' ? words : op === 'added' ? `<ins>${words}</ins>` : `<del>${words}</del>`;
}

function linked(value: string): string {
	const words = escaped(value);
	return /^https?:\/\/[^\s"<>]+$/.test(value) ? `<a href="${words}">${words}</a>` : words;
}

const INDENTS = Array.from({ length: DEEPEST + 1 }, (_, depth) => `.d${depth}{margin-left:${depth * 1.75}em}`).join('');
const STYLE = `body{font:1.0625rem/1.5 Georgia,"Times New Roman",serif;color:#111;background:#fff;margin:2rem auto;max-width:42rem;padding:0 1rem}
h1{font-size:1.5rem;line-height:1.25}.notice{font-weight:bold;margin:.25rem 0}dl{font-size:.9rem}dl div{display:flex;flex-wrap:wrap;gap:.5em}dt{font-weight:bold}dd{margin:0;overflow-wrap:anywhere}
section p,pre{margin-top:0;margin-bottom:.6em;overflow-wrap:anywhere}pre{white-space:pre-wrap;font:inherit;tab-size:8}.number{margin-right:.35em}${INDENTS}
ins{text-decoration:underline}del{text-decoration:line-through}footer{border-top:1px solid;margin-top:2rem;padding-top:.5rem;font-size:.85rem}
@media(max-width:30rem){section p,pre{margin-left:0}}@media print{body{margin:0;max-width:none;font-size:11pt}section p{orphans:2;widows:2}h1,b{break-after:avoid}}`;

/** How a clerk's office marks, where that is another way than ours. */
function lookStyle({ added: [added], enclosed: signs }: Profile): string {
	const line = added?.underline ? 'underline' : 'none';
	const more = `${added?.italic ? ';font-style:italic' : ''}${added?.color ? `;color:#${ADDED_COLOUR}` : ''}`;
	return `ins{text-decoration:${line}${more}}${signs ? 'del{text-decoration:none}' : ''}`;
}
