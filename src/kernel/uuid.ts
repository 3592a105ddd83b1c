const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text that somebody sent is an id as we write it: the database takes no other for one, and says so loudly. */
export function isUuid(text: string): boolean {
	return UUID.test(text);
}
