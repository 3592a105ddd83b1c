import { expect, test } from 'vitest';
import { added } from '#adoption/structure/outline.ts';
import { restructured } from '#adoption/structure/restructure.ts';

test.each([
	'of this chapter',
	'of this title',
	'of this article',
	'of this ordinance',
	'of this Act',
	'of this policy',
])('a section %s is followed where the text has no such part of its own', (tail) => {
	const section = (n: number, text: string) => {
		const rest = { kind: 'section', heading: 'Rule', parent: null, from: null } as const;
		return { ...rest, id: `p${n}`, number: `Section ${n}.`, text };
	};
	const text = [section(1, `As in section 2 ${tail}, nobody pays.`), section(2, 'Two.')];
	const change = added(text, { id: 'px', kind: null, heading: null, words: 'New.' }, { after: 'p1' });
	if ('refused' in change) throw new Error(change.refused);
	const made = restructured(text, change, 'en');
	expect(made.text[0]?.text).toBe(`As in section 3 ${tail}, nobody pays.`);
	expect(made.dangling).toEqual([]);
});
