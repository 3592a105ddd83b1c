import { createHmac } from 'node:crypto';
import { isUuid } from '#kernel/uuid.ts';
import { alike } from '#platform/alike.server.ts';

/** What links are made with. */
export interface Site {
	/** Scheme and host that people type. */
	readonly origin: string;
	/** The server's secret: nobody without it can make a link, and no link has to be stored. */
	readonly secret: string;
}

/** `begin` leads to the button that proves an address, `yours` to the places of a reader and the button that stops. */
export type Purpose = 'begin' | 'yours';

/** The path, without language, that stands for a row to whoever got it by mail. */
export function pathOf(purpose: Purpose, id: string, { secret }: Pick<Site, 'secret'>): string {
	return `/alerts/${purpose}/${id}.${seal(purpose, id, secret)}`;
}

/** The id that the last piece of such a path stands for; null where we did not make it. */
export function idOf(purpose: Purpose, token: string, { secret }: Pick<Site, 'secret'>): string | null {
	const [id = '', given = '', ...more] = token.split('.');
	if (!isUuid(id) || more.length > 0) return null;
	return alike(seal(purpose, id, secret), given) ? id : null;
}

function seal(purpose: Purpose, id: string, secret: string): string {
	return createHmac('sha256', secret).update(`alerts ${purpose} ${id}`).digest('base64url');
}
