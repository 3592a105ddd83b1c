import { randomUUID } from 'node:crypto';
import { ACCESS } from '#access/actor.ts';
import type { Ground, Planting } from './canaries.ts';

const LOST = '00000000-0000-4000-8000-000000001057';
const THERE = 'MC';
const STEWARDS = 't';
const NOBODY = '';

/** Rows about somebody who lost every way to sign in, about another address, and about the second contact of the city there. */
export function lost({ there, member, person }: Pick<Ground, 'there' | 'member'> & { person: string }): Planting[] {
	const now = new Date();
	return [
		{
			...{ table: 'access_address_change', as: ACCESS, canaries: { address: NOBODY, link_hash: NOBODY } },
			rest: { id: randomUUID(), user_id: person, asked_at: now },
		},
		{
			...{ table: 'access_address_change', as: ACCESS, canaries: { former: NOBODY } },
			rest: { id: randomUUID(), user_id: person, address: 'new@example.org', asked_at: now },
		},
		{
			...{ table: 'coalition_loss_request', as: ACCESS, canaries: { address: NOBODY } },
			rest: { id: randomUUID(), asked_at: now },
		},
		{
			...{ table: 'coalition_loss', as: ACCESS },
			canaries: {
				...{ name: STEWARDS, email: STEWARDS, called_number: STEWARDS, called_site: STEWARDS },
				...{ called_by: NOBODY, link_hash: NOBODY, code_hash: NOBODY },
			},
			rest: { id: LOST, person, language: 'en', reported_at: now, called_at: now, link_until: now },
		},
		{
			...{ table: 'coalition_loss_approval', as: ACCESS, canaries: { person: NOBODY } },
			rest: { loss_id: LOST, at: now },
		},
		{
			...{ table: 'coalition_second_contact', as: member, canaries: { address: THERE, set_by: NOBODY } },
			rest: { id: randomUUID(), owner_city: there, language: 'en', set_at: now },
		},
	];
}
