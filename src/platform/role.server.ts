import type { ClientBase } from 'pg';
import { Conflict } from '#kernel/error.ts';
import { APP_ROLE } from './postgres.server.ts';

/** Two databases of one cluster may make or grant the same role in the same moment. */
const RACES = ['42710', '23505', 'XX000', '40001'];
const ATTEMPTS = 5;
const NOT_ALLOWED = '42501';

/**
 * Sees to it that the app's role exists and that this session may act as it.
 * @returns false where the owner may do neither; then forced row-level security alone holds the walls
 * @throws Conflict where a role of that name stands above the walls
 */
export async function ensureAppRole(session: ClientBase): Promise<boolean> {
	for (let attempt = 1; ; attempt++) {
		try {
			const { rows } = await session.query(
				'select rolsuper or rolbypassrls as above from pg_roles where rolname = $1',
				[APP_ROLE],
			);
			if (rows[0]?.above) {
				throw new Conflict(
					`The role ${APP_ROLE} may read past row-level security. Run: alter role ${APP_ROLE} nosuperuser nobypassrls`,
				);
			}
			if (rows.length === 0) await session.query(`create role ${APP_ROLE} nologin nosuperuser nobypassrls`);
			if (!(await canActAs(session))) await session.query(`grant ${APP_ROLE} to current_user`);
			return await canActAs(session);
		} catch (error) {
			const { code } = error as { code?: string };
			if (code === NOT_ALLOWED) {
				await demandBelowWalls(session);
				return false;
			}
			if (!RACES.includes(code ?? '') || attempt === ATTEMPTS) throw error;
		}
	}
}

/** Lets the app's role read and write rows, and change no table: in our schema and in that of the jobs, whose tables have row-level security without policies. */
export async function grantToApp(session: ClientBase): Promise<void> {
	await session.query(`
		grant usage on schema public, graphile_worker to ${APP_ROLE};
		grant select, insert, update, delete on all tables in schema public, graphile_worker to ${APP_ROLE};
		grant usage on all sequences in schema public, graphile_worker to ${APP_ROLE};
		grant execute on all functions in schema graphile_worker to ${APP_ROLE};
		revoke insert, update, delete on migration from ${APP_ROLE};
		do $$
		declare target regclass;
		begin
			for target in
				select oid from pg_class where relnamespace = 'graphile_worker'::regnamespace and relrowsecurity
				and not exists (select from pg_policy where polrelid = pg_class.oid and polname = '${APP_ROLE}')
			loop
				execute format('create policy ${APP_ROLE} on %s to ${APP_ROLE} using (true) with check (true)', target);
			end loop;
		end $$;
	`);
}

/** Forced row-level security binds the owner of the tables, but nobody who may read past it. */
async function demandBelowWalls(session: ClientBase): Promise<void> {
	const { rows } = await session.query(
		'select rolsuper or rolbypassrls as above from pg_roles where rolname = current_user',
	);
	if (rows[0].above) {
		throw new Conflict(
			`The role of DATABASE_URL may read past row-level security and may not become ${APP_ROLE}. Run: create role ${APP_ROLE}; grant ${APP_ROLE} to the role of DATABASE_URL`,
		);
	}
}

async function canActAs(session: ClientBase): Promise<boolean> {
	try {
		await session.query(`set role ${APP_ROLE}`);
		await session.query('reset role');
		return true;
	} catch (error) {
		if ((error as { code?: string }).code === NOT_ALLOWED) return false;
		throw error;
	}
}
