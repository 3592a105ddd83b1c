import type { Transaction } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { batchOf, isHeldUp } from '#adoption/write/batch.ts';
import {
	type Aside,
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
} from '#adoption/write/copybook.ts';
import type { Colleague, Deed } from '#adoption/write/exchange.ts';
import { keptOf, resumed } from '#adoption/write/kept.ts';
import * as pace from '#adoption/write/pace.ts';
import type { Piece, Read } from '#adoption/write/piece.ts';
import { type Drawer, drawer, storage } from './drawer.browser.ts';
import { buttons, type Front, front } from './front.browser.ts';
import { across, emptied, type Hand, keepsShape } from './keys.ts';
import { MARKS, type Told } from './marks.ts';
import { besideAll, say, whoElse } from './panel.browser.ts';
import { type Caret, caretOf, leavesIn, pageOf, turned, type Whither } from './paper.ts';
import { type Failure, type Standing, send } from './send.browser.ts';
import type { Notice, Opened, Turned } from './turn.ts';
import { pressed, viewOf } from './view.browser.ts';

/** Milliseconds between two looks at what is due. */
const TICK = 200;
/** Milliseconds between two notes that this window is there. */
const BEAT = 5_000;

/** One window in which a draft is written: what stands in it, what is known of the draft, and what goes to and fro between the two. */
export class Writer {
	private book: Copybook;
	private readonly view: EditorView;
	private readonly desk = uuid();
	private readonly drawer: Drawer;
	private names: Readonly<Record<string, string>>;
	private narrowed: readonly Notice[];
	private contested: readonly Contested[] = [];
	private colleagues: readonly Colleague[] = [];
	private wish: { readonly deed: Deed; readonly caret: Caret | null } | null = null;
	private undoable: Turned['undo'] = null;
	private busy = false;
	/** When it says next that this window is there. */
	private beat = 0;
	private pace = pace.begin(Date.now());
	private readonly front: Front;
	private readonly unmarked = new Set<string>();

	constructor(
		private readonly place: HTMLElement,
		private readonly opened: Opened,
	) {
		const { seq, order, pieces, names, narrowed, draft, writer, said } = opened;
		this.book = copybook(seq, order, pieces);
		[this.names, this.narrowed] = [names, narrowed];
		this.front = front(said);
		this.drawer = drawer(`${draft} ${writer.account}`, this.desk, storage(), Date.now);
		const hand = this.hand();
		const doc = pageOf(leavesOf(this.book), this.book.pieces, this.noteOf);
		this.view = viewOf(place, doc, opened, hand, { dispatch: (tr) => this.dispatch(tr), save: () => this.saveNow() });
	}

	begin(): void {
		const { opened } = this;
		this.tell({ pieces: this.book.pieces });
		void this.resume();
		buttons((what, button) => this.press(what, button));
		this.show();
		addEventListener('online', () => this.used(true));
		addEventListener('focus', () => this.used(true));
		addEventListener('pointerdown', () => this.used());
		addEventListener('keydown', () => this.used());
		document.addEventListener('visibilitychange', () => {
			if (document.visibilityState === 'hidden') this.hurry();
			else this.used(true);
		});
		addEventListener('pagehide', () => {
			this.keep();
			this.drawer.leave();
		});
		// Another window may have taken the words up by then.
		addEventListener('pageshow', ({ persisted }) => {
			if (persisted) location.reload();
		});
		addEventListener('beforeunload', (event) => {
			if (isUnsaved(this.book, this.leaves())) event.preventDefault();
		});
		setInterval(() => void this.tick(), TICK);
		// For whoever looks at the page from outside: the editor is there.
		this.place.dataset.ready = opened.draft;
	}

	private readonly noteOf = ({ condition }: Piece): string => {
		if (condition === null) return '';
		const { blank, on, stands } = condition;
		const { said, blanks } = this.opened;
		const answer = say(said, (stands === false ? (on === 'yes' ? 'no' : 'yes') : on) as string);
		const key = stands === null ? 'stands_if' : stands ? 'stands' : 'left_out';
		return say(said, key, { name: blanks[blank] ?? blank, answer });
	};

	private leaves(): readonly Leaf[] {
		return leavesIn(this.view.state.doc);
	}

	private hand(): Hand {
		return {
			book: () => this.book,
			isContested: (id) => this.contested.some((one) => one.id === id),
			ask: (deed, caret) => {
				if (this.wish !== null) return this.front.announce(say(this.opened.said, 'wait'));
				this.wish = { deed, caret: caret ?? null };
				this.hurry();
			},
			hurry: () => this.hurry(),
			say: (why) => this.front.announce(say(this.opened.said, why === 'clash' ? 'clash_first' : why), true),
			name: () => `n${uuid().replaceAll('-', '').slice(0, 16)}`,
		};
	}

