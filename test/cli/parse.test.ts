import { expect, test } from 'vitest';
import type { Command, Verb } from '#cli/command.ts';
import { help } from '#cli/help.ts';
import { type Asked, parse } from '#cli/parse.ts';
import { nearest } from '#cli/suggest.ts';

const open: Verb = {
	name: 'open',
	summary: 'Open doors',
	operands: [{ name: 'DOOR', summary: 'a door', many: true }],
	options: {
		slowly: { summary: 'take care' },
		key: { value: 'KEY', summary: 'which key', short: 'k', default: 'brass' },
		colour: { value: 'COLOUR', summary: 'which colour', choices: ['red', 'blue'] },
		tag: { value: 'TAG', summary: 'a tag', many: true },
	},
	examples: [{ command: 'door open front', what: 'The front door' }],
	run: async () => {},
};
const close: Verb = {
	name: 'close',
	summary: 'Close all',
	examples: [{ command: 'door close', what: 'All' }],
	run: async () => {},
};
const TABLE: Command[] = [
	{ name: 'door', summary: 'Doors', verbs: [open, close] },
	{ ...close, name: 'leave' },
];

function run(line: string): Extract<Asked, { kind: 'run' }> {
	const asked = parse(line.split(' '), TABLE);
	if (asked.kind !== 'run') throw new Error('This asks for help.');
	return asked;
}

test('operands and options are read in any order, and defaults fill in', () => {
	const { path, args } = run('door open front --slowly --tag=a back --tag b -k iron');
	expect(path).toBe('door open');
	expect(args.operands).toEqual(['front', 'back']);
	expect([args.has('slowly'), args.text('key'), args.all('tag')]).toEqual([true, 'iron', ['a', 'b']]);
	expect(run('door open front').args.text('key')).toBe('brass');
	expect(run('door open - -- --slowly').args.operands).toEqual(['-', '--slowly']);
});

test.each([
	['dor', /no command `dor`.*Did you mean `citycompact door`/],
	['door opne', /no command `opne` in `citycompact door`.*`citycompact door open`/],
	['zebra', /There is: door, leave/],
	['--verbose', /no option `--verbose`/],
	['door open front --slwoly', /no option `--slwoly`.*`--slowly`/],
	['door open front --size 3', /no option `--size`.*citycompact door open --help/],
	['door open front --key', /`--key` needs a value: `--key KEY`/],
	['door open front --slowly=yes', /switch and takes no value/],
	['door open front --colour green', /`--colour green` is not known. Use one of: red, blue/],
	['door open front --key a --key b', /Give `--key` only once/],
	['door open front --key a\u0007', /cannot be seen/],
	['door open front --key a\u202e', /cannot be seen/],
	['door open', /needs DOOR: a door/],
	['leave now', /does not know what to do with `now`/],
])('%s is answered with a sentence that helps', (line, sentence) => {
	expect(() => run(line)).toThrow(sentence);
});

test.each([
	['', 'Usage: npx citycompact COMMAND'],
	['--help', 'Usage: npx citycompact COMMAND'],
	['help door', 'Usage: npx citycompact door VERB'],
	['door', 'Usage: npx citycompact door VERB'],
	['door --help', 'Usage: npx citycompact door VERB'],
	['door open --help', 'Usage: npx citycompact door open DOOR... [OPTIONS]'],
	['door open front --nonsense -h', 'Usage: npx citycompact door open DOOR... [OPTIONS]'],
	['help door open', 'Usage: npx citycompact door open DOOR... [OPTIONS]'],
	['leave --help', 'Usage: npx citycompact leave'],
])('"%s" shows help with examples, in lines that fit a terminal', (line, usage) => {
	const asked = parse(line === '' ? [] : line.split(' '), TABLE);
	if (asked.kind !== 'help') throw new Error('This asks for no help.');
	const text = help(asked, TABLE);
	expect(text).toContain(usage);
	expect(text).toContain('For example:');
	expect(Math.max(...text.split('\n').map((l) => l.length))).toBeLessThanOrEqual(110);
});

test.each([
	['evnts', 'events'],
	['event', 'events'],
	['agencise', 'agencies'],
	['zzz', null],
	['li', 'lists'],
])('%s was meant as %s', (typed, meant) => {
	expect(nearest(typed, ['events', 'agencies', 'lists', 'import'])).toBe(meant);
});
