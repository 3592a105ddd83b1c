/**
 * The five ways an edge can break. Expected outcomes are unions; these are thrown, and mapped once to a page in the web
 * hooks and once to an exit code in the CLI. `message` is a sentence for the person who has to act on it.
 */
export class NotFound extends Error {
	override readonly name = 'NotFound';
}
export class Forbidden extends Error {
	override readonly name = 'Forbidden';
}
export class Invalid extends Error {
	override readonly name = 'Invalid';
}
export class Conflict extends Error {
	override readonly name = 'Conflict';
}
export class Upstream extends Error {
	override readonly name = 'Upstream';
}
