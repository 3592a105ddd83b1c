import type { Piece, Provision, ProvisionKind } from '../provision.ts';
import { escaped } from './markup.ts';
import type { Paper, Written } from './outgoing.ts';
import { type Parts, partsOf } from './parts.ts';
import { children } from './tree.ts';

const NAMESPACE = 'http://docs.oasis-open.org/legaldocml/ns/akn/3.0';
/** Kinds that Akoma Ntoso has an element for in its hierarchy; the others stand in an `hcontainer` of their name. */
const LEVELS: ReadonlySet<ProvisionKind> = new Set<ProvisionKind>([
	'title',
	'chapter',
	'article',
	'part',
	'section',
	'subsection',
	'paragraph',
	'subparagraph',
	'clause',
]);
const FRONT: ReadonlySet<ProvisionKind> = new Set<ProvisionKind>(['preface', 'recital', 'formula']);
const LANGUAGES = { en: 'eng', es: 'spa' } as const;
/** Of the one thing about a redline that Akoma Ntoso has no word for. */
const LIBRARY = 'urn:city-compact:library';
const OURS = '#city-compact';

/**
 * The text as Akoma Ntoso 3.0 (OASIS LegalDocML), an `act` or a `bill` with every provision under its own eId. What an act adds and
 * removes stands in `ins` and `del`; words put into another text in `quotedStructure`.
 */
export function* toAkomaNtoso(paper: Paper): Generator<string> {
	const { provisions, identity } = paper;
	const inside = children(provisions);
	const writer: Writer = { provisions, inside };
	const zones = zonesOf(writer);
	yield `<?xml version="1.0" encoding="UTF-8"?>\n<akomaNtoso xmlns="${NAMESPACE}">\n`;
	yield `<${identity.document} name="${identity.instrument}">\n`;
	yield meta(paper);
	if (zones.preface.length > 0) yield `<preface>${zones.preface.map((at) => front(writer, at)).join('')}</preface>\n`;
	if (zones.preamble.length > 0) yield `<preamble>${preamble(writer, zones.preamble)}</preamble>\n`;
	yield '<body>\n';
	for (const at of zones.body) yield `${level(writer, at)}\n`;
	// The schema asks for one.
	if (zones.body.length === 0) yield '<hcontainer name="none"/>\n';
	yield '</body>\n';
	if (zones.conclusions.length > 0) {
		yield `<conclusions>${zones.conclusions.map((at) => front(writer, at)).join('')}</conclusions>\n`;
	}
	yield `</${identity.document}>\n</akomaNtoso>\n`;
}

interface Writer {
	readonly provisions: readonly Provision[];
	readonly inside: ReadonlyMap<number | null, readonly number[]>;
}

/** Indices of the provisions at the top by where an act has them, in document order. */
function zonesOf({ provisions, inside }: Writer) {
	const tops = inside.get(null) ?? [];
	const flat = (at: number): boolean => (inside.get(at) ?? []).length === 0;
	const kind = (at: number): ProvisionKind | undefined => provisions[at]?.kind;
	const first = tops.findIndex((at) => !flat(at) || !FRONT.has(kind(at) as ProvisionKind));
	const body = first < 0 ? tops.length : first;
	const behind = tops.findLastIndex((at) => !flat(at) || kind(at) !== 'conclusion') + 1;
	const opened = tops.slice(0, body).findIndex((at) => kind(at) !== 'preface');
	const preface = opened < 0 ? body : opened;
	return {
		preface: tops.slice(0, preface),
		preamble: tops.slice(preface, body),
		body: tops.slice(body, Math.max(body, behind)),
		conclusions: tops.slice(Math.max(body, behind)),
	};
}

/** Recitals that follow each other stand in one `recitals`. */
function preamble(writer: Writer, tops: readonly number[]): string {
	const made: string[] = [];
	let open = false;
	for (const at of tops) {
		const recital = writer.provisions[at]?.kind === 'recital';
		if (open !== recital) made.push(recital ? '<recitals>' : '</recitals>');
		open = recital;
		made.push(front(writer, at));
	}
	return made.join('') + (open ? '</recitals>' : '');
}

/** A provision of front or back; number and heading, where it has any, stand in its words as inlines. */
function front({ provisions }: Writer, at: number): string {
	const provision = provisions[at] as Provision;
	const parts = partsOf(provision);
	const id = `eId="${escaped(provision.eId)}"`;
	if (provision.kind === 'recital') return `<recital ${id}>${label(parts)}${paragraph(parts.text)}</recital>`;
	const words = [named('num', parts.number), named('heading', parts.heading), inline(parts.text)].join('');
	if (provision.kind === 'formula') return `<formula name="enacting" ${id}><p>${words}</p></formula>`;
	return `<container name="${provision.kind}" ${id}><p>${words}</p></container>`;
}

