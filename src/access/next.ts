/** The longest address that is led back to: any of our pages with its filters. */
const LONGEST = 500;

/**
 * Where to go after signing in, if it is a page of ours; else null. Only a path: what a browser could read as the address of
 * another site is none, nor is a page of signing in.
 */
export function nextPath(text: string | null): string | null {
	if (text === null || text.length > LONGEST || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text) || text.includes('\\'))
		return null;
	return /^(\/es)?\/sign-in([/?#]|$)/.test(text) ? null : text;
}
