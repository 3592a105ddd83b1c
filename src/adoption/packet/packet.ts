import { type Speech, speech } from '#i18n/message.ts';
import type { Day } from '#kernel/day.ts';
import { policySlug } from '#library/address.ts';
import { legend } from '#library/export/legend.ts';
import { COUNSEL, SAMPLE, type Written } from '#library/export/outgoing.ts';
import { partsOf } from '#library/export/parts.ts';
import { enclosed, lookOf, type Stretch, stretches } from '#library/export/stretch.ts';
import type { ProvisionKind } from '#library/provision.ts';
import { PROFILES, type Profile, type ProfileName } from '#library/redline/profile.ts';
import { authorOf, draftPaper, type Outgoing, ownerOf } from '../out/outgoing.ts';
import { undotted } from '../structure/label.ts';
import { BLOCK_FIELDS, type BlockField, type Field } from './field.ts';
import type { Filling } from './fill.ts';
import type { PacketParagraph, Run } from './paragraph.ts';
import { divides, unitOf } from './unit.ts';

/** Looks that a redline of a packet can have: on paper nothing is tracked. */
export const PACKET_LOOKS = [
	'chicago',
	'new-york-city',
	'king-county',
	'san-francisco',
	'carmel',
] as const satisfies readonly ProfileName[];
export type PacketLook = (typeof PACKET_LOOKS)[number];

/** What the clerk says for the packet of a draft, as it is remembered. Empty: it is not known, or goes by the draft. */
export interface Said {
	readonly title: string;
	readonly number: string;
	readonly day: Day | null;
	readonly sponsor: string;
	readonly summary: string;
	readonly fiscal: string;
	readonly look: PacketLook;
	/** What is in it. */
	readonly parts: readonly BlockField[];
}

/** What was said, as it is kept. A title and a summary that were left as they were offered follow the draft, and are null. */
export interface Kept extends Omit<Said, 'title' | 'summary'> {
	readonly title: string | null;
	readonly summary: string | null;
}

/** What is kept of what was said; `offered` as the page had it when somebody began to write. */
export function keptOf(said: Said, offered: Pick<Said, 'title' | 'summary'>): Kept {
	const own = (what: 'title' | 'summary') => (said[what] === offered[what] ? null : said[what]);
	return { ...said, title: own('title') || null, summary: own('summary') };
}

/** The same read again, with what is offered now. */
export function saidIn(kept: Kept, offered: Pick<Said, 'title' | 'summary'>): Said {
	return { ...kept, title: kept.title ?? offered.title, summary: kept.summary ?? offered.summary };
}

/** Letters of a line, and of a summary or fiscal note: two pages. */
export const LONGEST = { line: 300, page: 8_000 } as const;
/** Where a word is not known a line is left to write on. */
const RULE = '____________';
/** What stands before the text where it has no place of its own; the last goes first. */
const LEADING: readonly BlockField[] = ['enacting', 'recitals'];

/**
 * What a packet is made of, for a template that has these fields. Recitals and enacting words that have no place of their own
 * stand before the text; whatever else has none comes behind the end, each part on a page of its own.
 */
export function fillingOf(out: Outgoing, said: Said, found: readonly Field[]): Filling {
	const { draft, place } = out;
	const t = speech(draft.language);
	const provisions = draftPaper(out, 'clean', null).provisions;
	// The long title stands at its field already.
	const titles = [said.title, draft.title].map(bare);
	const of = (which: (kind: ProvisionKind) => boolean) =>
		paragraphsOf(
			provisions,
			null,
			({ kind, heading, text }) =>
				which(kind) && !(kind === 'preface' && titles.includes(bare(`${heading ?? ''}${text}`))),
		);
	const chosen = (part: BlockField) => said.parts.includes(part);
	const own: Record<BlockField, readonly PacketParagraph[]> = {
		recitals: of((kind) => kind === 'preface' || kind === 'recital'),
		enacting: of((kind) => kind === 'formula'),
		text: of((kind) => !['preface', 'recital', 'formula'].includes(kind)),
		redline: redlineOf(out, said.look, t),
		summary: plain(said.summary === '' ? t.say('packet.summary.none') : said.summary),
		fiscal: plain(said.fiscal === '' ? t.say('packet.fiscal.none') : said.fiscal),
		sources: sourcesOf(out, t),
	};
	const placed = new Map(BLOCK_FIELDS.map((part) => [part, chosen(part) ? own[part] : []]));
	for (const part of LEADING) {
		if (found.includes(part)) continue;
		placed.set('text', [...(placed.get(part) ?? []), ...(placed.get('text') ?? [])]);
		placed.set(part, []);
	}
	const behind = BLOCK_FIELDS.filter((part) => !found.includes(part)).flatMap((part) => {
		const paragraphs = placed.get(part) ?? [];
		const heading = { runs: [{ text: t.say(`packet.part.${part}`), bold: true }], level: 0, heads: true, turns: true };
		return paragraphs.length === 0 ? [] : [heading, ...paragraphs];
	});
	// Who leaves out the sources still says what is known of the law of the state.
	const law = chosen('sources') || out.lawSentence === null ? [] : plain(out.lawSentence);
	return {
		lines: {
			title: said.title,
			number: said.number || RULE,
			date: said.day === null ? RULE : t.date(said.day),
			city: place.name,
			office: authorOf(out),
			sponsor: said.sponsor || RULE,
		},
		blocks: Object.fromEntries(placed),
		before: draft.sample ? [{ runs: [{ text: SAMPLE[draft.language], bold: true }], level: 0 }] : [],
		behind: [...behind, ...law],
		title: said.title,
		author: authorOf(out),
	};
}

