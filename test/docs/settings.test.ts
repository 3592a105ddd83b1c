import { expect, test } from 'vitest';
import { SETTINGS } from '#platform/config.server.ts';
import { read } from '../laws/source.ts';

type Setting = { readonly name: string; readonly default: string; readonly meaning: string };

function undocumented(settings: readonly Setting[], page: string): string[] {
	const rows = page.split('\n').filter((line) => /^\| `[A-Z_]+`/.test(line));
	const wanted = settings.map((s) => `| \`${s.name}\` | ${s.default} | ${s.meaning} |`);
	return [...wanted.filter((line) => !rows.includes(line)), ...rows.filter((line) => !wanted.includes(line))];
}

test('docs/settings.md holds every setting with its default and meaning, and no other', () => {
	const page = read('docs/settings.md').text;
	expect(undocumented(SETTINGS, page)).toEqual([]);
	expect(undocumented([...SETTINGS, { name: 'MOON', default: 'full', meaning: 'Its phase.' }], page)).toHaveLength(1);
	expect(undocumented(SETTINGS.slice(1), page)).toHaveLength(1);
});
