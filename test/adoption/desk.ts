import { randomUUID } from 'node:crypto';
import type { Actor } from '#access/actor.ts';
import { batchOf, isUnderWay } from '#adoption/write/batch.ts';
import {
	answered,
	type Contested,
	type Copybook,
	copybook,
	decided,
	isUnsaved,
	type Leaf,
	leavesOf,
	reviewed,
	type Turn,
	together,
} from '#adoption/write/copybook.ts';
import type { Answered, Asked, Deed } from '#adoption/write/exchange.ts';
import { keptFrom, keptOf, resumed } from '#adoption/write/kept.ts';
import { type Order, type Piece, plainly } from '#adoption/write/piece.ts';
import { holdsOthers, nextSibling, stepped } from '#adoption/write/place.ts';

/** What became of a turn on its way: it went, it never came, or its answer was lost. */
export type Line = 'well' | 'unsent' | 'unheard';
/** A draft as a page is opened with it. */
type Opening = { readonly seq: number; readonly order: Order; readonly pieces: readonly Piece[] };
type Dice = (sides: number) => number;

/** For whom the page of an editor was made. */
export function writerOf({ person, seat }: Actor): Asked['writer'] {
	return { account: person ?? '', seat: seat ?? '' };
}

/** Somebody who writes in a draft at random, without a browser: with the thinking of the editor and a line that breaks. */
export class Desk {
	private book: Copybook;
	leaves: readonly Leaf[];
	contested: readonly Contested[] = [];
	private wish: Deed | null = null;
	private readonly id = randomUUID();
	/** Unique words that were typed here, and those that were taken out here, whoever typed them. */
	readonly typed: string[] = [];
	readonly struck: string[] = [];
	/** Words of readings that were put side by side, where a word may stand in each. */
	readonly both: string[] = [];

	constructor(
		private readonly name: string,
		{ seq, order, pieces }: Opening,
		private readonly dice: Dice,
	) {
		this.book = copybook(seq, order, pieces);
		this.leaves = leavesOf(this.book);
	}

	/** Something at random, as somebody at the keys would do it. */
	act(): void {
		const dice = this.dice(20);
		if (dice < 11) this.type();
		else if (dice < 14) this.strike();
		else if (dice < 16) this.split();
		else if (dice < 17) this.add();
		else if (this.wish === null) this.ask();
	}

	/** One turn with the draft over a line. `still`: nothing is typed meanwhile. */
	async turn(line: Line, exchange: (asked: Omit<Asked, 'writer'>) => Promise<Answered>, still = false): Promise<void> {
		if (this.book.flight === null) {
			this.take(reviewed(this.book, this.leaves));
			this.book = { ...this.book, flight: batchOf(this.book, this.leaves, this.wish, randomUUID()) };
		}
		const { flight, seq } = this.book;
		if (line === 'unsent') return;
		const answer = await exchange({ desk: this.id, since: seq, at: null, batch: flight });
		// Somebody types while the answer is on its way.
		if (!still && this.dice(3) === 0) this.type();
		if (line === 'unheard') return;
		if (flight?.deed === this.wish) this.wish = null;
		this.take(answered(this.book, this.leaves, answer));
	}

	/** Closes the window, and opens the draft in another that takes up what was kept. */
	reopen({ seq, order, pieces }: Opening): void {
		const kept = keptOf(this.book, this.leaves);
		this.book = copybook(seq, order, pieces);
		[this.leaves, this.contested, this.wish] = [leavesOf(this.book), [], null];
		const again = kept && keptFrom(JSON.stringify(kept));
		if (again) this.take({ ...resumed(this.book, this.leaves, again), contested: [] });
	}

	get unsaved(): boolean {
		return isUnsaved({ ...this.book, aside: [] }, this.leaves) || this.wish !== null;
	}

