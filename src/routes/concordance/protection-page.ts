/** Where a protection is told of, without the language. */
export function protectionPage(code: string): string {
	return `/concordance/protection/${code}`;
}
