/** What a program could send of a draft: ids of things in it, and of a text to copy from. */
interface Things {
	readonly from: string;
	readonly provision: string;
	/** Number of its last edit. */
	readonly since: number;
	readonly version: string;
	readonly upload: string;
	readonly comment: string;
}

/** A body that each deed takes, written by hand. */
export function bodiesOf({
	from,
	provision,
	since,
	version,
	upload,
	comment,
}: Things): Readonly<Record<string, object>> {
	return {
		copy: { from },
		borrow: { provision, from: `${from}/sec_3`, since },
		answer: { answers: { city: 'Elsewhere' } },
		words: { provision, words: 'Otherwise.', since },
		structure: { act: 'removed', provision },
		restore: { to: 1, from: since },
		names: { put: [], keep: [`${provision}.text.0`], since },
		newer: { source: 1, version, decision: 'take_all' },
		suggestion: { upload, id: '1', decision: 'take' },
		file: { upload, decision: 'set_aside' },
		comment: { provision, text: 'Otherwise.', since },
		reply: { comment, text: 'Otherwise.' },
		settle: { comment, act: 'refused' },
		plan: { at: 'adopted', day: '2027-06-01' },
		stage: { stage: 'counsel', who: 'A stranger' },
		add_stage: { name: 'Otherwise', after: 'counsel' },
		rename: { title: 'Otherwise' },
		close: {},
		reopen: {},
		send: {},
		return: {},
		packet: { summary: 'Otherwise.' },
		adopt: { number: 'Ordinance 1', adopted: '2026-09-01', sure: true },
	};
}
