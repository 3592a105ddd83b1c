import { type ActionFailure, fail, redirect } from '@sveltejs/kit';
import { comment } from '#adoption/remark/remarks.server.ts';
import { suggest, take } from '#adoption/remark/suggested.server.ts';
import { addressIn } from '#i18n/language.ts';
import { Invalid } from '#kernel/error.ts';
import { text } from '../sign-in/entry.server.ts';
import { looking, lookOf } from './look.ts';
import { comeIn } from './notes.server.ts';
import type { Uncommented } from './notes.ts';

interface Sent {
	readonly locals: App.Locals;
	readonly params: { readonly draft: string };
	readonly request: Request;
	readonly url: URL;
}

/** What was typed over a provision and not kept as a suggestion, with why. */
interface Unsuggested {
	readonly id: string;
	readonly heading: string;
	readonly words: string;
	readonly reason: string;
	readonly room: string;
	readonly since: number;
	readonly fault: 'same' | 'paragraphs' | 'unworded' | 'long';
}

/** Keeps what a form of a provision has as suggestions, and leads to the first of them; else gives back what was typed. */
export async function suggestIn(event: Sent): Promise<ActionFailure<{ readonly unsuggested: Unsuggested }>> {
	const { locals, params, request } = event;
	const { world, actor } = locals;
	const form = await request.formData();
	const [id, heading, words, reason] = ['id', 'heading', 'words', 'reason'].map((name) => text(form, name)) as [
		...[string, string, string, string],
	];
	const room = text(form, 'room') === 'counsel' ? 'counsel' : 'city';
	const since = Math.max(1, Math.trunc(Number(text(form, 'since'))) || 1);
	const what = { provision: id, typed: { heading, words }, reason, room, since } as const;
	const made = await world.db
		.as(actor, async (tx) => {
			await comeIn(params.draft, locals, tx);
			return suggest(params.draft, what, actor, world, tx);
		})
		.catch((cause: unknown) => {
			if (cause instanceof Invalid) return { kind: 'long' } as const;
			throw cause;
		});
	if (made.kind === 'kept') redirect(303, addressesOf(event)({}, `c-${made.ids[0]}`));
	return fail(400, { unsuggested: { id, heading, words, reason, room, since, fault: made.kind } });
}

/** Keeps a comment that a form has, and leads to where it stands; else gives back what was typed. */
export async function commentIn(event: Sent): Promise<ActionFailure<{ readonly uncommented: Uncommented }>> {
	const { locals, params, request } = event;
	const { world, actor } = locals;
	const form = await request.formData();
	const [provision, words, instead, typed] = ['provision', 'words', 'instead', 'text'].map((name) =>
		text(form, name),
	) as [...[string, string, string, string]];
	const room = text(form, 'room') === 'counsel' ? 'counsel' : 'city';
	const said = { provision, words, instead, text: typed, room } as const;
	const since = Math.max(1, Math.trunc(Number(text(form, 'since'))) || 1);
	// To strike words is suggested where they are edited: an empty field says nothing.
	const other = instead.trim() === '' ? undefined : instead;
	const made = await world.db
		.as(actor, async (tx) => {
			await comeIn(params.draft, locals, tx);
			return comment(params.draft, { ...said, instead: other, since }, actor, world, tx);
		})
		.catch((cause: unknown) => {
			if (cause instanceof Invalid) return { kind: 'text' } as const;
			throw cause;
		});
	if (made.kind === 'kept') redirect(303, addressesOf(event)({}, made.provision));
	return fail(400, { uncommented: { ...said, fault: made.kind === 'same' ? 'equal' : made.kind } });
}

/** Takes a suggestion; where its words are not those of then, leads to where they are written by hand. */
export async function takeFrom(event: Sent) {
	const { locals, params, request } = event;
	const { world, actor } = locals;
	const comment = text(await request.formData(), 'comment');
	const made = await world.db.as(actor, async (tx) => {
		await comeIn(params.draft, locals, tx);
		return take(params.draft, comment, actor, world, tx);
	});
	if (made.kind === 'taken') return made;
	const { provision } = made;
	redirect(303, addressesOf(event)({ edit: provision, taking: comment }, provision));
}

function addressesOf({ locals, params, url }: Sent) {
	return looking(addressIn(locals.language, `/adoption/${params.draft}`), lookOf(url.searchParams));
}
