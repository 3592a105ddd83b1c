import { adoption } from './adoption.ts';
import { audit } from './audit.ts';
import type { Command } from './command.ts';
import { concordance } from './concordance.ts';
import { db } from './db.ts';
import { domains } from './domains.ts';
import { law } from './law.ts';
import { library } from './library.ts';
import { member } from './member.ts';
import { places } from './places.ts';
import { serve } from './serve.ts';
import { steward } from './steward.ts';
import { version } from './version.ts';
import { watch } from './watch.ts';
import { work } from './work.ts';

/** Everything `citycompact` can do, in the order of its help. */
export const COMMANDS: readonly Command[] = [
	watch,
	library,
	concordance,
	adoption,
	law,
	places,
	member,
	steward,
	domains,
	audit,
	db,
	serve,
	work,
	version,
];
