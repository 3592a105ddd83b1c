import type { Day } from '#kernel/day.ts';
import type { Row } from '../list.ts';
import type { Model } from '../model.ts';
import type { Overrule, Printed } from '../overrule.ts';
import { ALIASES, COUNTY_MISPRINTS } from './curated.ts';
import { foldName, type Name, readName } from './name.ts';
import { type State, stateOf } from './state.ts';

/** A body, as far as a ruling needs to know it. */
interface Named {
	readonly state: State;
	readonly name: Name;
}

/** The overrules and the curated knowledge, ready to be asked. */
export interface Rulings {
	/** What makes two names one body before any rule: a state and a canonical name; or the name alone that a person split off. */
	keyOf(state: State, name: Name): string;
	/** The group of names that a person or the curated list calls one body; undefined for most names. */
	groupOf(state: State, name: Name): string | undefined;
	/** A person said that these two are different bodies. */
	apart(a: Named, b: Named): boolean;
	/** The row as a person says it is to be read; the same row where nobody did. */
	reread(row: Row): Row;
	released(sha256: string): boolean;
	removed(row: Printed): boolean;
	/** The county that a person or a known misprint puts in place of the printed one; undefined where there is nothing to say. */
	county(state: State, agency: string, printed: string | null): string | undefined;
}

/** Reads the overrules once. Order does not matter: on a clash the smallest id wins. */
export function rulingsOf(overrules: readonly Overrule[]): Rulings {
	const ruled = [...overrules].sort((a, b) => (a.id < b.id ? 1 : a.id > b.id ? -1 : 0));
	const keys = new Map<string, string>();
	const groups = new Map<string, string>();
	const splits: ReadonlySet<string>[] = [];
	const rereads = new Map<string, (row: Row) => Row>();
	const released = new Set<string>();
	const removed = new Set<string>();
	const counties = new Map<string, string>();

	for (const { state, names } of ALIASES) alias(stateOf(state), names);
	for (const rule of ruled) {
		switch (rule.kind) {
			case 'alias':
				alias(stateOf(rule.state), rule.names);
				break;
			case 'split':
				split(stateOf(rule.state), rule.names);
				break;
			case 'merge':
				rereads.set(printedKey(rule.from), (row) => ({ ...row, ...rule.into, cells: row.cells }));
				break;
			case 'date':
				rereads.set(printedKey(rule.row), (row) => ({ ...row, signed: rule.day }));
				break;
			case 'county':
				counties.set(nameKey(stateOf(rule.state), rule.agency), rule.county);
				break;
			case 'release':
				released.add(rule.sha256);
				break;
			case 'removal':
				removed.add(printedKey(rule.row));
				break;
		}
	}

	function alias(state: State, names: readonly string[]): void {
		const key = `${state.name}|${names.map(foldName).sort()[0] ?? ''}`;
		for (const name of names) groups.set(nameKey(state, name), key);
	}

	function split(state: State, names: readonly string[]): void {
		splits.push(new Set(names.map((name) => canonicalKey(state, readName(name, state)))));
		splits.push(new Set(names.map((name) => nameKey(state, name))));
		for (const name of names) keys.set(nameKey(state, name), `split|${nameKey(state, name)}`);
	}

	const misprints = new Map(
		COUNTY_MISPRINTS.map((m) => [`${nameKey(stateOf(m.state), m.agency)}|${m.printed.toLowerCase()}`, m.county]),
	);

	return {
		keyOf: (state, name) => keys.get(`${state.name}|${name.fold}`) ?? canonicalKey(state, name),
		groupOf: (state, name) => groups.get(`${state.name}|${name.fold}`),
		apart: (a, b) => splits.some((names) => names.size > 1 && a !== b && within(names, a) && within(names, b)),
		reread: (row) =>
			rereads.size === 0 || row.model === null
				? row
				: (rereads.get(printedKey({ ...row, model: row.model }))?.(row) ?? row),
		released: (sha256) => released.has(sha256),
		removed: (row) => removed.size > 0 && removed.has(printedKey(row)),
		county: (state, agency, printed) => {
			const key = nameKey(state, agency);
			return counties.get(key) ?? (printed === null ? undefined : misprints.get(`${key}|${printed.toLowerCase()}`));
		},
	};
}

function within(names: ReadonlySet<string>, body: Named): boolean {
	return names.has(`${body.state.name}|${body.name.fold}`) || names.has(canonicalKey(body.state, body.name));
}

function canonicalKey(state: State, name: Name): string {
	return `${state.name}|=${name.key}`;
}

function nameKey(state: State, name: string): string {
	return `${state.name}|${foldName(name)}`;
}

function printedKey(row: { state: string; agency: string; model: Model; signed: Day | null }): string {
	return `${nameKey(stateOf(row.state), row.agency)}|${row.model}|${row.signed ?? ''}`;
}
