import type { Speaker } from '../remark/remark.ts';

/** That a draft went to counsel, or came back. */
export interface Turn {
	/** Counted from 1 in its draft. */
	readonly nth: number;
	readonly act: 'sent' | 'returned';
	/** The last edit then. */
	readonly seq: number;
	/** Whom it was sent to; null: nobody by this site, or it came back. */
	readonly to: Speaker | null;
	readonly by: Speaker;
	readonly at: Date;
}
