/** Words as XML and HTML hold them; what XML 1.0 does not allow becomes U+FFFD. Fits attributes in double quotes as well. */
export function escaped(text: string): string {
	return text
		.toWellFormed()
		.replaceAll(UNALLOWED, '\ufffd')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll('\r', '&#13;');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const UNALLOWED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
