import type { Pack } from './pack.ts';
import { either, NOWHERE, PackedPostings, type Postings } from './postings.ts';

/** Postings of whatever has one of some lexemes. */
export type Open = (lexemes: readonly string[]) => Postings;

/** The words of every version in memory: which provisions have a lexeme, and where. Provisions are numbered as they come. */
export class Words {
	readonly #lexemes = new Map<string, PackedPostings>();
	/** Of each version. */
	readonly #has = new Set<number>();
	readonly #slots: number[] = [];
	/** Of each provision: the version it is in, its position there, how far before it what it lies in stands, its words above and in all. */
	readonly #version: number[] = [];
	readonly #position: number[] = [];
	readonly #up: number[] = [];
	readonly #above: number[] = [];
	readonly #length: number[] = [];

	get provisions(): number {
		return this.#version.length;
	}

	/** Slots of the versions, in the order they came. */
	get slots(): readonly number[] {
		return this.#slots;
	}

	/** About how much memory the postings take. */
	get bytes(): number {
		let sum = 0;
		for (const postings of this.#lexemes.values()) sum += postings.bytes;
		return sum;
	}

	has(slot: number): boolean {
		return this.#has.has(slot);
	}

	add(slot: number, { provisions, lexemes }: Pack): void {
		const base = this.provisions;
		const version = this.#slots.push(slot) - 1;
		this.#has.add(slot);
		for (const { position, up, above, length } of provisions) {
			this.#version.push(version);
			this.#position.push(position);
			this.#up.push(up);
			this.#above.push(above);
			this.#length.push(length);
		}
		for (const [lexeme, packed] of lexemes) {
			let known = this.#lexemes.get(lexeme);
			if (!known) {
				known = new PackedPostings();
				this.#lexemes.set(lexeme, known);
			}
			known.add(base, packed);
		}
	}

	/** How many provisions have a lexeme, those of versions that have gone among them. */
	having(lexeme: string): number {
		return this.#lexemes.get(lexeme)?.provisions ?? 0;
	}

	/** Opens postings for one question: the same is opened once. */
	opener(): Open {
		const opened = new Map<string, Postings>();
		return (lexemes) => {
			const key = lexemes.join(' ');
			const known = opened.get(key);
			if (known) return known;
			const found = either(lexemes.map((lexeme) => this.#lexemes.get(lexeme)?.open() ?? NOWHERE));
			opened.set(key, found);
			return found;
		};
	}

	/** Every lexeme that begins so. */
	beginning(begin: string): string[] {
		return [...this.#lexemes.keys()].filter((lexeme) => lexeme.startsWith(begin));
	}

	/** Which version a provision is in, in the order of `slots`. */
	version(doc: number): number {
		return this.#version[doc] ?? 0;
	}

	slot(doc: number): number {
		return this.#slots[this.version(doc)] ?? 0;
	}

	position(doc: number): number {
		return this.#position[doc] ?? 0;
	}

	/** Positions of what a provision lies in, outermost first. */
	within(doc: number): number[] {
		const found: number[] = [];
		let at = doc;
		for (let up = this.#up[at] ?? 0; up > 0; up = this.#up[at] ?? 0) {
			at -= up;
			found.push(this.position(at));
		}
		return found.reverse();
	}

	above(doc: number): number {
		return this.#above[doc] ?? 0;
	}

	length(doc: number): number {
		return this.#length[doc] ?? 0;
	}
}
