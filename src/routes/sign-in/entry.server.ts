import { type Cookies, type RequestEvent, redirect } from '@sveltejs/kit';
import { ACCESS } from '#access/actor.ts';
import { record } from '#access/audit.server.ts';
import { cookieName, cookieOptions } from '#access/cookie.ts';
import { nextPath } from '#access/next.ts';
import type { Session } from '#access/session.ts';
import type { SignIn } from '#access/sign-in.server.ts';
import { behind } from '#coalition/acting.server.ts';
import { addressIn } from '#i18n/language.ts';

const TOO_OFTEN = 429;

/** Signs somebody in who showed both factors, leaves a trace with the city of their seat, and leads on. */
export async function enter(
	token: string,
	next: FormDataEntryValue | string | null,
	event: RequestEvent,
): Promise<never> {
	keep(token, event);
	const { world } = event.locals;
	const { session, actor } = await behind(token, world);
	const subject = `session:${session?.id}`;
	await world.db.as(ACCESS, (tx) => record({ actor, action: 'signed_in', subject, owner: actor.city }, world, tx));
	return onward(next, event);
}

/** Gives a browser the cookie of a session. */
export function keep(token: string, { cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>): void {
	const secure = url.protocol === 'https:';
	cookies.set(cookieName(secure), token, cookieOptions(secure));
}

/** Takes the cookie away. */
export function forget({ cookies, url }: { readonly cookies: Cookies; readonly url: URL }): void {
	const secure = url.protocol === 'https:';
	cookies.delete(cookieName(secure), cookieOptions(secure));
}

/** The same for somebody who signs out: the browser forgets too what it kept of words that were not saved, where it came by a safe line. */
export function leave(event: Pick<RequestEvent, 'cookies' | 'url' | 'setHeaders'>): void {
	forget(event);
	event.setHeaders({ 'clear-site-data': '"storage"' });
}

/** To where somebody was going before they signed in, else to their account. */
export function onward(next: FormDataEntryValue | string | null, { locals }: Pick<RequestEvent, 'locals'>): never {
	const path = nextPath(typeof next === 'string' ? next : null);
	redirect(303, path ?? addressIn(locals.language, '/account'));
}

/** Status of a sign-in that did not come about. */
export function statusOf(signed: Extract<SignIn, string> | 'over'): number {
	return signed === 'wait' ? TOO_OFTEN : 400;
}

/** The session of somebody who showed both factors; leads everybody else to where they can. */
export function signedIn({ locals }: Pick<RequestEvent, 'locals'>): Session {
	if (locals.session?.second) return locals.session;
	const { path, search } = locals.address;
	const back = new URLSearchParams({ next: addressIn(locals.language, path + search) });
	const page = locals.session ? '/sign-in/second' : '/sign-in';
	redirect(303, `${addressIn(locals.language, page)}?${back}`);
}

/** A field of a form as text; empty where it is missing or a file. */
export function text(form: FormData, name: string): string {
	const value = form.get(name);
	// PostgreSQL keeps no NUL, and no halves of letters.
	return typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : '';
}
