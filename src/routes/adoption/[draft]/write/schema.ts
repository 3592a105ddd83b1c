import { type Node, Schema } from 'prosemirror-model';

/**
 * A draft in the editor: one node a provision, with heading and words in it. What the draft draws by itself, numbers and levels,
 * is in attributes; what people type is in the text.
 */
export const schema = new Schema({
	nodes: {
		doc: { content: 'provision*' },
		provision: {
			content: '(heading words?) | words',
			isolating: true,
			defining: true,
			attrs: {
				id: {},
				depth: { default: 0 },
				fresh: { default: null },
				kind: { default: 'section' },
				level: { default: 0 },
				number: { default: '' },
				note: { default: '' },
				left: { default: false },
			},
			toDOM: ({ attrs: { id, kind, level, number, note, left, fresh } }) => [
				'div',
				{
					class: `piece p${Math.min(level, 5)} ${kind}${number === '' ? ' bare' : ''}${left ? ' left' : ''}${fresh === null ? '' : ' fresh'}`,
					id,
					...(number === '' ? {} : { 'data-number': number }),
					...(note === '' ? {} : { 'data-note': note }),
				},
				0,
			],
		},
		heading: { content: 'text*', toDOM: () => ['p', { class: 'head' }, 0], parseDOM: [{ tag: 'p.head' }] },
		words: { content: 'text*', toDOM: () => ['p', { class: 'words' }, 0], parseDOM: [{ tag: 'p' }] },
		text: {},
	},
});

/** Heading or words of a provision. */
export function partOf(part: 'heading' | 'words', text: string): Node {
	return schema.node(part, null, text === '' ? [] : schema.text(text));
}
