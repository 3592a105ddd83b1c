/** Where addresses of the sample lead: nowhere, for good (RFC 2606). */
export const SAMPLE_DOMAIN = 'sample.invalid';

/** Whether a mail address is of the sample: no person has it, and no mail ever arrives there. */
export function isSampleAddress(email: string): boolean {
	const domain = email.toLowerCase().split('@').at(-1) ?? '';
	return domain === SAMPLE_DOMAIN || domain.endsWith(`.${SAMPLE_DOMAIN}`);
}
