import type { Handle, HandleServerError, RequestEvent, ServerInit } from '@sveltejs/kit';
import { cookieName } from '#access/cookie.ts';
import { wrongKey } from '#access/key.server.ts';
import { keyIn } from '#access/key.ts';
import { Stale } from '#access/session.ts';
import { type Behind, behind, behindKey, NOBODY } from '#coalition/acting.server.ts';
import { openDoor } from '#coalition/door.server.ts';
import { clearCoalition, stockCoalition } from '#coalition/sample.server.ts';
import { addressIn, splitPath } from '#i18n/language.ts';
import { dayAt } from '#kernel/day.ts';
import { Conflict, Forbidden, Invalid, NotFound, Upstream } from '#kernel/error.ts';
import { NOTHING_ASKED } from '#library/search/asked.ts';
import { reindex } from '#library/search/index.server.ts';
import { searchLibrary } from '#library/search/search.server.ts';
import { stockShelf } from '#library/shelf.server.ts';
import { readConfig } from '#platform/config.server.ts';
import { failure } from '#platform/failure.ts';
import { type Gate, gate } from '#platform/gate.ts';
import { guards, isOpen, isWalled, PREFLIGHT } from '#platform/guards.ts';
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
import { problem } from '#platform/problem.server.ts';
import { packable, sending } from '#platform/stream.server.ts';
import { type OpenWorld, openWorld, pages, renders, streams, world } from '#platform/world.server.ts';
import { seedSample } from '#watch/seed.server.ts';
import { edition } from '#watch/store.server.ts';
import { runJobsAside } from '#worker/aside.server.ts';
import { runJobs } from '#worker/run.server.ts';
import { dev } from '$app/environment';

/** Bytes of compressed pages kept in memory: some thousand pages, a tenth of what the process may take. */
const PAGES_LIMIT = 24 * 1024 * 1024;
/** Pages made at once: each takes up to three of the ten sessions, and one core makes no more. */
const RENDERS = 3;
/**
 * Pages that wait for their turn: two hundred people of a coalition who click at the same moment all get theirs within some
 * seconds. Whoever comes then is told to come again.
 */
const RENDERS_WAITING = 240;
/** Long answers under way at once: each takes a session for a few milliseconds of every batch. */
const STREAMS = 8;
/** Where files are sent in: only to those who may is anything read, so that a slow line holds no page of others up. */
const UPLOADS: readonly (string | null)[] = [
	'/watch/import',
	'/library/import',
	'/adoption/[draft]/suggestions?/send',
	'/api/v1/adoption/drafts/[draft]/suggestions',
];
/** Files sent in at once, each form of up to 52 MB held in memory twice. */
const UPLOADS_AT_ONCE = 2;
/** What any other form may send, in bytes: a chapter that is corrected by hand has some hundred thousand. */
const LARGEST_FORM = 2_000_000;
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
	await seedSample(opened);
	await seeSample(opened);
	// A shelf that cannot be stocked is no reason to keep everything else from its readers.
	await stockShelf(opened).catch((error) => opened.log.error(failure(error), 'the shelf could not be stocked'));
	// Texts that an earlier version brought in, then the memory of searches; pages need not wait for it.
	reindex(opened)
		.then(() => searchLibrary(NOTHING_ASKED, dayAt(opened.clock.now()), opened))
		.catch((error) => opened.log.error(failure(error), 'the search index could not be made'));
	// Sources have no thread to run in: `npm run dev` works on jobs between pages.
	if (dev) await runJobs(opened);
	else jobs = runJobsAside(opened.log);
	pages(pageCache(PAGES_LIMIT, Date.now));
	renders(gate(RENDERS, RENDERS_WAITING));
	streams(gate(STREAMS, 0));
};

/** The sample coalition stands while a server is told to show it, and its code is in this terminal and nowhere else. */
async function seeSample(opened: OpenWorld): Promise<void> {
	const { demo, origin } = readConfig();
	if (!demo) return clearCoalition(opened);
	const say = (text: string) => void process.stderr.write(`${text}\n`);
	if (!(await stockCoalition(opened)))
		return say('There is no SAMPLE coalition here any more: this data folder holds real data, or once did.');
	const code = openDoor(opened);
	say(`SAMPLE coalition: sign in by one click at ${origin}/sign-in?code=${code}`);
}

