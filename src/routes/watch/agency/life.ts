import { scaleUtc } from 'd3-scale';
import type { Day } from '#kernel/day.ts';
import type { Model } from '#watch/model.ts';
import type { AgencyRecord } from '#watch/views.ts';

/** A stretch of the axis, in percent of the drawing's width. */
export interface Stretch {
	readonly x: number;
	readonly width: number;
}

/** One line of the drawing: an agreement, or an application that no agreement followed. */
export interface Bar {
	readonly id: string;
	readonly model: Model;
	/** From the first list that holds it to the last; null for an application alone. */
	readonly listed: Stretch | null;
	/** While it was on the pending list. */
	readonly pending: Stretch | null;
	/** The signing date on the list, in percent; null where none can be read. */
	readonly mark: number | null;
	readonly signed: Day | null;
	/** Instant of the last list of its kind that holds it, where that is not the latest. */
	readonly ended: string | null;
	/** Where its words stand, and which of their ends. */
	readonly words: { readonly x: number; readonly anchor: 'start' | 'end' };
}

export interface Life {
	readonly bars: readonly Bar[];
	readonly ticks: readonly {
		readonly x: number;
		readonly day: string;
		/** All are first days of years: their numbers are enough. */
		readonly year: boolean;
		readonly anchor: 'start' | 'end';
	}[];
}

const DAY = 86_400_000;
/** Gridlines that fit a phone. */
const TICKS = 4;
/** Words begin at the mark where a phone leaves them room to its right, and end with the bar where it leaves room to its left. */
const LEFT = 25;
const RIGHT = 70;
/** What one list shows is a moment; it is drawn as wide as can be seen, in percent. */
const THINNEST = 0.8;

/** The agreements and applications of an agency over time: pure geometry, percent of the width, one bar a line. */
export function lifeOf({
	agreements,
	applications,
	span,
}: Pick<AgencyRecord, 'agreements' | 'applications' | 'span'>): Life {
	const instants = [
		span.asOf,
		...(span.pendingAsOf ? [span.pendingAsOf] : []),
		...agreements.flatMap((one) => [one.firstListed, one.lastListed, ...(one.signed ? [one.signed] : [])]),
		...applications.flatMap((one) => [one.firstListed, one.lastListed]),
	].map((iso) => Date.parse(iso));
	const to = Math.max(...instants);
	const from = Math.min(...instants, to - 30 * DAY);
	const scale = scaleUtc().domain([from, to]).range([0, 100]);
	const at = (iso: string) => round(scale(new Date(iso)));
	const stretch = (first: string, last: string): Stretch => {
		const width = Math.max(THINNEST, round(at(last) - at(first)));
		return { x: Math.min(at(first), 100 - width), width };
	};
	const bars = [
		...agreements.map((one): Omit<Bar, 'words'> => {
			const asked = applications.find((application) => application.agreementId === one.id);
			return {
				id: one.id,
				model: one.model,
				listed: stretch(one.firstListed, one.lastListed),
				pending: asked ? stretch(asked.firstListed, asked.lastListed) : null,
				mark: one.signed === null ? null : at(one.signed),
				signed: one.signed,
				ended: one.lastListed < span.asOf ? one.lastListed : null,
			};
		}),
		...applications
			.filter((one) => !agreements.some(({ id }) => id === one.agreementId))
			.map(
				(one): Omit<Bar, 'words'> => ({
					id: one.id,
					model: one.model,
					listed: null,
					pending: stretch(one.firstListed, one.lastListed),
					mark: null,
					signed: null,
					ended: span.pendingAsOf && one.lastListed < span.pendingAsOf ? one.lastListed : null,
				}),
			),
	];
	const days = scale.ticks(TICKS).map((day) => day.toISOString());
	const years = days.every((iso) => iso.slice(5, 10) === '01-01');
	const every = Math.ceil(days.length / (TICKS + 1));
	const ticks = days
		.filter((_, i) => i % every === 0)
		.map(
			(iso) => ({ x: at(iso), day: iso.slice(0, 10), year: years, anchor: at(iso) > 90 ? 'end' : 'start' }) as const,
		);
	return { bars: bars.map((bar) => ({ ...bar, words: wordsOf(bar) })), ticks };
}

function wordsOf({ listed, pending, mark }: Omit<Bar, 'words'>): Bar['words'] {
	const stretches = [listed, pending].filter((one) => one !== null);
	const starts = [...stretches.map(({ x }) => x), ...(mark === null ? [] : [mark])];
	const ends = stretches.map(({ x, width }) => x + width);
	const [start, end] = [Math.min(...starts), Math.max(...ends)];
	if (start <= LEFT) return { x: start, anchor: 'start' };
	return end >= RIGHT ? { x: round(end), anchor: 'end' } : { x: 0, anchor: 'start' };
}

function round(percent: number): number {
	return Math.round(percent * 100) / 100;
}
