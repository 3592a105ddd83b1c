import { expect, test } from 'vitest';
import { isNoun, type Noun, type Verb } from '#cli/command.ts';
import { COMMANDS } from '#cli/commands.ts';
import { parse } from '#cli/parse.ts';
import { manual } from './manual.ts';

const VERBS: [string, Verb][] = COMMANDS.flatMap((command) =>
	isNoun(command)
		? command.verbs.map((verb): [string, Verb] => [`${command.name} ${verb.name}`, verb])
		: [[command.name, command] as [string, Verb]],
);

test('docs/cli.md holds every command and option (npm run golden -- --update)', async () => {
	await expect(manual(COMMANDS)).toMatchFileSnapshot('../../docs/cli.md');
	const noun: Noun = {
		name: 'moon',
		summary: 'The moon',
		verbs: [{ name: 'rise', summary: 'Rise', examples: [], run: async () => {} }],
	};
	expect(manual([noun])).toContain('### moon rise');
});

test.each(VERBS)('%s teaches by examples that its own parser takes', (path, verb) => {
	expect(verb.examples.length).toBeGreaterThan(0);
	for (const { command, what } of verb.examples) {
		const words =
			command
				.split(/ [>|] /)[0]
				?.match(/'[^']*'|"[^"]*"|\S+/g)
				?.map((word) => word.replace(/^['"]|['"]$/g, '')) ?? [];
		expect(what).not.toBe('');
		expect(parse(words, COMMANDS)).toMatchObject({ kind: 'run', path });
	}
});

test.each(VERBS)('%s is summed up in one line without a full stop', (_path, verb) => {
	expect(verb.summary).toMatch(/^[A-Z][^\n]*[^.\n]$/);
});