	/** Decides on whatever clashes, so that both readings stay. */
	settle(): void {
		this.take(reviewed(this.book, this.leaves));
		for (const one of this.contested) {
			for (const passage of [...one.heading, ...one.words])
				if (typeof passage !== 'string') this.both.push(...`${passage.ours} ${passage.theirs}`.split(/\s+/));
			const { book, leaves } = decided(this.book, this.leaves, one, 'both');
			[this.book, this.leaves] = [book, leaves];
		}
		this.contested = [];
	}

	/** What was set aside, which whoever sees it may let go. */
	get aside(): Copybook['aside'] {
		return this.book.aside;
	}

	private take({ book, leaves, contested }: Turn): void {
		[this.book, this.leaves, this.contested] = [book, leaves, contested];
	}

	private some(): { readonly leaf: Leaf; readonly at: number } | null {
		if (this.leaves.length === 0) return null;
		const at = this.dice(this.leaves.length);
		return { leaf: this.leaves[at] as Leaf, at };
	}

	private put(at: number, ...leaves: readonly Leaf[]): void {
		this.leaves = this.leaves.toSpliced(at, 1, ...leaves);
	}

	private type(): void {
		const found = this.some();
		if (!found) return;
		const word = `${this.name}${this.typed.length}`;
		const words = found.leaf.words.split(' ');
		words.splice(this.dice(words.length + 1), 0, word);
		this.typed.push(word);
		this.put(found.at, { ...found.leaf, words: words.join(' ') });
	}

	private strike(): void {
		const found = this.some();
		if (!found) return;
		const words = found.leaf.words.split(' ');
		if (words.length < 4) return;
		const gone = words.splice(this.dice(words.length - 2), 1 + this.dice(2));
		this.struck.push(...gone);
		this.put(found.at, { ...found.leaf, words: words.join(' ') });
	}

	private split(): void {
		const found = this.some();
		const words = found?.leaf.words.trim().split(/\s+/) ?? [];
		if (!found || words.length < 4) return;
		const { leaf, at } = found;
		if (isUnderWay(this.book, leaf.id) || this.contested.some(({ id }) => id === leaf.id)) return;
		const cut = 1 + this.dice(words.length - 2);
		const fresh = leaf.fresh === null || leaf.fresh === 'split' ? 'split' : leaf.fresh;
		const rest: Leaf = { ...leaf, id: this.fresh(), heading: '', words: words.slice(cut).join(' '), fresh };
		this.put(at, { ...leaf, words: words.slice(0, cut).join(' ') }, rest);
	}

	private add(): void {
		const found = this.some();
		if (!found || this.leaves[found.at + 1]?.fresh === 'split') return;
		const { leaf, at } = found;
		const next = this.leaves[at + 1];
		const inside = next !== undefined && next.fresh === null && next.depth > leaf.depth;
		const made: Leaf = {
			...{ id: this.fresh(), depth: leaf.depth + (inside ? 1 : 0), heading: '', words: '' },
			fresh: inside ? 'inside' : 'added',
		};
		this.put(at, leaf, made);
	}

	private ask(): void {
		const found = this.some();
		if (!found || found.leaf.fresh !== null) return;
		const { id } = found.leaf;
		const { order } = this.book;
		const dice = this.dice(6);
		if (dice === 0) {
			const leaf = found.leaf;
			if (holdsOthers(order, id) || leaf.words.split(' ').length > 8) return;
			this.struck.push(...leaf.words.split(' '));
			this.wish = { act: 'removed', provision: id, ...plainly(leaf) };
		} else if (dice < 3) {
			const next = nextSibling(order, id);
			if (next !== null) this.wish = { act: 'joined', provision: id, next };
		} else {
			const place = stepped(order, id, (['up', 'down', 'deeper', 'shallower'] as const)[this.dice(4)] ?? 'up');
			if (place) this.wish = { act: 'moved', provision: id, place };
		}
	}

	/** What stands here, as one text a provision. */
	text(): readonly string[] {
		return this.leaves.map((leaf) => together(leaf, { heading: '', words: '' }).words.replaceAll(/\s+/g, ' ').trim());
	}

	private fresh(): string {
		return `n${randomUUID().replaceAll('-', '').slice(0, 16)}`;
	}
}
