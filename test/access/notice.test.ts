import { expect, test } from 'vitest';
import { createAccount } from '#access/account.server.ts';
import { ACCESS } from '#access/actor.ts';
import { sendNotice } from '#access/notice.server.ts';
import { NOTICES } from '#access/notice.ts';
import { testDatabase } from '../database.ts';

const here = await testDatabase();
const { world } = here;
const at = '2026-07-01T12:05:00.000Z';

test.each(['en', 'es'] as const)(
	'every change of an account is told its owner in their language (%s)',
	async (language) => {
		const email = `clerk-${language}@example.org`;
		const person = await world.db.as(ACCESS, (tx) => createAccount({ email, name: 'Ana Ruiz', language }, world, tx));
		here.sent.length = 0;
		for (const notice of NOTICES)
			await sendNotice({ person: person ?? '', notice, at }, 'https://compact.example.org', world);
		expect(here.sent.map(({ to }) => to)).toEqual(NOTICES.map(() => email));
		expect(new Set(here.sent.map(({ text }) => text)).size).toBe(NOTICES.length);
		for (const { text } of here.sent) {
			expect(text).toContain(`https://compact.example.org/${language === 'es' ? 'es/' : ''}account`);
			expect(text).toContain('12:05');
			expect(text).not.toContain('Ana');
		}
		// Signing out ends no key: whoever did not make it is led to where it is revoked.
		const made = here.sent[NOTICES.indexOf('key_made')]?.text ?? '';
		expect(made).toMatch(
			language === 'es' ? /anule la clave en \S+\/es\/account\/keys\./ : /revoke the key at \S+\/account\/keys\./,
		);
	},
);

test('an account that is gone is told nothing, nor is anybody told what is not known', async () => {
	here.sent.length = 0;
	await sendNotice({ person: 'nobody', notice: 'password_changed', at }, 'https://compact.example.org', world);
	expect(here.sent).toEqual([]);
});
