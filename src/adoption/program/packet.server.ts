import type { Actor } from '#access/actor.ts';
import { demand, ownCity } from '#access/can.ts';
import { aDay, list, orNone, picked, readBody, words } from '#kernel/body.ts';
import { type DataRecord, TEXT, TEXTS, toRecord } from '#kernel/field.ts';
import { oneLine } from '#kernel/one-line.ts';
import type { Tx, World } from '#platform/world.ts';
import { findingsIn } from '../check/findings.server.ts';
import { takeUp } from '../hold.server.ts';
import { outgoing } from '../out/outgoing.server.ts';
import { BLOCK_FIELDS } from '../packet/field.ts';
import { saidFor, say } from '../packet/packet.server.ts';
import { keptOf, LONGEST, PACKET_LOOKS, saidIn } from '../packet/packet.ts';
import { type Packing, packing } from '../packet/packing.server.ts';
import { LONGEST_TITLE } from '../packet/title.ts';
import { type FindingView, findingView } from '../record/finding.ts';
import { PACKET_FIELDS } from '../record/packet.ts';
import { demandNoQuorum } from '../remark/quorum.server.ts';
import type { Deed } from './deed.server.ts';

const PACKET = {
	title: words('the title; as it is offered, or empty, it follows the draft', LONGEST_TITLE),
	number: words('its number as the clerk counts, empty where there is none yet', LONGEST.line),
	day: orNone(aDay('the day of the agenda, or on which it is to be issued')),
	sponsor: words('who sponsors or prepared it', LONGEST.line),
	summary: words(
		'the summary; as it is offered, it follows the draft; with line breaks between its paragraphs',
		LONGEST.page,
	),
	fiscal: words('the fiscal note, with line breaks between its paragraphs', LONGEST.page),
	look: picked(PACKET_LOOKS),
	parts: list('what is in the packet', picked(BLOCK_FIELDS), BLOCK_FIELDS.length),
};

/** What the packet of a draft says. */
export interface PacketSaid {
	readonly record: DataRecord;
	/** Whether somebody said it; else it is what is offered, and there is no file yet. */
	readonly said: boolean;
	/** Name of the city's template; null where it is ours. */
	readonly template: string | null;
	/** Names of the blanks that are open: there is no file while one is. */
	readonly open: readonly string[];
	/** What is to be looked at before it is printed. */
	readonly check: readonly FindingView[];
	readonly sample: boolean;
}

/** What the packet of a draft says, or is offered. Throws as `outgoing` does. */
export async function packetSaid(id: string, actor: Actor, world: Pick<World, 'db' | 'clock'>): Promise<PacketSaid> {
	demand(actor, 'read', 'draft', ownCity(actor));
	const { said, kept, city, open, state } = await packed(id, actor, world);
	const found = await world.db.as(actor, (tx) => findingsIn(state, actor, world, tx));
	return {
		record: toRecord(PACKET_FIELDS, said),
		said: kept,
		template: city.name,
		open: open.map(({ blank }) => blank.id),
		check: found.map((one) => findingView(one, state)),
		sample: state.draft.sample,
	};
}

/** What is offered is read from the draft as it goes out, and that takes a connection of its own. */
const saying: Deed = {
	name: 'packet',
	what: 'Say what stands in the packet for the agenda; what is left out stays, or is as it is offered',
	takes: PACKET,
	gives: { title: TEXT, open: TEXTS },
	async run(id, sent, actor, world) {
		demand(actor, 'change', 'draft', ownCity(actor));
		const { day, look, parts, ...typed } = readBody(sent, PACKET);
		const { offered, open } = await packed(id, actor, world);
		const line = (text: string | undefined) => (text === undefined ? undefined : oneLine(text));
		const page = (text: string | undefined) => text?.replaceAll('\r\n', '\n').trim();
		const { title } = await world.db.as(actor, async (tx) => {
			await takeUp(id, actor, world, tx);
			const kept = await saidFor(id, actor, tx);
			const before = kept ? saidIn(kept, offered) : offered;
			const next = {
				title: line(typed.title) ?? before.title,
				number: line(typed.number) ?? before.number,
				day: day === undefined ? before.day : day,
				sponsor: line(typed.sponsor) ?? before.sponsor,
				summary: page(typed.summary) ?? before.summary,
				fiscal: page(typed.fiscal) ?? before.fiscal,
				look: look ?? before.look,
				parts: parts ? BLOCK_FIELDS.filter((part) => parts.includes(part)) : before.parts,
			};
			const keeps = keptOf(next, offered);
			await say(id, keeps, actor, world, tx);
			return saidIn(keeps, offered);
		});
		return { title, open: open.map(({ blank }) => blank.id) };
	},
};

async function packed(id: string, actor: Actor, world: Pick<World, 'db' | 'clock'>): Promise<Packing> {
	// Neither office nor address stands in what is offered.
	const nobody = { office: null, named: false, origin: '', against: null };
	const comesIn = (tx: Tx) => demandNoQuorum(id, actor, world, tx);
	return packing(await outgoing(id, nobody, comesIn, actor, world), actor, world);
}

/** What is said for the packet. */
export const PACKET_DEEDS: readonly Deed[] = [saying];