export const handle: Handle = async ({ event, resolve }) => {
	const began = performance.now();
	const { language, path } = splitPath(event.url.pathname);
	const outside = world();
	const current = await pages()
		.edition(() => edition(outside))
		.catch(() => null);
	event.locals.world = outside;
	const caller = await whoever(event);
	const { session, actor, seats } = typeof caller === 'string' ? NOBODY : caller;
	event.locals.session = session;
	event.locals.actor = actor;
	event.locals.seats = seats;
	event.locals.language = language;
	event.locals.address = { path, search: orderedSearch(event.url.searchParams) };
	event.locals.sample = current?.sample ?? false;
	event.locals.cacheable = false;
	event.locals.failed = null;

	const resolved = async () =>
		resolve(event, {
			transformPageChunk: ({ html }) => html.replace('%lang%', language),
			preload: ({ type, path: file }) =>
				type === 'css' || (type === 'font' && fontsOf(path).some((font) => file.includes(font))),
		});
	const uploading = event.request.method === 'POST' && isUpload(event);
	const turns = uploading ? outside.keep.of(uploads) : renders();
	const render = async () => (HEALTH.includes(event.route.id) ? resolved() : ((await turns.pass(resolved)) ?? busy()));
	// Pages ship no script, so nobody of ours asks for their data alone.
	const walled = isWalled(event.route.id);
	const open = !walled && isOpen(event.url.pathname);
	const answer = event.isDataRequest
		? new Response(null, { status: 404 })
		: typeof caller === 'string'
			? new Response(null, { status: caller === 'wait' ? 429 : 401 })
			: !uploading && isLarge(event.request)
				? await tooLarge(event.request)
				: open && event.request.method === 'OPTIONS'
					? new Response(null, { status: 204, headers: PREFLIGHT })
					: await shared(event, current, render);
	// Rendering may have set it; the compiler only saw it emptied above.
	const failed = event.locals.failed as App.Error | null;
	const told = failed?.status ?? answer.status;
	// Who is nobody yet is told to bring a key.
	const status = failed?.again ? 303 : walled && told === 403 && actor.role === 'visitor' ? 401 : told;
	const response = failed?.again
		? again(event)
		: (open || walled) && status >= 400
			? problem(status, failed, answer, open)
			: new Response(answer.body, { status, headers: answer.headers });
	for (const [name, value] of Object.entries(guards(event.url.protocol === 'https:', open))) {
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

/** A page with other forms beside the one for files names the action too. */
function isUpload({ route, url }: RequestEvent): boolean {
	return UPLOADS.includes(route.id) || UPLOADS.includes(`${route.id}${url.search}`);
}

function uploads(): Gate {
	return gate(UPLOADS_AT_ONCE, UPLOADS_AT_ONCE);
}

/**
 * Who comes with the request: the health checks ask for nobody, and where that cannot be read it is a visitor. A key is looked
 * at where programs find what is not public, and nowhere else; `no` and `wait`: it opens nothing.
 */
async function whoever(event: RequestEvent): Promise<Behind | 'no' | 'wait'> {
	const said = isWalled(event.route.id) ? event.request.headers.get('authorization') : null;
	if (said !== null) {
		const key = keyIn(said);
		return (key && (await behindKey(key, world()))) || wrongKey(event.getClientAddress(), world());
	}
	const token = event.cookies.get(cookieName(event.url.protocol === 'https:'));
	if (!token || HEALTH.includes(event.route.id)) return NOBODY;
	return behind(token, world()).catch((error) => {
		world().log.error(failure(error), 'a session could not be read');
		return NOBODY;
	});
}

/** To the page that asks for both factors again, and from there back to where this came from. */
function again({ locals }: RequestEvent): Response {
	const { path, search } = locals.address;
	const back = new URLSearchParams({ next: addressIn(locals.language, path + search) });
	return new Response(null, {
		status: 303,
		headers: { location: `${addressIn(locals.language, '/sign-in/again')}?${back}`, 'cache-control': 'no-store' },
	});
}

/** The letters a page begins with: those of law only where there is law to read. */
function fontsOf(path: string): readonly string[] {
	return /^\/(library|concordance\/(clause|protection))(\/|$)/.test(path)
		? ['archivo-latin-wght', 'source-serif-4-latin-wght']
		: ['archivo-latin-wght'];
}

/** The five errors of the kernel become a status here and nowhere else on the web. */
export const handleError: HandleServerError = ({ error, event, status: kits }) => {
	const status = statusOf(error) ?? kits;
	const failed: App.Error = { status, message: status < 500 ? told(error) : '' };
	if (error instanceof Stale) failed.again = true;
	event.locals.failed = failed;
	if (status < 500) return failed;
	const { random, log } = world();
	failed.number = random.uuid().slice(0, 8);
	log.error({ route: event.route.id ?? 'none', status, request: failed.number, ...failure(error) }, 'a request failed');
	return failed;
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
 * Answers from the pages kept in memory where every visitor gets the same: GET without a cookie or key, and the page itself
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
	const personal = request.headers.has('cookie') || isWalled(event.route.id);
	if (!reading || !current || personal || search.length > LONGEST_KEPT_QUERY) {
		return packed(await render(), request, encoding);
	}
	let own: Response | null = null;
	const key = [current.version, locals.language, url.origin, locals.address.path, search].join(' ');
	const page = await pages().page(key, async () => {
		own = await render();
		if (!locals.cacheable || own.status !== 200 || locals.failed) return null;
		const body = Buffer.from(await own.arrayBuffer());
		return keepable(body, Object.fromEntries(own.headers));
	});
	return page ? kept(page, request, encoding) : packed(own ?? (await render()), request, encoding);
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

async function packed(response: Response, request: Request, encoding: Encoding): Promise<Response> {
	const headers = new Headers(response.headers);
	const type = headers.get('content-type') ?? '';
	const page = /^text\/html/.test(type);
	// Kit tags pages by their bytes, which no cookie may share.
	if (page) headers.delete('etag');
	if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
	// What failed is a line or two and may be told in other words further on: it takes no place of the long answers.
	if (!response.body || (!page && (response.status >= 400 || !packable(type)))) {
		return new Response(response.body, { status: response.status, headers });
	}
	headers.set('vary', 'accept-encoding');
	if (!page) return streamed(response, request, encoding, headers);
	const body = await compress(Buffer.from(await response.arrayBuffer()), encoding);
	headers.set('content-length', String(body.length));
	if (encoding !== 'identity') headers.set('content-encoding', encoding);
	return new Response(new Uint8Array(body), { status: response.status, headers });
}

/** An answer that is packed and sent while it is made: nobody holds the whole of it, and a slow reader holds no page up. */
async function streamed(response: Response, request: Request, encoding: Encoding, headers: Headers): Promise<Response> {
	headers.delete('content-length');
	if (encoding !== 'identity') headers.set('content-encoding', encoding);
	const leave = request.method === 'HEAD' ? null : streams().enter();
	if (!response.body || !leave) {
		await response.body?.cancel();
		return request.method === 'HEAD' ? new Response(null, { status: response.status, headers }) : busy();
	}
	return new Response(sending(response.body, encoding, leave), { status: response.status, headers });
}

/** Too many pages are being made: better a line at once than a page in half a minute. */
/** A browser always says how much it sends; a program that does not is refused. */
function isLarge({ headers, body }: Request): boolean {
	return body !== null && !(Number(headers.get('content-length') ?? Number.NaN) <= LARGEST_FORM);
}

/** What was sent is let through and kept nowhere: a browser shows no answer that comes before it has sent everything. */
async function tooLarge(request: Request): Promise<Response> {
	await request.body?.pipeTo(new WritableStream()).catch(() => {});
	return plainly(
		413,
		'That is more than this form takes. Shorten it, and send it again.\nEs más de lo que admite este formulario. Acórtelo y envíelo de nuevo.\n',
	);
}

function busy(): Response {
	return plainly(
		503,
		'Too many requests at once. Try again in a few seconds.\nDemasiadas solicitudes a la vez. Inténtelo de nuevo en unos segundos.\n',
		{ 'retry-after': '5' },
	);
}

function plainly(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Response {
	return new Response(text, { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } });
}

/** The query in one order, without the empty fields that a form sends along. */
function orderedSearch(params: URLSearchParams): string {
	const filled = new URLSearchParams([...params].filter(([, value]) => value.trim() !== ''));
	filled.sort();
	return filled.size ? `?${filled}` : '';
}
