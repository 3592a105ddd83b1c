import { expect, test } from 'vitest';
import { PERMISSIONS } from '#access/can.ts';
import { ROOMS } from '#platform/room.ts';

test('docs/permissions.md says who may do what (npm run golden -- --update)', async () => {
	const roles = [...new Set(PERMISSIONS.map(({ role }) => role))];
	const actions = [...new Set(PERMISSIONS.map(({ action }) => action))];
	const resources = [...new Set(PERMISSIONS.map(({ resource }) => resource))];
	const rows = actions.flatMap((action) =>
		resources.flatMap((resource) =>
			ROOMS.flatMap((room) => {
				const may = PERMISSIONS.filter((p) => p.action === action && p.resource === resource && p.room === room);
				return may.length === 0
					? []
					: [
							`| ${action} ${resource} | ${room} | ${roles.map((role) => (may.some((p) => p.role === role) ? '●' : '')).join(' | ')} |`,
						];
			}),
		),
	);
	const table = [
		'# Permissions',
		'',
		'Made from the table in `src/access/can.ts` by `npm run golden -- --update`. A room lets in whom it is for: `city` and',
		'`counsel` are those of the actor’s own city, or of the coalition for stewards and editors; `joint` is a matter that the',
		'seat is of. The walls of the database say the same a second time.',
		'',
		`| to | room | ${roles.join(' | ')} |`,
		`|---|---|${roles.map(() => '---|').join('')}`,
		...rows,
		'',
	];
	await expect(table.join('\n')).toMatchFileSnapshot('../../docs/permissions.md');
});
