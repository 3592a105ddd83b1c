import type { Body } from './body.ts';

/**
 * Counties of one state whose names are within the slips of one misspelling: Walker and Waller. Where both spellings are
 * right, no misprint can be told from them. Source: Census gazetteer of counties 2025, by the rule of `nearSpelling`.
 */
const NEIGHBOURS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
	`AL dale hale madison marion
AR benton madison marion newton
FL brevard broward madison marion martin
GA bacon barrow bartow fulton gilmer macon madison marion miller paulding spalding thomas toombs walker walton wilkes
IL macon madison marion mason
IN benton madison marion martin newton
IA clayton clinton madison marion
KS barber barton coffey cowley harper harvey marion morton norton pawnee shawnee sheridan sherman
KY anderson barren hardin harlan henderson madison marion martin warren
LA bienville iberville eastbatonrouge westbatonrouge eastcarroll westcarroll eastfeliciana westfeliciana
MD dorchester worcester
MI alcona alpena osceola oscoda
MN aitkin becker meeker stearns stevens wadena waseca wilkin
MS benton franklin madison marion newton rankin
MO barton benton madison maries marion newton
MT carter custer
NE blaine howard saline seward sheridan sherman
NY oswego otsego
NC caldwell caswell
ND benson nelson
OH clinton highland hocking licking madison marion monroe morrow richland vinton
OK carter custer harper
OR lake lane
PA bedford bradford carbon clarion crawford lycoming wyoming
SD haakon hanson
TN anderson dickson gibson henderson jackson madison marion wilson
TX anderson bastrop baylor bee carson castro coke cooke dallam dallas dawson denton donley fisher gaines grimes hale hall hardin harris harrison henderson hill hood karnes kendall lavaca lee madison marion martin morris motley newton parker parmer randall roberts robertson swisher taylor walker waller wood zapata zavala
VA buckingham northampton rockingham southampton
WI marinette marquette`
		.split('\n')
		.map((line) => [line.slice(0, 2), new Set(line.slice(3).split(' '))]),
);

/** Each of the two is named, without a slip, after another county of the state. */
export function neighbours(a: Body, b: Body): boolean {
	const names = NEIGHBOURS.get(a.state.code);
	if (!names || a.state !== b.state) return false;
	const [x, y] = [a.name.place.join(''), b.name.place.join('')];
	return x !== y && names.has(x) && names.has(y);
}
