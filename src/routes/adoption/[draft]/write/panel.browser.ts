import type { Aside, Contested } from '#adoption/write/copybook.ts';
import type { Colleague } from '#adoption/write/exchange.ts';
import type { Beside } from './marks.ts';
import type { Notice } from './turn.ts';

/** What the page says, by key; places in it are `{name}`. */
export type Said = Readonly<Record<string, string>>;

export function say(said: Said, key: string, values: Readonly<Record<string, string | number>> = {}): string {
	return (said[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** What stands beside the words of a draft. */
interface Surroundings {
	readonly colleagues: readonly Colleague[];
	readonly narrowed: readonly Notice[];
	readonly contested: readonly Contested[];
	readonly aside: readonly Aside[];
	/** What provisions are called, by id. */
	readonly names: Readonly<Record<string, string>>;
}

/** What its buttons do. */
interface Deeds {
	readonly decide: Decide;
	readonly back: (aside: Aside) => void;
	readonly drop: (aside: Aside) => void;
}

/** All that is drawn behind provisions. `language`: of the words. */
export function besideAll(
	{ colleagues, narrowed, contested, aside, names }: Surroundings,
	said: Said,
	language: string,
	{ decide, back, drop }: Deeds,
): readonly Beside[] {
	const name = (id: string) => names[id] ?? say(said, 'piece');
	return [
		...colleagues.flatMap((one) =>
			one.at === null ? [] : [notePanel(one.at, 'here', say(said, 'here.beside', { who: person(one) }))],
		),
		...narrowed.map(({ provision, text }) => notePanel(provision, 'checking', text)),
		...contested.map((one) => clashPanel(one, name(one.id), said, language, decide)),
		...aside.map((one) => asidePanel(one, said, language, { back: () => back(one), drop: () => drop(one) })),
	];
}

type Decide = (contested: Contested, how: 'mine' | 'theirs' | 'both') => void;

/** Words that clash, with all readings and the ways to decide. */
function clashPanel(contested: Contested, name: string, said: Said, language: string, decide: Decide): Beside {
	const clashes = (part: Contested['heading']) => part.filter((one) => typeof one !== 'string');
	const [heading, words] = [clashes(contested.heading), clashes(contested.words)];
	return {
		after: contested.id,
		key: `clash ${JSON.stringify([heading, words])}`,
		draw: () => {
			const panel = box('beside clash', 'group', say(said, 'clash.of', { what: name }));
			panel.append(element('p', '', say(said, 'clash')));
			if (heading.length > 0) panel.append(element('p', '', say(said, 'clash.heading')));
			for (const [n, { base, ours, theirs }] of [...heading, ...words].entries()) {
				if (heading.length > 0 && n === heading.length) panel.append(element('p', '', say(said, 'clash.words')));
				const list = element('dl', 'three');
				for (const [key, text] of [
					['clash.base', base],
					['clash.ours', ours],
					['clash.theirs', theirs],
				] as const) {
					const part = element('div');
					const reading = element('dd', 'law', text.trim() || say(said, 'clash.nothing'));
					reading.lang = language;
					part.append(element('dt', '', say(said, key)), reading);
					list.append(part);
				}
				panel.append(list);
			}
			const row = element('p', 'row');
			for (const how of ['mine', 'theirs', 'both'] as const)
				row.append(
					button(say(said, how === 'theirs' ? 'clash.theirs.take' : `clash.${how}`, { what: name }), () =>
						decide(contested, how),
					),
				);
			panel.append(row);
			return panel;
		},
	};
}

/** Words that have no provision any more, with a way to put them back. */
function asidePanel(
	aside: Aside,
	said: Said,
	language: string,
	{ back, drop }: { readonly back: () => void; readonly drop: () => void },
): Beside {
	const { heading, words } = aside;
	return {
		after: aside.after,
		key: `aside ${aside.id} ${JSON.stringify([heading, words])}`,
		draw: () => {
			const panel = box('beside clash', 'group', say(said, 'aside.title'));
			panel.append(element('p', '', say(said, 'aside')));
			for (const part of [element('p', 'law heading', heading), element('p', 'law', words)]) {
				part.lang = language;
				if (part.textContent?.trim()) panel.append(part);
			}
			const row = element('p', 'row');
			row.append(button(say(said, 'aside.back'), back), button(say(said, 'aside.drop'), drop));
			panel.append(row);
			return panel;
		},
	};
}

/** A sentence behind a provision. */
function notePanel(after: string, className: string, text: string): Beside {
	return { after, key: `${className} ${text}`, draw: () => element('p', `beside ${className}`, text) };
}

/** Who else is there, in a line. */
export function whoElse(colleagues: readonly Colleague[], names: Readonly<Record<string, string>>, said: Said): string {
	if (colleagues.length === 0) return '';
	const who = colleagues.map((one) => {
		const where = one.at === null ? undefined : names[one.at];
		return where === undefined ? person(one) : say(said, 'here.in', { who: person(one), what: where });
	});
	return say(said, 'here', { who: who.join('; ') });
}

/** `Ana Reyes, City Clerk`. */
function person({ name, office }: Colleague): string {
	return [name, office].filter((one) => one !== null && one !== '').join(', ');
}

function box(className: string, role: string, label: string): HTMLElement {
	const made = element('div', className);
	made.setAttribute('role', role);
	made.setAttribute('aria-label', label);
	return made;
}

function element(tag: string, className = '', text = ''): HTMLElement {
	const made = document.createElement(tag);
	if (className !== '') made.className = className;
	if (text !== '') made.textContent = text;
	if (className.startsWith('beside')) made.contentEditable = 'false';
	return made;
}

function button(text: string, press: () => void): HTMLElement {
	const made = element('button', 'button', text) as HTMLButtonElement;
	made.type = 'button';
	made.addEventListener('click', press);
	return made;
}
