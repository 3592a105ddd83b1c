import { wordsOf } from '#concordance/summary.ts';
import type { Speech } from '#i18n/message.ts';
import { policySlug } from '#library/address.ts';
import { FORMS, type Form } from '#library/export/downloads.ts';
import { PROFILE_NAMES, PROFILES, type Profile, type ProfileName } from '#library/redline/profile.ts';
import { authorOf, draftPaper, type Outgoing, openIn } from './outgoing.ts';

/** How a redline looks. */
type Marking = Exclude<ProfileName, 'none'>;

/** What can be taken out of a draft. */
export interface Way {
	readonly form: Form['extension'] | 'pdf';
	/** The draft as it reads, or with what was changed since it was copied. */
	readonly what: 'clean' | 'marked';
	/** How a redline looks; `tracked`: as the form of the file has it, tracked changes in Word. */
	readonly profile: Marking;
}

/** A way in which files are written at once. */
export type Written = Way & { readonly form: Form['extension'] };

/** In the order they are offered. Plain text has no way to mark what was struck. */
export const WAYS: readonly Pick<Way, 'form' | 'what'>[] = [
	{ form: 'docx', what: 'clean' },
	{ form: 'docx', what: 'marked' },
	{ form: 'pdf', what: 'clean' },
	{ form: 'pdf', what: 'marked' },
	{ form: 'html', what: 'clean' },
	{ form: 'html', what: 'marked' },
	{ form: 'xml', what: 'clean' },
	{ form: 'xml', what: 'marked' },
	{ form: 'txt', what: 'clean' },
];

/** Looks of a redline that can be chosen, the one of the file's own form first. */
export const LOOKS: readonly Marking[] = [
	'tracked',
	...PROFILE_NAMES.filter((name) => name !== 'tracked' && name !== 'none'),
];

/** What was asked for, `docx`, `marked`, `chicago`; null for what there is not. A look left out is the form's own. */
export function wayOf(form: string, what: string, profile: string | null): Way | null {
	const way = WAYS.find((one) => one.form === form && one.what === what);
	const look = LOOKS.find((name) => name === (profile ?? 'tracked'));
	if (!way || !look) return null;
	// A look is of ink: markup has none, and a clean text has nothing to mark.
	return { ...way, profile: way.what === 'marked' && way.form !== 'xml' ? look : 'tracked' };
}

/** A file to send. */
export interface Sent {
	readonly bytes: Uint8Array;
	readonly mediaType: string;
	/** `SAMPLE-an-ordinance-on-detainers-2026-11-27-changes.docx`. */
	readonly name: string;
}

/**
 * The draft as a file, in every form but PDF, which takes a while (`pdf.server.ts`). The same draft gives the same bytes. A
 * Word file holds words, styles and what was tracked, and nothing else: no properties, no ids of who edited when, no comments,
 * no addresses outside.
 */
export function exported(out: Outgoing, way: Written): Sent {
	const { mediaType, write } = FORMS.find(({ extension }) => extension === way.form) as Form;
	const made = write(draftPaper(out, way.what, lookOf(way)));
	const bytes = made instanceof Uint8Array ? made : new TextEncoder().encode([...made].join(''));
	return { bytes, mediaType, name: fileName(out, way) };
}

/** The look of a redline; null: the form's own. */
export function lookOf({ profile }: Way): Profile | null {
	return profile === 'tracked' ? null : PROFILES[profile];
}

/** What the file is called. */
export function fileName({ draft: { title, language, sample }, day }: Outgoing, { form, what }: Way): string {
	const slug = policySlug(null, title) ?? (language === 'es' ? 'borrador' : 'draft');
	const changes = what === 'clean' ? '' : language === 'es' ? '-cambios' : '-changes';
	return `${sample ? 'SAMPLE-' : ''}${slug}-${day}${changes}.${form}`;
}

/** What is in the file, in a line to read before sending it. */
export function insideOf(out: Outgoing, { form, what, profile }: Way, t: Speech): string {
	const { provisions } = draftPaper(out, what, null);
	const standing = provisions.filter(({ state }) => state !== 'removed');
	const sections = standing.filter(({ kind }) => kind === 'section').length;
	const n = openIn(out);
	const size = [
		sections > 0
			? t.say('takeout.inside.sections', { n: sections })
			: t.say('takeout.inside.provisions', { n: standing.length }),
		n > 0 ? t.say('takeout.inside.blanks', { n }) : t.say('takeout.inside.filled'),
	].join(', ');
	const pieces = provisions.flatMap(({ redline }) => redline ?? []);
	const { wordsAdded, wordsRemoved } = wordsOf(pieces.map((piece) => ({ ...piece, was: null })));
	const words = [
		t.say('takeout.inside.added', { n: wordsAdded }),
		t.say('takeout.inside.removed', { n: wordsRemoved }),
	].join(', ');
	const tracked = form === 'docx' && profile === 'tracked';
	return [
		what === 'clean'
			? t.say('takeout.inside.clean', { size })
			: t.say(tracked ? 'takeout.inside.tracked' : 'takeout.inside.marked', { size, words }),
		t.say('takeout.inside.author', { author: authorOf(out) }),
		t.say(out.person === null ? 'takeout.inside.nobody' : 'takeout.inside.comments'),
	].join(' ');
}
