import type { Day } from '#kernel/day.ts';
import type { Instrument, TextLanguage } from '#library/policy.ts';
import type { ProvisionKind, Reading } from '#library/provision.ts';
import type { Blank } from '#library/view.ts';
import type { Answers } from './answer.ts';

/** What a provision of a draft was copied from. */
export interface Origin {
	/** Which source of the draft, counted from 1. */
	readonly source: number;
	/** In the version that was copied. */
	readonly eId: string;
}

/**
 * A provision of a draft. Like one of the library it stands in an array in document order with the tree in `parent`; but it has
 * an identity of its own, which stays through edits, moves and new numbers. Blanks stand in heading and words as the model has
 * them, `{{city}}`: `fill.ts` puts in what the city answered, `unfill.ts` takes it out of what somebody typed.
 */
export interface DraftProvision extends Reading {
	/** Unique in its draft, for good: letters and digits. */
	readonly id: string;
	readonly kind: ProvisionKind;
	/** Index of the provision it lies in; null at the top. Always smaller than its own index. */
	readonly parent: number | null;
	/** Null for what the city wrote itself. */
	readonly from: Origin | null;
}

/** A text that a draft was copied from, whole or in part. Never forgotten. */
export interface Source {
	/** Counted from 1 in the order of copying. */
	readonly nth: number;
	readonly workId: string;
	/** Version whose words the draft has, or has taken over since. */
	readonly expressionId: string;
	/** The edit from which on it is that version. */
	readonly since: number;
	/** Of that version, as the library has it: `coalition/detainers/2026-11-26`. */
	readonly address: string;
	readonly title: string;
	readonly day: Day;
	/** The whole of it, or some provisions. */
	readonly whole: boolean;
	/** Whether it is a model, made to be copied. */
	readonly model: boolean;
	/** Place whose policy it is, `Alder Falls, ZZ`; null for the coalition's own. */
	readonly owner: string | null;
}

/** What an edit did; the list of edits says it in words. */
export type EditAct =
	| 'copied'
	| 'answered'
	| 'worded'
	| 'added'
	| 'removed'
	| 'split'
	| 'joined'
	| 'moved'
	| 'renumbered'
	| 'taken_over'
	| 'kept'
	| 'suggestion_taken'
	| 'restored'
	| 'borrowed'
	| 'renamed'
	| 'closed'
	| 'reopened'
	| 'named'
	| 'names_kept';

/** A draft in a line. Private to its city. */
export interface DraftLine {
	readonly id: string;
	/** OCD id of the city. */
	readonly city: string;
	readonly title: string;
	readonly instrument: Instrument;
	readonly language: TextLanguage;
	/** Number of its last edit: every edit is a version of the draft. */
	readonly seq: number;
	readonly editedAt: Date;
	/** Account of whoever edited last; null where no person did. */
	readonly editedBy: string | null;
	/** Whether it is of an invented city or of an invented text. */
	readonly sample: boolean;
	/** Address of the policy that it became; null as long as it is a draft. */
	readonly became: string | null;
	/** Address of the policy that it amends; null for what was begun anew. */
	readonly amends: string | null;
	readonly amendsTitle: string | null;
	/** Since when it is closed; null where it is not. */
	readonly closed: Date | null;
}

/** A draft as it read after one of its edits. */
export interface State {
	readonly draft: DraftLine;
	readonly sources: readonly Source[];
	readonly provisions: readonly DraftProvision[];
	/** The edit that gave each provision the words it has, by id. */
	readonly wordedAt: ReadonlyMap<string, number>;
	/** What its models ask a city to fill in. */
	readonly blanks: readonly Blank[];
	readonly answers: Answers;
	/** The edit it is the state after. */
	readonly seq: number;
}

/** Whether a draft can be changed: it was neither adopted nor closed. */
export function isOpen({ became, closed }: Pick<DraftLine, 'became' | 'closed'>): boolean {
	return became === null && closed === null;
}

/** A name for a provision that no other of any draft has: letters and digits, as they stand in addresses and forms. */
export function identity(uuid: string): string {
	return `p${uuid.replaceAll('-', '').slice(0, 16)}`;
}
