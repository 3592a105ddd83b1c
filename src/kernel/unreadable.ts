/**
 * Thrown by the readers of zip and XML for bytes that are broken, made to harm, or beyond a limit. `message` is a
 * sentence for the person who offered the file. Whoever opens a file turns it into a refusal of its own.
 */
export class Unreadable extends Error {
	override readonly name = 'Unreadable';
	constructor(
		readonly code: 'damaged' | 'encrypted' | 'too_large' | 'zip_bomb',
		detail: string,
	) {
		super(detail);
	}
}
