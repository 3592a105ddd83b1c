import type { Handle, HandleServerError, RequestEvent, ServerInit } from '@sveltejs/kit';
import { SYSTEM, VISITOR } from '#access/actor.ts';
import { splitPath } from '#i18n/language.ts';
import { Conflict, Forbidden, Invalid, NotFound, Upstream } from '#kernel/error.ts';
import { furnish } from '#places/furnish.server.ts';
import { failure } from '#platform/failure.ts';
import { gate } from '#platform/gate.ts';
import { guards } from '#platform/guards.ts';
import {
	bodyOf,
	compress,
	type Edition,
	type Encoding,
	encodingFor,
	type KeptPage,
	keepable,
	pageCache,
} from '#platform/page-cache.server.ts';
import { openWorld, pages, renders, world } from '#platform/world.server.ts';
import { seedSample } from '#watch/seed.server.ts';
import { edition } from '#watch/store.server.ts';
import { runJobsAside } from '#worker/aside.server.ts';
import { runJobs } from '#worker/run.server.ts';
import { dev } from '$app/environment';

/** Bytes of compressed pages kept in memory: some thousand pages, a tenth of what the process may take. */
const PAGES_LIMIT = 24 * 1024 * 1024;
/** Pages made at once: each takes up to three of the ten sessions, and one core makes no more. */
const RENDERS = 3;
/** Pages that wait for their turn, about a second of them; whoever comes then is told to come again. */
const RENDERS_WAITING = 60;
/** Asked by the system that looks after the process: answered however busy it is. */
const HEALTH: readonly (string | null)[] = ['/healthz', '/readyz'];
/** Longer queries are answered and never kept. */
const LONGEST_KEPT_QUERY = 200;

export const init: ServerInit = async () => {
	const opened = await openWorld();
	let jobs: { stop(): Promise<void> } | null = null;
	process.once('sveltekit:shutdown', async () => {
		await jobs?.stop();
		await opened.close();
	});
	await opened.db.as(SYSTEM, (tx) => furnish(opened, tx));
	await seedSample(opened);
	// Sources have no thread to run in: `npm run dev` works on jobs between pages.
	if (dev) await runJobs(opened);
	else jobs = runJobsAside(opened.log);
	pages(pageCache(PAGES_LIMIT, Date.now));
	renders(gate(RENDERS, RENDERS_WAITING));
};

export const handle: Handle = async ({ event, resolve }) => {
	const began = performance.now();
	const { language, path } = splitPath(event.url.pathname);
	const outside = world();
	const current = await pages()
		.edition(() => edition(outside))
		.catch(() => null);
	event.locals.world = outside;
	event.locals.actor = VISITOR;
	event.locals.language = language;
	event.locals.address = { path, search: orderedSearch(event.url.searchParams) };
	event.locals.sample = current?.sample ?? false;
	event.locals.cacheable = false;
	event.locals.failed = null;

	const resolved = async () =>
		resolve(event, {
			transformPageChunk: ({ html }) => html.replace('%lang%', language),
			preload: ({ type, path }) => type === 'css' || (type === 'font' && path.includes('archivo-latin-wght')),
		});
	const render = async () =>
		HEALTH.includes(event.route.id) ? resolved() : ((await renders().pass(resolved)) ?? busy());
	// Pages ship no script, so nobody of ours asks for their data alone.
	const answer = event.isDataRequest ? new Response(null, { status: 404 }) : await shared(event, current, render);
	const status = event.locals.failed ?? answer.status;
	const response = new Response(answer.body, { status, headers: answer.headers });
	for (const [name, value] of Object.entries(guards(event.url.protocol === 'https:'))) {
		if (name !== 'content-security-policy' || !response.headers.has(name)) response.headers.set(name, value);
	}
	outside.log.info(
		{
			method: event.request.method,
			route: event.route.id ?? 'none',
			status,
			ms: Math.round(performance.now() - began),
		},
		'request',
	);
	return response;
};

