/**
 * What people know about the lists and no rule can find. Each entry names the misprint itself as its key, so it stops
 * having any effect on the day the list prints something else, and its source.
 */

/** STATE cells (upper case) that are no state. Source: participating list of 2025-07-03, row of the Weber County Sheriff's Office. */
export const STATE_MISPRINTS: Readonly<Record<string, string>> = { UTAHJ: 'UTAH' };

/** A COUNTY cell that is wrong while, and only while, it stands on the row of this agency. */
export interface CountyMisprint {
	readonly state: string;
	readonly agency: string;
	readonly printed: string;
	readonly county: string;
	readonly source: string;
}

export const COUNTY_MISPRINTS: readonly CountyMisprint[] = [
	{
		state: 'PA',
		agency: "Bradford County Sheriff's Office",
		printed: 'Bedford County',
		county: 'Bradford County',
		source: 'The list itself prints Bradford County from 2025-05-23 on',
	},
	{
		state: 'AR',
		agency: 'Texarkana Police Department',
		printed: 'Bowie County',
		county: 'Miller County',
		source:
			'Census gazetteer 2025: Texarkana city, Arkansas (GEOID 0568810) lies in Miller County; Bowie County is in Texas',
	},
	{
		state: 'MD',
		agency: "Allegany County Sheriff's Office",
		printed: 'Allegancy',
		county: 'Allegany County',
		source: 'The list itself prints Allegany County from 2025-05-29 on',
	},
];

/** Printed names of one body that share too little for any rule. */
export interface CuratedAlias {
	readonly state: string;
	readonly names: readonly string[];
	readonly source: string;
}

export const ALIASES: readonly CuratedAlias[] = [
	{
		state: 'PA',
		names: ['East Donegal Township Constable', 'East Donegal Township, PA'],
		source: 'Pending lists of 2025-05-22 and 2025-07-11: one applicant of that township',
	},
];