	private dispatch(tr: Transaction): void {
		const { view } = this;
		const mine = tr.docChanged && tr.getMeta('turn') === undefined;
		if (mine && tr.getMeta('shape') === undefined && !keepsShape(view.state.doc, tr.doc)) {
			// A browser's own way to delete would join provisions: the words go, the provisions stay.
			if (across(view.state)) view.updateState(view.state.apply(emptied(view.state)));
			else view.updateState(view.state);
			this.typed();
			return;
		}
		const before = caretOf(view.state)?.id;
		view.updateState(view.state.apply(tr));
		if (mine) this.typed();
		if (caretOf(view.state)?.id !== before) this.showPlace();
	}

	private typed(): void {
		this.pace = pace.typed(this.pace, Date.now());
		if (this.front.state() === 'saved') this.front.show('typing');
		const id = caretOf(this.view.state)?.id;
		if (id !== undefined) this.unmarked.add(id);
		this.canUndo(null);
	}

	private canUndo(undo: Turned['undo']): void {
		if (this.undoable === undo) return;
		this.undoable = undo;
		this.front.undoable(undo !== null);
	}

	/** `back`: the window or the connection is there again. */
	private used(back = false): void {
		this.pace = pace.used(this.pace, Date.now(), back);
	}

	private hurry(): void {
		this.pace = pace.hurried(this.pace, Date.now());
		void this.tick();
	}

	private saveNow(): boolean {
		this.hurry();
		this.front.announce(say(this.opened.said, this.front.state() === 'saved' ? 'all_saved' : 'saving'));
		return true;
	}

	/** What is due now: words that wait, or a question. */
	private async tick(): Promise<void> {
		const now = Date.now();
		if (this.unmarked.size > 0 && pace.rests(this.pace, now)) this.mark();
		if (now >= this.beat) {
			this.beat = now + BEAT;
			this.keep();
			void this.resume();
		}
		const due = this.busy ? null : pace.due(this.pace, now, document.visibilityState === 'visible');
		if (due !== null) await this.turn(due === 'send' || this.book.flight !== null);
	}

	/** Changes are marked a moment after the keys rest, in what was typed in. */
	private mark(): void {
		const again = new Set(this.unmarked);
		this.unmarked.clear();
		this.keep();
		if (MARKS.getState(this.view.state)?.copied) this.tell({ again });
		this.show();
	}

	private async turn(sending: boolean): Promise<void> {
		this.busy = true;
		const { wish } = this;
		if (sending && this.book.flight === null) {
			if (this.book.bases.size > 0) this.take(reviewed(this.book, this.leaves()));
			const batch = batchOf(this.book, this.leaves(), wish?.deed ?? null, uuid());
			this.book = { ...this.book, flight: batch };
			this.pace = pace.sent(this.pace);
		}
		const { flight, seq } = this.book;
		const sentWish = wish !== null && flight?.deed === wish.deed;
		if (flight !== null) {
			this.keep();
			this.front.show('saving');
		}
		const at = caretOf(this.view.state)?.id ?? null;
		const known = at !== null && this.book.pieces.has(at) ? at : null;
		const reply = await send(`${this.opened.here}/write/save`, {
			...{ writer: this.opened.writer, desk: this.desk, since: seq },
			at: known,
			batch: flight,
		});
		this.busy = false;
		if (reply.kind === 'answered') this.answer(reply.turned, sentWish ? wish : null);
		else this.failed(reply.kind);
	}

	private answer(turnedNow: Turned, wish: { readonly caret: Caret | null; readonly deed: Deed } | null): void {
		const { born, pieces, narrowed, names, colleagues, told, undo: back, refused } = turnedNow;
		const { flight } = this.book;
		if (flight !== null) this.front.saved();
		const moved = wish !== null && refused === null;
		const joined = moved && wish?.deed.act === 'joined' ? wish.deed : null;
		// Nobody did anything: there is nothing to draw.
		const quiet = flight === null && turnedNow.order === null;
		if (names !== null) this.names = names;
		if (narrowed !== null) this.narrowed = narrowed;
		this.colleagues = colleagues;
		if (wish !== null) this.wish = null;
		if (!quiet)
			this.take(answered(this.book, this.leaves(), turnedNow), {
				...{ born: new Map(born), caret: moved ? (wish?.caret ?? null) : null, joined },
			});
		if (pieces.length > 0 || flight !== null) this.tell({ pieces: this.book.pieces });
		for (const piece of pieces) this.unmarked.add(piece.id);
		if (back !== null) this.canUndo(back);
		else if (flight !== null && flight.words.length > 0) this.canUndo(null);
		if (moved && wish !== null && told.length === 0) this.front.announce(this.done(wish.deed));
		for (const sentence of told) this.front.announce(sentence, true);
		this.pace = pace.heard(this.pace, Date.now(), this.unsent());
		// What is left goes at once: what was typed behind something new, or a change that waits for a name.
		if (this.wish !== null || (flight?.deed && refused === null && this.unsent())) this.hurry();
		this.keep();
		this.show();
	}

	/** Whether there is anything that a next turn could send. */
	private unsent(): boolean {
		return batchOf(this.book, this.leaves(), null, '') !== null;
	}

	private done(deed: Deed): string {
		const { said } = this.opened;
		const id = 'provision' in deed ? deed.provision : '';
		return say(said, `done.${deed.act}`, { what: this.names[id] ?? say(said, 'piece') });
	}

