import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMailbox } from '#kernel/mailbox.ts';
import { openMail } from '#platform/mail.server.ts';
import { mailServer } from '../smtp.ts';

const server = await mailServer();
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const mail = openMail(
	{ smtpUrl: server.url, mailFrom: 'compact@example.org', production: true },
	quiet,
	() => undefined,
);

/** What ends a line, begins a header, a recipient or a letter. */
const HOSTILE = [
	...[
		'\r\nBcc: victim@example.org',
		'\nBcc: victim@example.org\n\nbody',
		'\r\n.\r\nMAIL FROM:<x@y.z>\r\n',
		'\u0000',
		'\u2028Bcc: a@b.c',
	],
	...[
		'\r\n\r\n<b>',
		'\r\n .\r\n',
		'\n.\n',
		'%0d%0aBcc: victim@example.org',
		'=0D=0ABcc: victim@example.org',
		', victim@example.org',
	],
];
const hostile = fc
	.array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ maxLength: 8 })), { minLength: 1, maxLength: 4 })
	.map((parts) => parts.join(''));
const HEADERS = [
	...[
		'auto-submitted',
		'content-transfer-encoding',
		'content-type',
		'date',
		'from',
		'message-id',
		'mime-version',
		'subject',
		'to',
	],
];

test('no words of a subject or a text add a header, a recipient or a letter', async () => {
	await fc.assert(
		fc.asyncProperty(hostile, hostile, async (subject, text) => {
			server.received.length = 0;
			await mail.send({ to: 'clerk@example.org', subject: `A ${subject}`, text });
			expect(server.received.map(({ to }) => to)).toEqual([['clerk@example.org']]);
			const names = Object.keys(server.received[0]?.headers ?? {});
			expect(names.filter((name) => !HEADERS.includes(name))).toEqual([]);
		}),
		{ numRuns: 60 },
	);
});

test('whatever is read as a mailbox is one recipient', async () => {
	await fc.assert(
		fc.asyncProperty(hostile, async (text) => {
			const to = readMailbox(`clerk@example.org${text}`) ?? readMailbox(`${text}@example.org`);
			if (to === null) return;
			server.received.length = 0;
			await mail.send({ to, subject: 'A list has changed', text: 'Words.' });
			expect(server.received.map((letter) => letter.to)).toEqual([[to]]);
		}),
		{ numRuns: 60 },
	);
});
