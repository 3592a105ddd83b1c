import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMailbox } from '#kernel/mailbox.ts';

test.each([
	['Clerk@Walker.TX.us', 'clerk@walker.tx.us'],
	['  ana.o’neil@example.org ', null],
	[" ana.o'neil+watch@example.org ", "ana.o'neil+watch@example.org"],
	['clerk@xn--peaflor-9za.example', 'clerk@xn--peaflor-9za.example'],
	['clerk@peñaflor.example', null],
	['clerk@localhost', null],
	['clerk@127.0.0.1', null],
	['clerk', null],
	['', null],
	['a@b@example.org', null],
	['Clerk <clerk@example.org>', null],
	['"a b"@example.org', null],
	['a@example.org,b@example.org', null],
	['a@example.org\r\nBcc: b@example.org', null],
	['a..b@example.org', null],
	['.a@example.org', null],
	['a@-example.org', null],
	['a@example..org', null],
	[`${'x'.repeat(65)}@example.org`, null],
	[`a@${'x.'.repeat(126)}org`, null],
])('%j is read as the mailbox %j', (text, address) => {
	expect(readMailbox(text)).toBe(address);
});

test('whatever is read as a mailbox is one word of ASCII with one @, and is read the same again', () => {
	const near = fc.string({ unit: fc.constantFrom(...'a1@.-+ \r\n\0,;<>":ñ'), maxLength: 30 });
	fc.assert(
		fc.property(fc.oneof(fc.emailAddress(), near, fc.string()), (text) => {
			const address = readMailbox(text);
			if (address === null) return;
			expect(address).toMatch(/^[!-?A-~]+@[!-?A-~]+$/);
			expect(readMailbox(address)).toBe(address);
		}),
		{ numRuns: 300 },
	);
});
