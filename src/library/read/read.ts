import { Unreadable } from '#kernel/unreadable.ts';
import { readAkn } from './akn.ts';
import type { Blocks, Format, Refusal } from './block.ts';
import { readDocx } from './docx.ts';
import { readHtml } from './html.ts';
import { readMarkdown } from './markdown.ts';
import { readPdf } from './pdf.ts';
import { readRtf } from './rtf.ts';
import { sniff } from './sniff.ts';
import { readText } from './text.ts';

/**
 * Reads a file, whatever it is, into blocks; what it is says its content. Takes as long as it takes: `readFile` bounds
 * time and memory. Bad input is refused, never thrown.
 */
export async function readBytes(bytes: Uint8Array, name: string): Promise<Blocks | Refusal> {
	try {
		const format = sniff(bytes, name);
		if (typeof format !== 'string') return format;
		const read = await readAs(format, bytes);
		if ('refused' in read) return read;
		if (read.blocks.length === 0) return { refused: 'empty', detail: 'The file holds no words. Choose another file.' };
		return read;
	} catch (cause) {
		if (cause instanceof Unreadable) return refusalOf(cause);
		return {
			refused: 'damaged',
			detail: 'The file is damaged and cannot be read. Save it again, or offer a PDF of it.',
		};
	}
}

async function readAs(format: Format, bytes: Uint8Array): Promise<Blocks | Refusal> {
	switch (format) {
		case 'rtf':
			return readRtf(bytes);
		case 'docx':
			return readDocx(bytes);
		case 'html':
			return readHtml(bytes);
		case 'markdown':
			return readMarkdown(bytes);
		case 'akn':
			return readAkn(bytes);
		case 'pdf':
			return readPdf(bytes);
		case 'text':
			return readText(bytes);
	}
}

function refusalOf({ code, message }: Unreadable): Refusal {
	return { refused: code === 'zip_bomb' ? 'bomb' : code, detail: message };
}
