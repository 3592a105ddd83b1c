/** Where a protection is told of, without the language: the one place to change when it gets a page of its own. */
export function protectionPage(code: string): string {
	return `/library/protections#${code}`;
}