/** A provision of the body with what lies in it. Deep trees are short: the tree grows no deeper than 14. */
function level(writer: Writer, at: number): string {
	const provision = writer.provisions[at] as Provision;
	const within = writer.inside.get(at) ?? [];
	const id = `eId="${escaped(provision.eId)}"`;
	const parts = partsOf(provision);
	const body = within.map((one) => level(writer, one)).join('');
	if (provision.kind === 'quoted') {
		const quoted = label(parts) + (parts.text.length > 0 ? paragraph(parts.text) : '') + body;
		const whole = quoted === '' ? '<p/>' : quoted;
		return `<hcontainer name="quoted"><content><p><mod><quotedStructure ${id}>${whole}</quotedStructure></mod></p></content></hcontainer>`;
	}
	const words = provision.kind === 'table' ? table(parts.text) : paragraph(parts.text);
	const own =
		parts.text.length === 0 ? '' : within.length > 0 ? `<intro>${words}</intro>` : `<content>${words}</content>`;
	const [open, close] = LEVELS.has(provision.kind)
		? [provision.kind, provision.kind]
		: [`hcontainer name="${provision.kind}"`, 'hcontainer'];
	return `<${open} ${id}>${label(parts)}${own}${body}</${close}>`;
}

function label({ number, heading }: Parts): string {
	const num = number.length > 0 ? `<num>${inline(number)}</num>` : '';
	return num + (heading.length > 0 ? `<heading>${inline(heading)}</heading>` : '');
}

function named(name: string, pieces: readonly Piece[]): string {
	return pieces.length > 0 ? `<inline name="${name}">${inline(pieces)}</inline> ` : '';
}

function paragraph(pieces: readonly Piece[]): string {
	return `<p>${inline(pieces)}</p>`;
}

function inline(pieces: readonly Piece[]): string {
	return pieces.map(piece).join('');
}

function piece({ op, text }: Piece): string {
	const words = escaped(text).replaceAll('\n', '<eol/>');
	if (op === 'same') return words;
	return op === 'added' ? `<ins>${words}</ins>` : `<del>${words}</del>`;
}

/** Rows by line, cells by tab; a stretch that spans cells is cut at their edges. */
function table(pieces: readonly Piece[]): string {
	const rows: Piece[][][] = [[[]]];
	for (const { op, text } of pieces) {
		for (const part of text.split(/([\t\n])/)) {
			if (part === '\n') rows.push([[]]);
			else if (part === '\t') rows.at(-1)?.push([]);
			else if (part !== '') rows.at(-1)?.at(-1)?.push({ op, text: part });
		}
	}
	const cells = (row: Piece[][]): string => row.map((cell) => `<td>${paragraph(cell)}</td>`).join('');
	return `<table>${rows.map((row) => `<tr>${cells(row)}</tr>`).join('')}</table>`;
}

function meta({ head, identity, language, day, provisions }: Paper): string {
	const { author, origin } = identity;
	const by = `<FRBRauthor href="#${author.id}"/>`;
	const date = `<FRBRdate date="${day}" name="version"/>`;
	const ids = (at: string): string => `<FRBRthis value="${escaped(at)}"/><FRBRuri value="${escaped(at)}"/>`;
	const number = identity.number ? `<FRBRnumber value="${escaped(identity.number)}"/>` : '';
	const work = `<FRBRWork>${ids(identity.work)}<FRBRalias value="${escaped(head.title)}" name="title"/>${date}${by}<FRBRcountry value="${identity.country}"/><FRBRsubtype value="${identity.instrument}"/>${number}</FRBRWork>`;
	const expression = `<FRBRExpression>${ids(identity.version)}${date}${by}<FRBRauthoritative value="false"/><FRBRlanguage language="${LANGUAGES[language]}"/></FRBRExpression>`;
	const manifestation = `<FRBRManifestation>${ids(identity.file)}${date}<FRBRauthor href="${OURS}"/><FRBRformat value="application/akn+xml"/></FRBRManifestation>`;
	const sources = identity.sources.map(
		({ address, title }, at) =>
			`<original eId="source_${at + 1}" href="${escaped(address)}" showAs="${escaped(title)}"/>`,
	);
	const references = `<references source="${OURS}">${sources.join('')}<TLCOrganization eId="city-compact" href="${escaped(origin)}" showAs="City Compact"/><TLCOrganization eId="${author.id}" href="${escaped(author.address)}" showAs="${escaped(author.name)}"/></references>`;
	const said = [
		...head.notices,
		...(head.unmarked ? [head.unmarked] : []),
		...head.origin.map(({ name, value }) => `${name}: ${value}`),
	];
	const unmarked = head.unmarked
		? `<proprietary source="${OURS}"><library xmlns="${LIBRARY}" additions="unmarked"/></proprietary>`
		: '';
	const notes = said.map((words) => `<note><p>${escaped(words)}</p></note>`).join('');
	const changes = identity.document === 'bill' ? analysis(provisions, author.id) : '';
	return `<meta><identification source="${OURS}">${work}${expression}${manifestation}</identification>${changes}${references}<notes source="${OURS}">${notes}</notes>${unmarked}</meta>\n`;
}

const MODIFIED = { added: 'insertion', removed: 'repeal', changed: 'substitution' } as const;

/** What was made of each provision since it was copied; of one that moved, where it was struck. */
function analysis(provisions: readonly Written[], author: string): string {
	const made = provisions.flatMap(({ state, eId, moved }, at) => {
		if (state === 'same') return [];
		const [id, previous] = [`pmod_${at + 1}`, state === 'added' && moved ? moved : null];
		const was = previous === null ? '' : `<previous href="#${escaped(previous)}"/>`;
		return `<textualMod type="${MODIFIED[state]}" eId="${id}"><source eId="${id}__source" href="#${author}"/><destination eId="${id}__destination" href="#${escaped(eId)}"/>${was}</textualMod>`;
	});
	if (made.length === 0) return '';
	return `<analysis source="#${author}"><passiveModifications>${made.join('')}</passiveModifications></analysis>`;
}
