import type { Actor } from '#access/actor.ts';
import type { Session } from '#access/session.ts';
import type { HeldSeat } from '#coalition/acting.server.ts';
import type { Language } from '#i18n/language.ts';
import type { OpenWorld } from '#platform/world.server.ts';

declare global {
	namespace App {
		interface Error {
			/** The status the visitor gets. Kit knows only its own; ours comes from the five errors of the kernel. */
			status: number;
			/** What to do, where the error said it for this visitor; else empty and the page speaks for the status. */
			message: string;
			/** Both factors have to be shown again; the hooks lead there. */
			again?: boolean;
			/** Finds the line in the log; only where the fault is ours. */
			number?: string;
		}
		interface Locals {
			world: OpenWorld;
			/** Whoever the request comes from; `VISITOR` unless both factors were shown. */
			actor: Actor;
			/** The sign-in behind the request, or half of one; null for none. */
			session: Session | null;
			/** Seats that the person may choose between. */
			seats: readonly HeldSeat[];
			language: Language;
			/** The address without language prefix and with the query in one order, empty fields dropped: `/watch`, `?model=TFM`. */
			address: { path: string; search: string };
			/** True while the ledger holds the sample lists. */
			sample: boolean;
			/** A page sets this when all visitors get the same of it and its query is drawn from a bounded set. */
			cacheable: boolean;
			/** What a thrown error became, once mapped. */
			failed: Error | null;
		}
	}
}
