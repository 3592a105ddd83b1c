import { sha256 } from '#kernel/digest.ts';
import type { Room } from '#platform/room.ts';

/** A chain of audit: whose it is, and where it ends. */
export interface Chain {
	readonly id: string;
	readonly owner: string | null;
	readonly room: Room;
	readonly entries: number;
	/** Hash of the last entry; of an empty chain its id. */
	readonly head: string;
}

/** An entry as it was written, with its hash. */
export interface Link {
	readonly position: number;
	readonly at: Date;
	readonly action: string;
	readonly subject: string;
	readonly role: string;
	readonly seat: string | null;
	/** `name:hash` of each personal field in the order of their names, with spaces between. */
	readonly seals: string;
	readonly hash: string;
}

/** A personal field of an entry; value and salt are null once it was erased. */
export interface Field {
	readonly field: string;
	readonly value: string | null;
	readonly salt: string | null;
}

/** The end of a chain as it was noted down earlier. */
export interface Noted {
	readonly id: string;
	readonly entries: number;
	readonly head: string;
}

/** What does not hold, and at which entry. */
export interface Fault {
	readonly kind: 'missing' | 'altered' | 'field' | 'cut' | 'head' | 'noted';
	readonly position: number;
}

/** How far a chain was followed. */
export interface Followed {
	readonly position: number;
	readonly hash: string;
	readonly fault: Fault | null;
}

const UTF8 = new TextEncoder();

/** Where following a chain begins. */
export function beginning(chain: Chain): Followed {
	return { position: 0, hash: chain.id, fault: null };
}

/** Follows a chain by one entry, in the order of positions. After a fault nothing is looked at any more. */
export function follow(chain: Chain, so: Followed, link: Link, fields: readonly Field[], noted?: Noted): Followed {
	if (so.fault) return so;
	const position = so.position + 1;
	const hash = linkHash(chain, so.hash, link);
	const faulty = (kind: Fault['kind']): Followed => ({ position, hash, fault: { kind, position } });
	if (link.position !== position) return faulty('missing');
	if (link.hash !== hash) return faulty('altered');
	if (noted?.entries === position && noted.head !== hash) return faulty('noted');
	if (!sealed(link.seals, fields)) return faulty('field');
	return { position, hash, fault: null };
}

/** What is wrong with a chain that was followed to its last entry; null where it holds. */
export function ending(chain: Chain, so: Followed, noted?: Noted): Fault | null {
	if (so.fault) return so.fault;
	if (so.position < chain.entries) return { kind: 'cut', position: so.position + 1 };
	if (so.position > chain.entries || so.hash !== chain.head) return { kind: 'head', position: so.position };
	if (noted && noted.entries > so.position) return { kind: 'cut', position: so.position + 1 };
	return null;
}

/** Hash that stands for a personal field in its entry. Without the salt nobody can tell the value from it, not even by trying names. */
export function seal(field: string, value: string, salt: string): string {
	return sha256(part(field) + part(value) + part(salt));
}

/** SHA-256 of an entry behind the hash of the one before, as `audit_hash` in the database has it. */
function linkHash(chain: Chain, before: string, link: Link): string {
	const { id, owner, room } = chain;
	const { position, at, action, subject, role, seat, seals } = link;
	return sha256(
		[before, id, owner, room, `${position}`, at.toISOString(), action, subject, role, seat, seals].map(part).join(''),
	);
}

function sealed(seals: string, fields: readonly Field[]): boolean {
	const said = new Map(seals === '' ? [] : seals.split(' ').map((one) => one.split(':') as [string, string]));
	if (said.size !== fields.length) return false;
	return fields.every(({ field, value, salt }) => {
		const hash = said.get(field);
		return hash !== undefined && (value === null || salt === null || seal(field, value, salt) === hash);
	});
}

/** With its length before it, so that no two entries make the same text. */
function part(said: string | null): string {
	return said === null ? '-' : `${UTF8.encode(said).length}:${said}`;
}
