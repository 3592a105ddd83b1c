/** What an account's owner is told of by mail, so that nobody else does it unseen. */
export const NOTICES = [
	'passkey_added',
	'passkey_removed',
	'app_added',
	'app_removed',
	'password_changed',
	'codes_made',
	'code_used',
	'key_made',
	'key_revoked',
	'address_changed',
	'exported',
	'loss_reported',
	'loss_stopped',
	'access_renewed',
] as const;
export type Notice = (typeof NOTICES)[number];
