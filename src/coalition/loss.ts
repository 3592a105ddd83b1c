import { APPROVALS } from './interest.ts';

/** Hours between the second approval and a link: whoever reads mail only on working days has a working day. */
export const DELAY_HOURS = 72;

/** What is next with somebody who lost every way to sign in. */
export type LossStep = 'call' | 'approve' | 'approve_other' | 'wait' | 'link';

/** `due`: from when on a link may be sent; null before two approved. */
export function lossStep(
	{ called, approvals, due }: { readonly called: boolean; readonly approvals: number; readonly due: Date | null },
	now: Date,
): LossStep {
	if (due) return now < due ? 'wait' : 'link';
	if (!called) return 'call';
	return approvals < APPROVALS - 1 ? 'approve' : 'approve_other';
}
