import { json } from '@sveltejs/kit';
import { demand, ownCity } from '#access/can.ts';
import { isOwnForm } from '#access/door.ts';
import { exchange } from '#adoption/write/exchange.server.ts';
import { askedOf } from '#adoption/write/exchange.ts';
import { speech } from '#i18n/message.ts';
import { Forbidden, Invalid } from '#kernel/error.ts';
import { comeIn } from '../../../notes.server.ts';
import { namesOf } from '../../../shown.ts';
import { noticesOf, type Turned, toldOf } from '../turn.ts';
import type { RequestHandler } from './$types';

export const _permission = ['change', 'draft'] as const;

/** One turn of an editor: what it sends is kept, and it is given what others did. */
export const POST: RequestHandler = async ({ locals, params, request, url, getClientAddress }) => {
	const { world, actor, language } = locals;
	demand(actor, ..._permission, ownCity(actor));
	// Kit guards forms; this takes none, so that a page elsewhere cannot send it, and looks at where it comes from besides.
	if (!request.headers.get('content-type')?.startsWith('application/json')) throw new Invalid('Send JSON.');
	if (!isOwnForm({ headers: request.headers, remote: getClientAddress(), own: url.origin }))
		throw new Forbidden('The editor sends from its own page.');
	const asked = askedOf(await request.json().catch(() => null));
	const t = speech(language);
	const { narrowed, lost, dangling, refused, ...rest } = await world.db.as(actor, async (tx) => {
		await comeIn(params.draft, locals, tx);
		const naming: Parameters<typeof exchange>[2] = (provisions) => Object.fromEntries(namesOf(provisions, t));
		return exchange(params.draft, asked, naming, actor, world, tx);
	});
	const turned: Turned = {
		...{ ...rest, refused, told: toldOf({ lost, dangling, refused, names: rest.names }, t) },
		narrowed: narrowed && noticesOf(narrowed, t),
	};
	return json(turned);
};