/** What is in the packet, in a line to read before taking it. */
export function insideOf(out: Outgoing, { parts }: Said, found: readonly Field[], t: Speech): string {
	const words = draftPaper(out, 'clean', null).provisions.filter(({ heading, text }) => heading || text !== '');
	const names = (which: readonly BlockField[]) => which.map((part) => t.say(`packet.part.${part}`)).join(', ');
	const behind = parts.filter((part) => !found.includes(part) && !LEADING.includes(part));
	return [
		t.say('packet.inside', {
			...{ n: words.length, parts: names(parts) },
			where:
				behind.length === 0 ? t.say('packet.inside.placed') : t.say('packet.inside.behind', { parts: names(behind) }),
		}),
		t.say('packet.inside.author', { author: authorOf(out) }),
	].join(' ');
}

/** What the file is called: `SAMPLE-judicial-warrants-packet.docx`. */
export function packetName({ draft: { title, language, sample } }: Outgoing): string {
	const slug = policySlug(null, title) ?? (language === 'es' ? 'borrador' : 'draft');
	return `${sample ? 'SAMPLE-' : ''}${slug}-${language === 'es' ? 'expediente' : 'packet'}.docx`;
}

function redlineOf(out: Outgoing, name: PacketLook, t: Speech): readonly PacketParagraph[] {
	const look = PROFILES[name];
	const { provisions } = draftPaper(out, 'marked', look);
	const [first] = out.sources;
	const against = first ? plain(t.say('packet.redline.since', { title: first.title, day: t.date(first.day) })) : [];
	if (provisions.every(({ redline }) => redline === null)) return [...against, ...plain(t.say('packet.redline.none'))];
	return [
		...against,
		...plain(legend(look, out.draft.language)),
		...paragraphsOf(provisions, look, () => true, movesIn(provisions, t)),
	];
}

/** Of what stands in another place now, struck there and new here with all in it, what is said before it: by its index. */
function movesIn(provisions: readonly Written[], t: Speech): ReadonlyMap<number, string> {
	const numbers = new Map(provisions.map(({ eId, number }) => [eId, number && undotted(number)]));
	const twin = (at: number | null) => provisions[at ?? -1]?.moved ?? null;
	return new Map(
		provisions.flatMap(({ parent, state }, n): [number, string][] => {
			const other = twin(n);
			if (other === null || twin(parent) !== null) return [];
			const at = numbers.get(other);
			const way = state === 'removed' ? 'to' : 'from';
			return [[n, at ? t.say(`packet.redline.moved.${way}`, { at }) : t.say('packet.redline.moved')]];
		}),
	);
}

function sourcesOf(
	{ sources, origin, lawSentence, askCounsel, draft }: Outgoing,
	t: Speech,
): readonly PacketParagraph[] {
	return [
		...sources.flatMap((source) =>
			plain(
				t.say(source.whole ? 'packet.source' : 'packet.source.some', {
					title: source.title,
					owner: ownerOf(source, t),
					day: t.date(source.day),
					address: `${origin}/library/${source.address}`,
				}),
			),
		),
		...(askCounsel ? plain(COUNSEL[draft.language]) : []),
		...(lawSentence === null ? [] : plain(lawSentence)),
	];
}

function bare(words: string): string {
	return words.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Typed words as paragraphs: a line end begins one. */
function plain(text: string): readonly PacketParagraph[] {
	return text
		.split(/\n+/)
		.map((line) => line.trim())
		.filter((line) => line !== '')
		.map((line) => ({ runs: [{ text: line }], level: 0 }));
}

/**
 * A paragraph for each provision with words: sections stand flush, what lies in them is further in with its number hanging.
 * @param said what stands before one of them, by its index
 */
function paragraphsOf(
	provisions: readonly Written[],
	look: Profile | null,
	which: (top: Written) => boolean,
	said: ReadonlyMap<number, string> = new Map(),
): readonly PacketParagraph[] {
	const unit = unitOf(provisions);
	const level: number[] = [];
	const top: number[] = [];
	return provisions.flatMap((one, at) => {
		const { kind, parent } = one;
		const above = parent === null ? null : provisions[parent];
		level[at] = !above || divides(above.kind, unit) ? 0 : (level[parent as number] ?? 0) + 1;
		// What lies in a recital goes with it.
		top[at] = parent === null ? at : (top[parent] ?? at);
		const row = enclosed(stretches(partsOf(one)), look);
		if (row.length === 0 || !which(provisions[top[at] ?? at] ?? one)) return [];
		const before = plain(said.get(at) ?? '').map((line) => ({ ...line, level: level[at] ?? 0, heads: true }));
		const [flush, centred] = [level[at] === 0, divides(kind, unit)];
		const headed = centred || kind === unit;
		const made = (part: readonly Stretch[]): PacketParagraph => ({
			runs: part.map((stretch) => runOf(stretch, flush, headed, look)),
			level: level[at] ?? 0,
			hangs: !flush && part.some(({ part }) => part === 'tab'),
			centred,
			heads: part.every(({ part }) => part !== 'text'),
		});
		// A section's heading stands above its words, where the two are not told apart by a sign.
		const cut =
			headed && row.some(({ part }) => part === 'heading') ? row.findIndex(({ part }) => part === 'text') : -1;
		const parts = cut < 0 ? [row] : [row.slice(0, cut).filter(({ part }) => part !== 'gap'), row.slice(cut)];
		return [...before, ...parts.map(made)];
	});
}

function runOf({ part, op, text }: Stretch, flush: boolean, headed: boolean, look: Profile | null): Run {
	return {
		text: part === 'tab' && flush ? ' ' : text,
		bold: part === 'heading' || (part === 'number' && headed),
		look: op === 'same' ? null : lookOf(op, look),
	};
}
