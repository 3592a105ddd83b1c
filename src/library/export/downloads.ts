import { WORD_TYPE } from '#kernel/media-type.ts';
import { toAkomaNtoso } from './akn.ts';
import { toDocx } from './docx.ts';
import { toHtml } from './html.ts';
import { toJson } from './json.ts';
import { type Outgoing, type Paper, paperOf } from './outgoing.ts';
import { toPlainText } from './text.ts';

/** A form of file that a text is written in, whether it is a version of the library or a draft. */
export interface Form {
	/** Of the file, and of the address: `download.docx`. */
	readonly extension: 'docx' | 'xml' | 'html' | 'txt';
	readonly mediaType: string;
	/** The file, in one piece or in pieces as it is made. */
	readonly write: (paper: Paper) => Uint8Array | Iterable<string>;
}

/** A way out of the library. */
export interface Download {
	readonly extension: Form['extension'] | 'json';
	readonly mediaType: string;
	readonly write: (out: Outgoing) => Uint8Array | Iterable<string> | AsyncIterable<string>;
}

export const FORMS: readonly Form[] = [
	{
		extension: 'docx',
		mediaType: WORD_TYPE,
		write: toDocx,
	},
	{ extension: 'xml', mediaType: 'application/akn+xml; charset=utf-8', write: toAkomaNtoso },
	{ extension: 'html', mediaType: 'text/html; charset=utf-8', write: toHtml },
	{ extension: 'txt', mediaType: 'text/plain; charset=utf-8', write: toPlainText },
];

/** Every way out, in the order they are offered. */
export const DOWNLOADS: readonly Download[] = [
	...FORMS.map(({ write, ...form }): Download => ({ ...form, write: (out) => write(paperOf(out)) })),
	{ extension: 'json', mediaType: 'application/json; charset=utf-8', write: toJson },
];
