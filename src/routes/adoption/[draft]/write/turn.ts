import type { State } from '#adoption/draft.ts';
import type { Answered, Narrowed, NotDone, Writer } from '#adoption/write/exchange.ts';
import type { Order, Piece } from '#adoption/write/piece.ts';
import type { Speech } from '#i18n/message.ts';
import { protectionName } from '../../../library/shown.ts';

/** What stands behind a provision, in the reader's language. */
export interface Notice {
	readonly provision: string;
	readonly text: string;
}

/** What an editor is answered: sentences where the draft gives reasons. */
export interface Turned extends Omit<Answered, 'narrowed' | 'lost' | 'dangling'> {
	readonly narrowed: readonly Notice[] | null;
	/** What the writer should know: why something was not done, and which references mean what is gone. */
	readonly told: readonly string[];
}

/** What an editor is opened with. */
export interface Opened {
	readonly draft: string;
	/** Of the words, which may be another than that of the page. */
	readonly language: string;
	readonly seq: number;
	readonly order: Order;
	readonly pieces: readonly Piece[];
	readonly names: Readonly<Record<string, string>>;
	readonly narrowed: readonly Notice[];
	/** What the blanks are called on which provisions stand. */
	readonly blanks: Readonly<Record<string, string>>;
	readonly said: Readonly<Record<string, string>>;
	/** Whose words the browser keeps, and for whom it sends them. */
	readonly writer: Writer;
	/** Of this draft: the editor sends to `/write/save` under it. */
	readonly here: string;
}

/** What shows the words that a browser keeps of a draft in which nobody writes any more. */
export interface Left extends Pick<Opened, 'draft' | 'language' | 'said'> {
	readonly account: string;
}

export function noticesOf(narrowed: readonly Narrowed[], t: Speech): readonly Notice[] {
	return narrowed.map(({ provision, code, missing }) => {
		const { short, name } = protectionName(code, t);
		const what = missing.length > 0 ? t.say('given.missing', { words: missing.join(' … ') }) : t.say('given.between');
		return { provision, text: `${t.say('given.check', { code: short, name })} ${what}` };
	});
}

export function blankNames({ blanks }: Pick<State, 'blanks'>, t: Speech): Readonly<Record<string, string>> {
	return Object.fromEntries(blanks.map(({ id, label }) => [id, label[t.language]]));
}

/** Sentences on what was not done, on blanks that were written over, and on references that mean what is gone. */
export function toldOf(
	{ lost, dangling, refused, names }: Pick<Answered, 'lost' | 'dangling' | 'refused' | 'names'>,
	t: Speech,
): readonly string[] {
	const why = refused === null ? [] : [reasonOf(refused, t)];
	const piece = (id: string) => names?.[id] ?? t.say('draft.piece');
	return [
		...why,
		...lost.map((label) => t.say('write.blank_lost', { name: label[t.language] })),
		...dangling.map((one) => t.say('draft.dangling', { words: one.words, what: piece(one.in) })),
	];
}

function reasonOf(refused: NotDone, t: Speech): string {
	switch (refused) {
		case 'edited':
			return t.say('write.edited');
		case 'written':
			return t.say('write.written');
		case 'too_long':
			return t.say('write.state.too_long');
		case 'kept':
		case 'clash':
		case 'gone':
			return t.say('write.words_first');
		default:
			return t.say(`draft.refused.${refused}`);
	}
}
