import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineOf } from '#adoption/word/suggest.ts';
import { makeDocx } from '../library/docx.ts';
import { attempt } from './complaint.ts';
import { DRAFT } from './corpus.ts';

const BY = 'w:id="7" w:author="Ada Counsel" w:date="2026-11-20T09:30:00Z"';
const LINES = DRAFT.map(lineOf);
const NEW = 'The mayor signs within ten days.';

type Deed = 'same' | 'ins' | 'del' | 'moveFrom' | 'moveTo';
interface Paragraph {
	readonly line: string;
	readonly deed: Deed;
	readonly end: Deed;
}

/** The draft with one paragraph moved, one put in and one struck, and ends that say anything of themselves; some are gone. */
const FILES = fc
	.record({
		moved: fc.nat(LINES.length - 1),
		struck: fc.nat(LINES.length - 1),
		to: fc.nat(LINES.length),
		put: fc.nat(LINES.length),
		ends: fc.array(fc.constantFrom<Deed>('same', 'same', 'same', 'ins', 'del', 'moveFrom', 'moveTo'), {
			minLength: LINES.length + 2,
			maxLength: LINES.length + 2,
		}),
		gone: fc.array(fc.nat(LINES.length + 1), { maxLength: 2 }),
	})
	.map(({ moved, struck, to, put, ends, gone }) => {
		const list = LINES.map((line, at): Pick<Paragraph, 'line' | 'deed'> => {
			return { line, deed: at === moved ? 'moveFrom' : at === struck ? 'del' : 'same' };
		});
		list.splice(to, 0, { line: LINES[moved] as string, deed: 'moveTo' });
		list.splice(put, 0, { line: NEW, deed: 'ins' });
		return list.map((one, at) => ({ ...one, end: ends[at] as Deed })).filter((_, at) => !gone.includes(at));
	});

test('a paragraph that moves is neither lost nor doubled, whatever its end and those around it say', () => {
	fc.assert(
		fc.property(FILES, (paragraphs) => {
			expect(attempt(makeDocx({ document: paragraphs.map(written).join('') }), DRAFT).wrong).toBe(null);
		}),
		{ numRuns: 1000 },
	);
});

function written({ line, deed, end }: Paragraph): string {
	const letters = deed === 'del' ? 'delText' : 't';
	const words = line.split('\t').map((part) => `<w:${letters} xml:space="preserve">${part}</w:${letters}>`);
	const run = `<w:r>${words.join('<w:tab/>')}</w:r>`;
	const told = deed === 'same' ? run : `<w:${deed} ${BY}>${run}</w:${deed}>`;
	const range = (side: string) => (deed.startsWith('move') ? `<w:${deed}Range${side} ${BY} w:name="move1"/>` : '');
	const mark = end === 'same' ? '' : `<w:pPr><w:rPr><w:${end} ${BY}/></w:rPr></w:pPr>`;
	return `<w:p>${mark}${range('Start')}${told}${range('End')}</w:p>`;
}
