import type { Day } from '#kernel/day.ts';
import { identifiersIn } from '#kernel/identifier.ts';
import { readMailbox } from '#kernel/mailbox.ts';
import { readTypedDay } from '#kernel/typed-day.ts';
import type { Membership } from './member.ts';

/** For whom somebody works who asks. */
export const OFFICES = [
	'council',
	'executive',
	'attorney',
	'clerk',
	'county',
	'sheriff',
	'police',
	'organisation',
	'other',
] as const;
/** Where things stand in their city. */
export const STANDINGS = ['asking', 'checking', 'drafting', 'vote'] as const;
export const HELPS = ['model', 'peer', 'counsel', 'money', 'watch'] as const;
export type Office = (typeof OFFICES)[number];
export type Standing = (typeof STANDINGS)[number];
export type Help = (typeof HELPS)[number];

/** Longest text that somebody can send along: half a page. */
export const LONGEST_NOTE = 2_000;
/** A vote further away is a slip of the year. */
const MOST_YEARS = 5;

/** The form as it was sent. */
export interface Sent {
	readonly office: string;
	readonly standing: string;
	/** As typed; empty for none. */
	readonly vote: string;
	readonly helps: readonly string[];
	readonly note: string;
	readonly email: string;
	/** Empty: the language of the page. */
	readonly reply: string;
}

/** What somebody says who asks for their city, without the place. */
export interface Draft {
	readonly office: Office;
	readonly standing: Standing;
	readonly voteDay: Day | null;
	readonly helps: readonly Help[];
	readonly note: string | null;
	readonly email: string;
	readonly language: 'en' | 'es';
}

/** What is wrong, by field. */
export type Faults = Partial<
	Readonly<{
		office: 'office';
		standing: 'standing';
		vote: 'vote' | 'vote.range';
		note: 'note' | 'note.long';
		email: 'email';
	}>
>;

/**
 * Reads the form. Office, standing and address are needed; with the place they are the four required fields.
 * @param said numbers in the note of which the author says that they are no person's
 */
export function readInterest(
	sent: Sent,
	said: readonly string[],
	today: Day,
	language: 'en' | 'es',
): { readonly draft: Draft } | { readonly faults: Faults } {
	const office = OFFICES.find((one) => one === sent.office);
	const standing = STANDINGS.find((one) => one === sent.standing);
	const email = readMailbox(sent.email);
	const voteDay = sent.vote.trim() === '' ? null : readTypedDay(sent.vote, language);
	const note = sent.note.trim();
	const faults: Faults = {
		...(office ? {} : { office: 'office' }),
		...(standing ? {} : { standing: 'standing' }),
		...(sent.vote.trim() !== '' && voteDay === null ? { vote: 'vote' } : {}),
		...(voteDay !== null && !near(voteDay, today) ? { vote: 'vote.range' } : {}),
		...(note.length > LONGEST_NOTE ? { note: 'note.long' } : {}),
		...(identifiersIn(note.slice(0, LONGEST_NOTE), said).some((one) => !one.said) ? { note: 'note' } : {}),
		...(email ? {} : { email: 'email' }),
	};
	if (!office || !standing || !email || Object.keys(faults).length > 0) return { faults };
	const helps = HELPS.filter((one) => sent.helps.includes(one));
	const reply = sent.reply === 'en' || sent.reply === 'es' ? sent.reply : language;
	return { draft: { office, standing, voteDay, helps, note: note || null, email, language: reply } };
}

function near(day: Day, today: Day): boolean {
	return day >= today && Number(day.slice(0, 4)) <= Number(today.slice(0, 4)) + MOST_YEARS;
}

/** What is to be done next about a city that asked. */
export type Step =
	| 'match'
	| 'call'
	| 'second_steward'
	| 'approve'
	| 'approve_other'
	| 'invite'
	| 'talk'
	| 'joined'
	| 'left'
	| 'declined';

/** As far as a next step depends on it. */
export interface Progress {
	readonly matched: boolean;
	readonly called: boolean;
	/** Different stewards who approved. */
	readonly approvals: number;
	/** Stewards seated today. */
	readonly stewards: number;
	readonly declined: boolean;
	readonly membership: Membership;
	/** Seats of the city and invitations to one. */
	readonly seats: number;
}

/** How many different stewards have to approve. */
export const APPROVALS = 2;

/** The next step for a city that asked; the last three are ends. */
export function nextStep(at: Progress): Step {
	if (at.declined) return 'declined';
	if (!at.matched) return 'match';
	if (!at.called) return 'call';
	if (at.approvals < APPROVALS) {
		if (at.stewards < APPROVALS) return 'second_steward';
		return at.approvals === 0 ? 'approve' : 'approve_other';
	}
	if (at.membership === 'member' || at.membership === 'observer') return 'joined';
	if (at.membership === 'withdrew') return 'left';
	return at.seats === 0 ? 'invite' : 'talk';
}
