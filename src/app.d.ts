import type { Actor } from '#access/actor.ts';
import type { Language } from '#i18n/language.ts';
import type { OpenWorld } from '#platform/world.server.ts';

declare global {
	namespace App {
		interface Error {
			/** The status the visitor gets. Kit knows only its own; ours comes from the five errors of the kernel. */
			status: number;
			/** What to do, where the error said it for this visitor; else empty and the page speaks for the status. */
			message: string;
			/** Finds the line in the log; only where the fault is ours. */
			number?: string;
		}
		interface Locals {
			world: OpenWorld;
			actor: Actor;
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
