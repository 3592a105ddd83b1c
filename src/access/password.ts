/** The shortest password (NIST SP 800-63B asks for 8 where there is a second factor; there is no reason to be near it). */
const SHORTEST = 12;
/** The longest that is hashed: a sentence or two. More is no gain, and megabytes would be work for nothing. */
const LONGEST = 200;
/** Different characters that a password has at least: `aaaaaaaaaaaa` is long and nothing else. */
const DIFFERENT = 5;

export type PasswordFault = 'short' | 'long' | 'plain' | 'own';

/**
 * What is wrong with a new password; null where nothing is. Length counts, not signs and digits. `plain`: it repeats a few
 * characters; `own`: it is made of the address or the name of the account.
 */
export function passwordFault(
	password: string,
	account: { readonly email: string; readonly name: string },
): PasswordFault | null {
	const signs = [...password.normalize('NFKC')];
	if (signs.length < SHORTEST) return 'short';
	if (signs.length > LONGEST) return 'long';
	if (new Set(signs).size < DIFFERENT) return 'plain';
	const bare = password.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
	const [local = ''] = account.email.split('@');
	const own = [account.email, local, account.name].map((text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));
	return own.some((text) => text.length > 3 && bare.replaceAll(text, '').length < 4) ? 'own' : null;
}
