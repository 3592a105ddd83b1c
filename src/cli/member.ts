import { OPERATOR, VISITOR } from '#access/actor.ts';
import { record } from '#access/audit.server.ts';
import { addMember, addMemberFact, membersOn } from '#coalition/members.server.ts';
import { type Day, dayAt, parseDay } from '#kernel/day.ts';
import { NotFound } from '#kernel/error.ts';
import { placeAt } from '#places/address.server.ts';
import { type Noun, Usage, type Verb } from './command.ts';
import { print, TABLE_OPTIONS } from './output.ts';

const STANDINGS = ['member', 'observer', 'withdrew'] as const;

const adding: Verb = {
	name: 'add',
	summary: 'Put a city on the list of the coalition, or say how it stands from a day on',
	detail: ['Nothing of it is public until the city itself publishes it.'],
	operands: [{ name: 'PLACE', summary: 'a place by its address (ny/place/new-york-city)' }],
	options: {
		as: { value: 'STANDING', choices: STANDINGS, default: 'member', summary: 'how it stands' },
		since: { value: 'DAY', summary: 'from which day, YYYY-MM-DD; today where it is left out' },
		by: { value: 'NAME', summary: 'who says so', default: 'operator' },
	},
	examples: [{ command: 'member add ny/place/new-york-city --since 2026-03-01', what: 'a member since March' }],
	async run(args, io) {
		const world = await io.world();
		const text = args.operands[0] ?? '';
		const place = await world.db.as(VISITOR, (tx) => placeAt(text, tx));
		if (!place) throw new NotFound(`There is no place ${text}. Write the end of its address: ny/place/new-york-city.`);
		const kind = STANDINGS.find((one) => one === args.text('as')) ?? 'member';
		const day = dayIn(args.text('since'), dayAt(world.clock.now()));
		const by = args.text('by') ?? 'operator';
		await world.db.as(OPERATOR, async (tx) => {
			const id = await addMember(place.id, by, world, tx);
			await addMemberFact(id, { kind, day, note: null }, by, world, tx);
			await record({ actor: OPERATOR, action: 'fact_added', subject: `member:${id}`, owner: null }, world, tx);
		});
		await io.write(`${place.name}: ${kind} from ${day}.\n`);
	},
};

const listing: Verb = {
	name: 'list',
	summary: 'Cities on the list of the coalition, with how they stand today',
	options: TABLE_OPTIONS,
	examples: [{ command: 'member list', what: 'all of them' }],
	async run(args, io) {
		const world = await io.world();
		const found = await world.db.as(OPERATOR, (tx) => membersOn(dayAt(world.clock.now()), tx));
		const records = found.map(({ city, membership, since, published }) => ({
			place: city,
			standing: membership,
			since,
			published: published?.day ?? null,
		}));
		await print(records, COLUMNS, args, io);
	},
};

const COLUMNS = [
	{ name: 'place', heading: 'Place' },
	{ name: 'standing', heading: 'Standing' },
	{ name: 'since', heading: 'Since' },
	{ name: 'published', heading: 'Published' },
] as const;

function dayIn(text: string | undefined, today: Day): Day {
	if (text === undefined) return today;
	const day = parseDay(text);
	if (!day) throw new Usage(`--since takes a day such as 2026-03-01, not ${text}.`);
	return day;
}

export const member: Noun = {
	name: 'member',
	summary: 'Cities on the list of the coalition',
	verbs: [adding, listing],
};
