import { looksZipped, zipEntries } from '#kernel/zip.ts';
import type { Format, Refusal } from './block.ts';
import { decodeUnknown } from './codepage.ts';
import { startOf } from './rtf.ts';

/** As much as the library keeps of one file (see `blob`); the largest ordinance with its maps is some 30 MB. */
export const MAX_BYTES = 50_000_000;
/** What says what a text is stands at its beginning. */
const HEAD = 4_096;
/** PDF programs tolerate this much before the mark (PDF 1.7, implementation note 13). */
const PDF_HEAD = 1_024;
/** More control characters than one in so many: no text. */
const CONTROL_SHARE = 200;

/** What a file is, by what stands in it. The name decides only between plain text and Markdown, where both readings keep every word. */
export function sniff(bytes: Uint8Array, name: string): Format | Refusal {
	if (bytes.length === 0) return no('empty', 'The file is empty. Choose the file again.');
	if (bytes.length > MAX_BYTES) {
		return no(
			'too_large',
			`The file has more than ${MAX_BYTES / 1_000_000} MB. Save it without its pictures, or in parts.`,
		);
	}
	const head = latin(bytes.subarray(0, HEAD));
	if (looksZipped(bytes)) return zipped(bytes);
	if (head.slice(0, PDF_HEAD).includes('%PDF-')) return 'pdf';
	if (startOf(bytes) >= 0) return 'rtf';
	if (head.startsWith('\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1')) return compound(bytes);
	const picture = PICTURES.find(([mark]) => head.startsWith(mark));
	if (picture) {
		return no(
			'scanned',
			`The file is a picture (${picture[1]}), without words in it. Run OCR first, for example \`img2pdf in.${picture[1].toLowerCase()} -o in.pdf && ocrmypdf in.pdf out.pdf\`, and offer the result.`,
		);
	}
	return written(decodeUnknown(bytes.subarray(0, HEAD * 16)).text, name);
}

function written(text: string, name: string): Format | Refusal {
	if (text.trim() === '') return no('empty', 'The file holds nothing but space. Choose the file again.');
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is counted
	const controls = text.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/g)?.length ?? 0;
	if (controls * CONTROL_SHARE > text.length) {
		return no('unknown_format', `The file is of no kind that can be read. ${KINDS}`);
	}
	const start = text
		.replace(/^\ufeff/, '')
		.replace(/^(\s|<\?[^>]{0,500}\?>|<!--(?:(?!-->)[\s\S]){0,2000}-->)+/, '')
		.slice(0, HEAD);
	if (/^<!DOCTYPE[^>]{0,500}akomaNtoso/i.test(start) || /^<([\w.-]+:)?akomaNtoso[\s>]/.test(start)) return 'akn';
	if (
		/^(<!doctype\s+html|<(html|head|body|title|meta|article|main|div|p|h[1-6]|table|ul|ol|span|center|font|pre)\b)/i.test(
			start,
		)
	) {
		return 'html';
	}
	if (/^<([\w.-]+:)?(wordDocument|package)[\s>]/.test(start)) {
		return no('unknown_format', 'The file is Word XML. Open it in Word and save it as a Word document (.docx).');
	}
	if (/^<!DOCTYPE|^\s*<\?xml/i.test(text.trimStart())) {
		return no('unknown_format', `The file is XML, but neither Akoma Ntoso nor HTML. ${KINDS}`);
	}
	if (/^MIME-Version:/im.test(start) && /^Content-Type:\s*multipart/im.test(start)) {
		return no(
			'unknown_format',
			'The file is a saved web page with its parts (MHTML). Save it as HTML only, or print it to PDF.',
		);
	}
	return looksMarked(text, name) ? 'markdown' : 'text';
}

/** Whether a text is Markdown: headings with number signs. Those of one level could be a list of numbers in a plain text. */
function looksMarked(text: string, name: string): boolean {
	if (/\.(md|markdown|mdown)$/i.test(name)) return true;
	const headings = text.match(/^#{1,6} +\p{L}.*$/gmu)?.length ?? 0;
	return headings > (/\.txt$/i.test(name) ? 2 : 0);
}

function zipped(bytes: Uint8Array): Format | Refusal {
	const names = zipEntries(bytes).map((entry) => entry.name.toLowerCase());
	if (names.includes('[content_types].xml')) {
		if (names.some((name) => name.startsWith('xl/'))) {
			return no(
				'unknown_format',
				'The file is an Excel workbook, not a text. Save the text as a Word document or PDF.',
			);
		}
		if (names.some((name) => name.startsWith('ppt/'))) {
			return no('unknown_format', 'The file is a presentation, not a text. Save the text as a Word document or PDF.');
		}
		return 'docx';
	}
	if (names.includes('mimetype') && names.includes('content.xml')) {
		return no('unknown_format', 'The file is an OpenDocument file. Save it as a Word document (.docx) or RTF.');
	}
	if (names.includes('mimetype')) {
		return no('unknown_format', 'The file is an e-book. Save its text as a Word document (.docx) or HTML.');
	}
	return no('unknown_format', `The file is a zip. Unpack it and offer the files inside. ${KINDS}`);
}

/** Files of Office before 2007, and the envelope that Office puts around a file with a password. */
function compound(bytes: Uint8Array): Refusal {
	const envelope = utf16('EncryptedPackage');
	if (holds(bytes, envelope)) {
		return no(
			'encrypted',
			'The file is protected by a password. Open it in Word, take the password off and save it again.',
		);
	}
	return no(
		'unknown_format',
		'The file is of a Word before 2007. Open it in Word and save it as a Word document (.docx).',
	);
}

function holds(bytes: Uint8Array, wanted: readonly number[]): boolean {
	for (let at = bytes.indexOf(wanted[0] as number); at >= 0; at = bytes.indexOf(wanted[0] as number, at + 1)) {
		if (wanted.every((byte, n) => bytes[at + n] === byte)) return true;
	}
	return false;
}

function utf16(text: string): number[] {
	return [...text].flatMap((sign) => [sign.charCodeAt(0), 0]);
}

function latin(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

function no(refused: Refusal['refused'], detail: string): Refusal {
	return { refused, detail };
}

const KINDS = 'The library reads Word (.docx), PDF with text, RTF, HTML, Markdown, plain text and Akoma Ntoso.';

const PICTURES: readonly (readonly [string, string])[] = [
	['\u0089PNG', 'PNG'],
	['\u00ff\u00d8\u00ff', 'JPG'],
	['GIF8', 'GIF'],
	['II*\u0000', 'TIF'],
	['MM\u0000*', 'TIF'],
];
