import type { Transaction } from 'kysely';
import type { DB } from './schema.gen.ts';

/** On whose behalf a transaction runs: row-level security reads both. */
export interface Acting {
	readonly role: string;
	readonly city: string | null;
	/** Whether the counsel room of the city is open. */
	readonly counsel?: boolean;
	/** Joint matters that are open: `matter:` and an id. */
	readonly matters?: readonly string[];
	/** Whether the room of the members is closed to the seat. */
	readonly outside?: boolean;
	/** `read`: a program that was let in only to read. */
	readonly program?: string;
}

export type Tx = Transaction<DB>;

/** The only way to the data: no query outside `as` compiles, because nothing else hands out a connection. */
export interface Database {
	/** Runs `work` in one transaction as the actor, as a role that owns nothing; rolls back when it throws. Never nest: no connection is taken while one is held. */
	as<T>(acting: Acting, work: (tx: Tx) => Promise<T>): Promise<T>;
}

export interface Clock {
	now(): Date;
}

export interface Random {
	uuid(): string;
	bytes(length: number): Uint8Array;
}

/** What another server said, whole. */
export interface Answer {
	readonly status: number;
	/** The first header of that name (lower case), null where there is none. */
	header(name: string): string | null;
	readonly bytes: Uint8Array;
}

/** Why there is no answer: the address leads into this network, or the answer was too large, too late, or never came whole. */
export interface Unanswered {
	readonly unanswered: 'inside' | 'too_large' | 'timeout' | 'unreachable';
}

/** Outgoing requests. Which hosts may be asked, and whether a redirect is followed, is for the caller to say. */
export interface Http {
	/**
	 * Never follows a redirect, never reaches a private address, takes half a minute at most, or as long as the signal of
	 * the request allows. `limit`: bytes of the largest answer that is taken.
	 */
	fetch(request: Request, limit?: number): Promise<Answer | Unanswered>;
}

export interface Message {
	readonly to: string;
	readonly subject: string;
	readonly text: string;
	/** Headers beside the usual ones, by name; ASCII on one line. */
	readonly headers?: Readonly<Record<string, string>>;
}

export interface Mail {
	/** Throws `Upstream` where the mail server does not take it. */
	send(message: Message): Promise<void>;
}

/** Job payloads hold ids only. */
export interface Queue {
	/**
	 * Enqueues in the caller's transaction: the job exists exactly when the change does. `key` folds jobs not yet begun
	 * into one, which then begins `delay` seconds after the last was asked for.
	 */
	add(tx: Tx, task: string, payload?: Readonly<Record<string, string>>, key?: string, delay?: number): Promise<void>;
}

export interface Keys {
	/** 32 bytes derived from the server's secret, the same in every process: one key for each purpose. */
	of(purpose: string): Uint8Array;
}

/** What a log line may hold. Whatever is not named in `platform/log.server.ts` is left out. */
export type LogEntry = Readonly<Record<string, string | number | boolean | null>>;

export interface Log {
	info(entry: LogEntry, message: string): void;
	warn(entry: LogEntry, message: string): void;
	error(entry: LogEntry, message: string): void;
}

/** What is kept in memory as long as the world is open. */
export interface Keep {
	/** What `make` made at the first call; later ones are given the same. */
	of<T>(make: () => T): T;
}

/** The outside world, one record, passed last; a function takes only the fields it uses. */
export interface World {
	readonly db: Database;
	readonly clock: Clock;
	readonly random: Random;
	readonly http: Http;
	readonly mail: Mail;
	readonly queue: Queue;
	readonly log: Log;
	readonly keep: Keep;
	readonly keys: Keys;
}
