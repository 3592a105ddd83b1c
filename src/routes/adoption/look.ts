/** What somebody chose to read a draft as, by its address: clean or with changes, against which text. Null: nobody chose. */
export interface Look {
	readonly show: string | null;
	readonly against: string | null;
}

export function lookOf(asked: URLSearchParams): Look {
	return { show: asked.get('show'), against: asked.get('against') };
}

interface Asked extends Partial<Look> {
	/** Of the draft; left out: the draft itself. */
	readonly page?: 'remarks' | 'elsewhere';
	/** What a form does. */
	readonly action?: string;
	/** Provision that is edited, or commented on. */
	readonly edit?: string;
	readonly comment?: string;
	/** Suggestion that is taken by writing its words by hand. */
	readonly taking?: string;
	/** Number of an edit, or a provision. */
	readonly at?: string | null;
}

/** Makes an address of a draft, and of what stands at `place` in it, that keeps how somebody reads it. */
export type Looking = (asked?: Asked, place?: string) => string;

export function looking(here: string, look: Look): Looking {
	return ({ page, action, ...asked } = {}, place) => {
		const chosen = Object.entries({ ...look, ...asked }).filter((one): one is [string, string] => one[1] != null);
		const query = [...(action ? [`/${action}`] : []), ...(chosen.length > 0 ? [new URLSearchParams(chosen)] : [])];
		return [
			...[here, page ? `/${page}` : ''],
			...[query.length > 0 ? `?${query.join('&')}` : '', place === undefined ? '' : `#${place}`],
		].join('');
	};
}
