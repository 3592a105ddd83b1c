import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import type { Encoding } from './page-cache.server.ts';

/** Bytes gathered before they are handed on. */
const PIECE = 32_768;
/** Nobody may take longer over one answer, in milliseconds: the whole archive on a bad connection takes a few minutes. */
const LONGEST = 15 * 60_000;

/** Whether bodies of this content type shrink and may be sent while they are made. */
export function packable(type: string): boolean {
	return /^(application\/(json|geo\+json|atom\+xml)|text\/csv|image\/svg\+xml)\b/.test(type);
}

/** A body out of pieces of text, made as it is read. A reader that goes away ends the making. */
export function bodyOf(pieces: AsyncIterable<string>): ReadableStream<Uint8Array> {
	const iterator = gathered(pieces);
	return readable(iterator, async () => void (await iterator.return(undefined)));
}

/**
 * The body in an encoding, on its way to one reader; `done` is called once, when it is through, broke off, or the reader
 * left or took longer than anybody may.
 */
export function sending(
	body: ReadableStream<Uint8Array>,
	encoding: Encoding,
	done: () => void,
): ReadableStream<Uint8Array> {
	const source = Readable.fromWeb(body as WebStream<Uint8Array>);
	const out = encoding === 'identity' ? source : source.pipe(packer(encoding));
	if (out !== source) {
		// A pipe hands on neither an error nor an early end.
		source.on('error', (error) => out.destroy(error));
		out.on('close', () => source.destroy());
	}
	// Whoever reads hears of it from the reading.
	for (const stream of [source, out]) stream.on('error', () => {});
	const late = setTimeout(() => out.destroy(new Error('The reader took too long.')), LONGEST);
	out.once('close', () => {
		clearTimeout(late);
		done();
	});
	// Ending the iteration ends nothing where it never began: a reader may leave before the first piece.
	return readable(out, async () => void out.destroy());
}

function packer(encoding: 'br' | 'gzip') {
	if (encoding === 'gzip') return createGzip({ level: 6 });
	return createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}

async function* gathered(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
	let text = '';
	for await (const piece of pieces) {
		text += piece;
		if (text.length < PIECE) continue;
		yield Buffer.from(text);
		text = '';
	}
	if (text !== '') yield Buffer.from(text);
}

function readable(pieces: AsyncIterable<Uint8Array>, cancel: () => Promise<void>): ReadableStream<Uint8Array> {
	const iterator = pieces[Symbol.asyncIterator]();
	return new ReadableStream<Uint8Array>(
		{
			async pull(controller) {
				const { done, value } = await iterator.next();
				if (done) controller.close();
				else controller.enqueue(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
			},
			cancel,
		},
		{ highWaterMark: 0 },
	);
}
