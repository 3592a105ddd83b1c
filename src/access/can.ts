import { Forbidden } from '#kernel/error.ts';
import type { Room } from '#platform/room.ts';
import { type Actor, type Role, VISITOR } from './actor.ts';
import type { Opens } from './key.ts';

export type Action =
	| 'read'
	| 'add'
	| 'change'
	| 'import'
	| 'overrule'
	| 'confirm'
	| 'report'
	| 'publish'
	| 'approve'
	| 'invite'
	| 'contact';
export type Resource =
	| 'page'
	| 'watch'
	| 'watch_original'
	| 'library'
	| 'law'
	| 'health'
	| 'sign_in'
	| 'account'
	| 'interest'
	| 'pipeline'
	| 'member'
	| 'directory'
	| 'city'
	| 'seat'
	| 'alert'
	| 'draft'
	| 'audit';

/** Whose a thing is and in which room it lies. */
export interface Where {
	readonly room: Room;
	/** OCD id of the city, `matter:` and an id, or null for the coalition. */
	readonly owner: string | null;
}
const IN_PUBLIC: Where = { room: 'public', owner: null };

export interface Permission {
	readonly role: Role;
	readonly action: Action;
	readonly resource: Resource;
	readonly room: Room;
}

const EVERYBODY = [
	'visitor',
	'operator',
	'system',
	'steward',
	'editor',
	'member',
	'counsel',
	'observer',
	'advocate',
] as const;
const SIGNED_IN = ['steward', 'editor', 'member', 'counsel', 'observer', 'advocate'] as const;
const SEATED = ['steward', 'editor', 'member', 'counsel', 'observer'] as const;
const CITY = ['member', 'counsel'] as const;
const EDITING = ['operator', 'system', 'editor', 'steward'] as const;

/**
 * Permissions are data: which role may do what with what, and in which room. What is not here is not allowed. A room lets in
 * whom it is for: the permission of a member in room `city` is for their own city.
 */
export const PERMISSIONS: readonly Permission[] = [
	...allow(
		EVERYBODY,
		'read',
		['page', 'watch', 'library', 'law', 'health', 'sign_in', 'interest', 'alert'],
		['public'],
	),
	...allow(EVERYBODY, 'report', ['watch'], ['public']),
	...allow(EVERYBODY, 'add', ['interest', 'alert'], ['public']),
	...allow(EVERYBODY, 'change', ['sign_in', 'alert'], ['public']),
	...allow(EDITING, 'import', ['watch', 'library'], ['public']),
	...allow(EDITING, 'overrule', ['watch'], ['public']),
	...allow(EDITING, 'read', ['watch_original'], ['public']),
	...allow(['operator', 'editor', 'steward', 'counsel'], 'confirm', ['library'], ['public']),
	...allow(CITY, 'import', ['library'], ['city']),
	...allow(SIGNED_IN, 'read', ['account'], ['public']),
	...allow(SIGNED_IN, 'change', ['account'], ['public']),
	...allow(SEATED, 'read', ['directory', 'member', 'seat'], ['members']),
	...allow(['operator', 'system'], 'read', ['directory', 'member', 'seat'], ['members']),
	...allow(SEATED, 'contact', ['seat'], ['members']),
	...allow([...CITY, 'observer'], 'read', ['city', 'draft', 'audit'], ['city']),
	...allow(CITY, 'change', ['city', 'draft', 'seat'], ['city']),
	...allow(CITY, 'publish', ['member'], ['city']),
	...allow(CITY, 'read', ['city', 'audit'], ['counsel', 'joint']),
	...allow(CITY, 'read', ['draft'], ['counsel']),
	...allow(CITY, 'change', ['draft'], ['counsel']),
	...allow(['counsel'], 'approve', ['draft'], ['city']),
	...allow(['counsel'], 'change', ['city'], ['counsel', 'joint']),
	// For the coalition itself: rows without a city.
	...allow(['steward', 'operator'], 'read', ['pipeline', 'audit'], ['city']),
	...allow(['steward'], 'change', ['pipeline', 'member'], ['city']),
	...allow(['steward'], 'approve', ['interest'], ['city']),
	...allow(['steward', 'operator'], 'invite', ['seat'], ['city']),
];

/** The room of the actor's own city. */
export function ownCity({ city }: Pick<Actor, 'city'>): Where {
	return { room: 'city', owner: city };
}

/** Whether the actor may, and the thing lies where they may enter. */
export function can(actor: Actor, action: Action, resource: Resource, where: Where = IN_PUBLIC): boolean {
	const allowed = PERMISSIONS.some(
		(p) => p.role === actor.role && p.action === action && p.resource === resource && p.room === where.room,
	);
	return allowed && enters(actor, where) && (actor.program === undefined || isOpened(actor.program, action, resource));
}

/** A key opens what anybody may read, and drafts: nothing that people do for themselves, for their seat or as counsel. */
function isOpened(program: Opens, action: Action, resource: Resource): boolean {
	if (resource === 'draft') return action === 'read' || (action === 'change' && program === 'change');
	return action === 'read' && can(VISITOR, action, resource);
}

/** Throws `Forbidden` unless the actor may. */
export function demand(actor: Actor, action: Action, resource: Resource, where: Where = IN_PUBLIC): void {
	if (!can(actor, action, resource, where))
		throw new Forbidden('You may not open this. Sign in with an account that may.');
}

/** Whom a room lets in, as the walls of the database have it. */
function enters(actor: Actor, { room, owner }: Where): boolean {
	const forCoalition = actor.city === null && ['operator', 'system', 'steward', 'editor'].includes(actor.role);
	if (room === 'public') return true;
	if (room === 'members')
		return forCoalition || (actor.city !== null && !actor.outside && SEATED.some((role) => role === actor.role));
	if (room === 'joint') return owner !== null && (actor.matters ?? []).includes(owner);
	if (owner === null) return room === 'city' && forCoalition;
	return owner === actor.city && (room === 'city' || actor.counsel === true);
}

function allow(
	roles: readonly Role[],
	action: Action,
	resources: readonly Resource[],
	rooms: readonly Room[],
): Permission[] {
	return roles.flatMap((role) =>
		resources.flatMap((resource) => rooms.map((room) => ({ role, action, resource, room }))),
	);
}
