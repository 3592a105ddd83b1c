import { type Aside, readingAside } from '#platform/aside.server.ts';
import { type Reading, readWanted, type Wanted } from './template.ts';

/** How templates are read in threads. */
export const TEMPLATES: Aside<Wanted, Reading> = {
	entry: 'template-thread.js',
	here: readWanted,
	// A template of a city takes 20 ms, the worst that is within all other bounds some seconds.
	maxMs: 5_000,
	// Ten times what it may have unpacked: it stands there as bytes, as text and as what is kept of it.
	maxMb: 300,
	slow: { faults: [{ why: 'slow', detail: '' }] },
	large: { faults: [{ why: 'slow', detail: '' }] },
	broken: { faults: [{ why: 'damaged', detail: '' }] },
};

/** Reads what somebody calls a template, in a thread of its own with bounds: what is made to harm ends there. */
export const readTemplateAside = readingAside(TEMPLATES);