	private failed(why: Failure): void {
		// What can never be taken is not sent again: the words go anew, and a change of the order is asked for anew.
		if (why === 'refused') [this.book, this.wish] = [{ ...this.book, flight: null }, null];
		const refused = why === 'refused' || why === 'closed';
		this.pace = pace.failed(this.pace, Date.now(), { refused, under: this.unsent() || this.book.flight !== null });
		this.colleagues = [];
		this.keep();
		this.show(why);
	}

	/** Puts what a turn made on the page. */
	private take({ book, leaves, contested }: Turn, more: Whither = {}): void {
		this.book = book;
		this.contested = contested;
		const tr = turned(this.view.state, leaves, book.pieces, this.noteOf, more);
		if (tr.docChanged || tr.selectionSet) this.view.dispatch(tr);
	}

	/** Takes what a closed window left; the next one another time, for each may have something under way. */
	private async resume(): Promise<void> {
		await this.drawer.take((kept) => {
			if (this.busy || this.book.flight !== null) return false;
			this.take({ ...resumed(this.book, this.leaves(), kept), contested: this.contested });
			this.front.announce(say(this.opened.said, 'resumed'), true);
			this.keep();
			this.hurry();
			return true;
		});
	}

	private decide(one: Contested, how: 'mine' | 'theirs' | 'both'): void {
		const now = reviewed(this.book, this.leaves());
		const current = now.contested.find(({ id }) => id === one.id) ?? one;
		const { book, leaves } = decided(now.book, now.leaves, current, how);
		this.take({ book, leaves, contested: now.contested.filter(({ id }) => id !== one.id) });
		this.view.focus();
		this.typed();
		this.show();
	}

	private backFromAside(one: Aside): void {
		const name = this.hand().name();
		const leaf: Leaf = { id: name, depth: one.depth, heading: one.heading, words: one.words, fresh: 'added' };
		const leaves = this.leaves();
		const at = leaves.findIndex(({ id }) => id === one.after) + 1;
		this.drop(one);
		this.take({ book: this.book, leaves: leaves.toSpliced(at, 0, leaf), contested: this.contested });
		this.keep();
		this.hurry();
		this.show();
	}

	/** Lets words go that have no provision. */
	private drop(one: Aside): void {
		this.book = { ...this.book, aside: this.book.aside.filter((other) => other !== one) };
		this.show();
	}

	private keep(): void {
		this.drawer.put(keptOf(this.book, this.leaves()));
	}

	private tell(told: Told): void {
		this.view.dispatch(this.view.state.tr.setMeta(MARKS, told).setMeta('addToHistory', false));
	}

	/** Everything that the page says beside the words. */
	private show(failure: Failure | null = null): void {
		const { said, language } = this.opened;
		this.front.show(failure ?? this.standing());
		this.front.here(whoElse(this.colleagues, this.names, said));
		const { colleagues, narrowed, contested, names } = this;
		const { aside } = this.book;
		const beside = besideAll({ colleagues, narrowed, contested, aside, names }, said, language, {
			decide: (one, how) => this.decide(one, how),
			back: (one) => this.backFromAside(one),
			drop: (one) => this.drop(one),
		});
		this.tell({ beside });
	}

	/** How it stands with the words, as long as the last asking was answered. */
	private standing(): Standing {
		if (this.pace.failures > 0) return this.front.state();
		if (this.contested.length > 0) return 'clash';
		if (isHeldUp(this.book, this.leaves())) return 'too_long';
		if (this.book.aside.length > 0) return 'aside';
		return isUnsaved(this.book, this.leaves()) ? 'typing' : 'saved';
	}

	private showPlace(): void {
		const id = caretOf(this.view.state)?.id;
		this.front.place(id === undefined ? '' : (this.names[id] ?? say(this.opened.said, 'new')));
	}

	private press(what: string, button: HTMLElement): void {
		const hand = this.hand();
		if (what === 'changes') void this.toggleChanges(button);
		else if (what === 'back' && this.undoable !== null) hand.ask({ act: 'undone', ...this.undoable });
		else pressed(what, hand)?.(this.view.state, this.view.dispatch, this.view);
	}

	/** Marks what differs from what was copied, or marks it no more. */
	private async toggleChanges(button: Element): Promise<void> {
		const on = button.getAttribute('aria-pressed') !== 'true';
		button.setAttribute('aria-pressed', String(on));
		if (!on) return this.tell({ copied: null });
		const answer = await fetch(`${this.opened.here}/write/copied`).catch(() => null);
		if (!answer?.ok) {
			button.setAttribute('aria-pressed', 'false');
			return this.front.announce(say(this.opened.said, 'state.offline'), true);
		}
		const copied = (await answer.json()) as readonly (Read & { readonly id: string })[];
		this.tell({ copied: new Map(copied.map((one) => [one.id, one])) });
	}
}

/** As `crypto.randomUUID`, which a browser has only on a safe line: a city hall may run this without one. */
function uuid(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
	bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
	const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
