import type { Speech } from '#i18n/message.ts';
import type { Overrule, Printed, Ruling } from '#watch/overrule.ts';

/** What a decision is about, as the lists print it. */
export function subjectOf({ kind, subject }: Pick<Ruling, 'kind' | 'subject'>, t: Speech): string {
	const about = { kind, ...subject } as Overrule;
	switch (about.kind) {
		case 'alias':
		case 'split':
			return `${about.state}: ${about.names.join('; ')}`;
		case 'merge':
			return `${printed(about.from, t)} → ${printed(about.into, t)}`;
		case 'date':
			return `${printed(about.row, t)} → ${t.day(about.day)}`;
		case 'county':
			return `${about.state}: ${about.agency} → ${about.county}`;
		case 'release':
			return about.sha256;
		case 'removal':
			return printed(about.row, t);
	}
}

function printed({ state, agency, model, signed }: Printed, t: Speech): string {
	return [state, agency, t.say(`model.${model}`), signed && t.day(signed)].filter(Boolean).join(', ');
}