/** The five errors of the kernel become a status here and nowhere else on the web. */
export const handleError: HandleServerError = ({ error, event, status: kits }) => {
	const status = statusOf(error) ?? kits;
	event.locals.failed = status;
	if (status < 500) return { status, message: told(error) };
	const { random, log } = world();
	const number = random.uuid().slice(0, 8);
	log.error({ route: event.route.id ?? 'none', status, request: number, ...failure(error) }, 'a request failed');
	return { status, message: '', number };
};

function statusOf(error: unknown): number | null {
	if (error instanceof Invalid) return 400;
	if (error instanceof Forbidden) return 403;
	if (error instanceof NotFound) return 404;
	if (error instanceof Conflict) return 409;
	if (error instanceof Upstream) return 503;
	return null;
}

/** What an error says to the visitor: only ours speak, and `Forbidden` never says what is there. */
function told(error: unknown): string {
	return error instanceof Invalid || error instanceof NotFound || error instanceof Conflict ? error.message : '';
}

/**
 * Answers from the pages kept in memory where every visitor gets the same: GET without a cookie, and the page itself
 * said so. Text is compressed either way.
 */
async function shared(
	event: RequestEvent,
	current: Edition | null,
	render: () => Promise<Response>,
): Promise<Response> {
	const { request, locals, url } = event;
	const encoding = encodingFor(request.headers.get('accept-encoding'));
	const search = locals.address.search;
	const reading = request.method === 'GET' || request.method === 'HEAD';
	if (!reading || !current || request.headers.has('cookie') || search.length > LONGEST_KEPT_QUERY) {
		return packed(await render(), encoding);
	}
	let own: Response | null = null;
	const key = [current.version, locals.language, url.origin, locals.address.path, search].join(' ');
	const page = await pages().page(key, async () => {
		own = await render();
		if (!locals.cacheable || own.status !== 200 || locals.failed) return null;
		const body = Buffer.from(await own.arrayBuffer());
		return keepable(body, Object.fromEntries(own.headers));
	});
	return page ? kept(page, request, encoding) : packed(own ?? (await render()), encoding);
}

async function kept(page: KeptPage, request: Request, encoding: Encoding): Promise<Response> {
	const headers = new Headers(page.headers);
	headers.set('etag', page.etag);
	headers.set('vary', 'accept-encoding');
	headers.set('cache-control', 'no-cache');
	if (request.headers.get('if-none-match') === page.etag) {
		headers.delete('content-length');
		return new Response(null, { status: 304, headers });
	}
	const body = await bodyOf(page, encoding);
	if (encoding !== 'identity') headers.set('content-encoding', encoding);
	headers.set('content-length', String(body.length));
	return new Response(new Uint8Array(body), { headers });
}

async function packed(response: Response, encoding: Encoding): Promise<Response> {
	const headers = new Headers(response.headers);
	if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
	if (!/^text\/html/.test(headers.get('content-type') ?? '') || !response.body) {
		return new Response(response.body, { status: response.status, headers });
	}
	headers.delete('etag');
	const body = await compress(Buffer.from(await response.arrayBuffer()), encoding);
	headers.set('vary', 'accept-encoding');
	headers.set('content-length', String(body.length));
	if (encoding !== 'identity') headers.set('content-encoding', encoding);
	return new Response(new Uint8Array(body), { status: response.status, headers });
}

/** Too many pages are being made: better a line at once than a page in half a minute. */
function busy(): Response {
	return new Response(
		'Too many requests at once. Try again in a few seconds.\nDemasiadas solicitudes a la vez. Inténtelo de nuevo en unos segundos.\n',
		{
			status: 503,
			headers: { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '5' },
		},
	);
}

/** The query in one order, without the empty fields that a form sends along. */
function orderedSearch(params: URLSearchParams): string {
	const filled = new URLSearchParams([...params].filter(([, value]) => value.trim() !== ''));
	filled.sort();
	return filled.size ? `?${filled}` : '';
}
