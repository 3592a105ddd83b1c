import { Forbidden } from '#kernel/error.ts';
import type { Actor, Role } from './actor.ts';

export type Action = 'read' | 'import' | 'overrule' | 'report';
export type Resource = 'page' | 'watch' | 'watch_original' | 'library' | 'law' | 'health';

/** Permissions are data: which role may do what with what. What is not in the table is not allowed. */
export const PERMISSIONS: readonly { role: Role; action: Action; resource: Resource }[] = [
	...(['visitor', 'operator', 'system'] as const).flatMap((role) =>
		(['page', 'watch', 'library', 'law', 'health'] as const).map((resource) => ({
			role,
			action: 'read' as const,
			resource,
		})),
	),
	...(['visitor', 'operator', 'system'] as const).map((role) => ({
		role,
		action: 'report' as const,
		resource: 'watch' as const,
	})),
	...(['operator', 'system'] as const).flatMap((role) => [
		{ role, action: 'import' as const, resource: 'watch' as const },
		{ role, action: 'import' as const, resource: 'library' as const },
		{ role, action: 'overrule' as const, resource: 'watch' as const },
		{ role, action: 'read' as const, resource: 'watch_original' as const },
	]),
];

export function can(actor: Actor, action: Action, resource: Resource): boolean {
	return PERMISSIONS.some((p) => p.role === actor.role && p.action === action && p.resource === resource);
}

/** Throws `Forbidden` unless the actor may. */
export function demand(actor: Actor, action: Action, resource: Resource): void {
	if (!can(actor, action, resource)) throw new Forbidden('You may not open this. Sign in with an account that may.');
}
