/** How clerks mark additions and deletions; docs/library/profiles.md tells each in words. */
export const PROFILE_NAMES = [
	'new-york-city',
	'king-county',
	'chicago',
	'san-francisco',
	'carmel',
	'tracked',
	'none',
] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

/** A look that a run must have, every part of it. */
export interface Look {
	readonly underline?: true;
	readonly strike?: true;
	readonly italic?: true;
	/** Any colour but that of ordinary text. */
	readonly color?: true;
	readonly tracked?: 'added' | 'removed';
}

/** How a clerk's office marks what an act adds to a text and what it takes out. */
export interface Profile {
	readonly name: ProfileName;
	readonly added: readonly Look[];
	readonly removed: readonly Look[];
	/** Signs that enclose what is removed, `[` and `]`; null where none do. */
	readonly enclosed: { readonly open: string; readonly close: string } | null;
}

export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
	'new-york-city': {
		name: 'new-york-city',
		added: [{ underline: true }],
		removed: [{ strike: true }],
		enclosed: { open: '[', close: ']' },
	},
	'king-county': {
		name: 'king-county',
		added: [{ underline: true }],
		removed: [{ strike: true }],
		enclosed: { open: '((', close: '))' },
	},
	chicago: { name: 'chicago', added: [{ underline: true }], removed: [{ strike: true }], enclosed: null },
	'san-francisco': {
		name: 'san-francisco',
		added: [{ underline: true, italic: true }],
		removed: [{ strike: true }],
		enclosed: null,
	},
	carmel: { name: 'carmel', added: [{ color: true }], removed: [{ strike: true }], enclosed: null },
	tracked: {
		name: 'tracked',
		added: [{ tracked: 'added' }],
		removed: [{ tracked: 'removed' }],
		enclosed: null,
	},
	none: { name: 'none', added: [], removed: [], enclosed: null },
};
