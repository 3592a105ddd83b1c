/** The cookie that holds a session. Under TLS its name makes browsers refuse it from anybody but this very host. */
export function cookieName(secure: boolean): string {
	return secure ? '__Host-compact' : 'compact';
}

/** How it is set: no script reads it, no other site sends it along with a post, and it ends with the browser. */
export function cookieOptions(secure: boolean) {
	return { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
}
