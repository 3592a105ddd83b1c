import { toAkomaNtoso } from './akn.ts';
import { toDocx } from './docx.ts';
import { toHtml } from './html.ts';
import { toJson } from './json.ts';
import type { Outgoing } from './outgoing.ts';
import { toPlainText } from './text.ts';

/** A way out of the library. */
export interface Download {
	/** Of the file, and of the address: `download.docx`. */
	readonly extension: 'docx' | 'xml' | 'html' | 'txt' | 'json';
	readonly mediaType: string;
	/** The file, in one piece or in pieces as it is made. */
	readonly write: (out: Outgoing) => Uint8Array | Iterable<string> | AsyncIterable<string>;
}

/** Every way out, in the order they are offered. */
export const DOWNLOADS: readonly Download[] = [
	{
		extension: 'docx',
		mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
		write: toDocx,
	},
	{ extension: 'xml', mediaType: 'application/akn+xml; charset=utf-8', write: toAkomaNtoso },
	{ extension: 'html', mediaType: 'text/html; charset=utf-8', write: toHtml },
	{ extension: 'txt', mediaType: 'text/plain; charset=utf-8', write: toPlainText },
	{ extension: 'json', mediaType: 'application/json; charset=utf-8', write: toJson },
];
