import type { Name } from './name.ts';
import { readName } from './name.ts';
import type { Rulings } from './rulings.ts';
import { type State, stateOf } from './state.ts';

/** All printed names in one state that mean one body by the way they are written, and what they were joined to. */
export interface Body {
	readonly index: number;
	/** What its rows have in common: content, so ids are made from it. */
	readonly key: string;
	readonly state: State;
	/** As first read. */
	readonly name: Name;
	/** Positions of the lists that hold any row of it, ascending. */
	readonly lists: number[];
	/** Bodies joined to this one; itself first. Only the root's is complete. */
	members: Body[];
	joined: Body | null;
}

/** One printed form, up to what no reader would call a difference. */
export interface Spelling {
	readonly index: number;
	readonly body: Body;
	readonly name: Name;
	/** Exact texts, earliest first. */
	readonly printed: string[];
}

/** Every name that was read, each once. */
export interface Bodies {
	readonly all: readonly Body[];
	readonly spellings: readonly Spelling[];
	/** The spelling of a row's cells. */
	spell(state: string, agency: string): Spelling;
	/** The body that this one was joined to in the end. */
	root(body: Body): Body;
	/** From now on the two are one, unless a person split them. True where they are. */
	join(a: Body, b: Body): boolean;
	same(a: Body, b: Body): boolean;
	/** Bodies of any state whose canonical name is this. */
	named(key: string): readonly Body[];
}

/** An empty register of names. A person's aliases and splits hold from the start. */
export function bodiesOf(rulings: Rulings): Bodies {
	const all: Body[] = [];
	const spellings: Spelling[] = [];
	const byText = new Map<string, Map<string, Spelling>>();
	const states = new Map<string, State>();
	const byFold = new Map<string, Spelling>();
	const byKey = new Map<string, Body>();
	const byGroup = new Map<string, Body>();
	const byName = new Map<string, readonly Body[]>();

	function state(cell: string): State {
		let known = states.get(cell);
		if (!known) {
			known = stateOf(cell);
			states.set(cell, known);
		}
		return known;
	}

	function spell(cell: string, agency: string): Spelling {
		let names = byText.get(cell);
		if (!names) {
			names = new Map();
			byText.set(cell, names);
		}
		let known = names.get(agency);
		if (!known) {
			known = read(state(cell), agency);
			names.set(agency, known);
			if (!known.printed.includes(agency)) known.printed.push(agency);
		}
		return known;
	}

	function read(where: State, agency: string): Spelling {
		const name = readName(agency, where);
		const fold = `${where.name}|${name.fold}`;
		const known = byFold.get(fold);
		if (known) return known;
		const key = rulings.keyOf(where, name);
		let body = byKey.get(key);
		if (!body) {
			body = { index: all.length, key, state: where, name, lists: [], members: [], joined: null };
			body.members.push(body);
			all.push(body);
			byKey.set(key, body);
			byName.set(name.key, [...(byName.get(name.key) ?? []), body]);
		}
		const made: Spelling = { index: spellings.length, body, name, printed: [] };
		spellings.push(made);
		byFold.set(fold, made);
		const group = rulings.groupOf(where, name);
		if (group !== undefined) {
			const other = byGroup.get(group);
			if (other) join(other, body);
			else byGroup.set(group, body);
		}
		return made;
	}

	function root(body: Body): Body {
		let at = body;
		while (at.joined) at = at.joined;
		return at;
	}

	function join(a: Body, b: Body): boolean {
		const [one, other] = [root(a), root(b)];
		if (one === other) return true;
		for (const x of one.members) for (const y of other.members) if (rulings.apart(x, y)) return false;
		const [into, from] = one.index < other.index ? [one, other] : [other, one];
		from.joined = into;
		into.members = [...into.members, ...from.members];
		return true;
	}

	return {
		all,
		spellings,
		spell,
		root,
		join,
		same: (a, b) => root(a) === root(b),
		named: (key) => byName.get(key) ?? [],
	};
}

/** Positions of lists that hold rows of both bodies, counted up to `most`. */
export function sharedLists(a: Body, b: Body, most: number): number {
	let count = 0;
	for (let i = 0, j = 0; i < a.lists.length && j < b.lists.length && count < most; ) {
		const [x, y] = [a.lists[i] as number, b.lists[j] as number];
		if (x === y) count++;
		if (x <= y) i++;
		if (y <= x) j++;
	}
	return count;
}
