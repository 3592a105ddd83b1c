/** Grey up to this is what offices call black. */
const DARK = 0x50;
/** Channels nearer to each other than this make a grey. */
const GREY = 0x12;

/** A colour as six hex digits, or null where it is that of ordinary text: black, or so dark a grey that nobody marks with it. */
export function colourOf(red: number, green: number, blue: number): string | null {
	const high = Math.max(red, green, blue);
	if (high <= DARK && high - Math.min(red, green, blue) <= GREY) return null;
	return [red, green, blue]
		.map((n) =>
			Math.max(0, Math.min(255, Math.round(n) || 0))
				.toString(16)
				.padStart(2, '0'),
		)
		.join('');
}

/** As `colourOf`, from `RRGGBB` or `#rgb` in any case; null for anything else. */
export function colourOfHex(text: string): string | null {
	const short = /^#?([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text.trim());
	const long = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text.trim());
	const digits = short ? short.slice(1).map((d) => d + d) : long?.slice(1);
	if (!digits) return null;
	const [red = 0, green = 0, blue = 0] = digits.map((d) => Number.parseInt(d, 16));
	return colourOf(red, green, blue);
}

/** Whether nobody sees words of that colour on paper. */
export function isWhite(colour: string | null): boolean {
	return colour !== null && /^(f[a-f0-9]){3}$/.test(colour);
}

/** The blues that office programs give to links; an underline that comes with one marks no addition. */
export function isLinkBlue(colour: string | null): boolean {
	return colour !== null && ['0000ff', '0000ee', '0563c1', '0463c1', '467886', '1155cc'].includes(colour);
}
