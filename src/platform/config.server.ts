import { join, resolve } from 'node:path';
import { Invalid } from '#kernel/error.ts';
import { packageRoot } from './root.server.ts';

const WATCH_PAGE = 'https://www.ice.gov/identify-and-arrest/287g';
const WATCH_HOSTS = 'www.ice.gov, ice.gov';

/** Every setting there is. `docs/settings.md` lists the same; nothing else reads the environment. */
export const SETTINGS = [
	{ name: 'PORT', default: '4870', meaning: 'The port the web server listens on.' },
	{ name: 'HOST', default: '127.0.0.1', meaning: 'The address the web server listens on.' },
	{
		name: 'COMPACT_ORIGIN',
		default: 'http://localhost:$PORT',
		meaning: 'The address people type, without a path. Links in mail and the checks on forms come from it.',
	},
	{
		name: 'COMPACT_DATA',
		default: './data of the installation',
		meaning: 'The folder that holds the database, the secret and the public backup keys.',
	},
	{
		name: 'DATABASE_URL',
		default: 'the database of the data folder',
		meaning: 'postgres:// address of your own PostgreSQL 15 or later, as the role that owns the database.',
	},
	{
		name: 'COMPACT_SECRET',
		default: 'made at the first start, in the file `secret` of the data folder',
		meaning: 'At least 32 characters from which the server derives its keys. Every web process needs the same.',
	},
	{
		name: 'COMPACT_TRUST_PROXY',
		default: 'no',
		meaning: '`yes` where a proxy of yours stands in front and overwrites X-Forwarded-For.',
	},
	{
		name: 'COMPACT_ENV',
		default: 'development',
		meaning: '`production` never installs or builds, and shows no mail on the terminal.',
	},
	{
		name: 'COMPACT_WATCH_URL',
		default: WATCH_PAGE,
		meaning:
			'The https page that links to the published lists, asked once a day with COMPACT_ENV=production, or where this is set. `off`: nobody is ever asked.',
	},
	{
		name: 'COMPACT_WATCH_HOSTS',
		default: WATCH_HOSTS,
		meaning: 'Hosts that links and redirects of that page may lead to, besides its own, separated by commas.',
	},
	{
		name: 'SMTP_URL',
		default: 'none: in development mail is shown on the terminal, in production it is kept back',
		meaning: 'smtp:// or smtps:// address of your mail server, with name and password.',
	},
	{
		name: 'COMPACT_MAIL_FROM',
		default: 'citycompact@ and the host of COMPACT_ORIGIN',
		meaning: 'The address that mail comes from.',
	},
	{
		name: 'COMPACT_DEMO',
		default: '0',
		meaning:
			'`1` shows a SAMPLE coalition, with a sign-in by one click for whoever has the code that the start prints. On this machine alone, and only until the first real seat or import: [The coalition](coalition.md#a-look-round).',
	},
	{
		name: 'COMPACT_KEY',
		default: 'none',
		meaning:
			'Read by `citycompact adoption` alone: the key for programs of a person, under whose seat it acts. Better in a file, with `--key-file`.',
	},
	{
		name: 'COMPACT_CONTACT',
		default: 'none',
		meaning: 'A mail address shown to everybody beside the form that reports an error.',
	},
] as const;

export type Setting = (typeof SETTINGS)[number]['name'];
export type Environment = Readonly<Partial<Record<Setting, string | undefined>>>;

export interface Config {
	readonly port: number;
	readonly host: string;
	/** Scheme, host and port; no path, no slash at the end. */
	readonly origin: string;
	/** Absolute path. */
	readonly data: string;
	/** null: the embedded database. */
	readonly databaseUrl: string | null;
	/** null: the one in the data folder. */
	readonly secret: string | null;
	readonly trustProxy: boolean;
	readonly production: boolean;
	readonly watch: WatchConfig;
	readonly smtpUrl: string | null;
	readonly mailFrom: string;
	/** Whether the sample coalition is shown; see `readDemo`. */
	readonly demo: boolean;
	/** Shown to readers; null for none. */
	readonly contact: string | null;
	/** A key for programs, by which the command line acts; null for none. */
	readonly key: string | null;
}

/** Who is asked for the published lists. */
export interface WatchConfig {
	/** https address; null: nobody, ever. */
	readonly page: string | null;
	/** Host names, with a port where it is another than 443. */
	readonly hosts: readonly string[];
	/** Whether that happens by itself. */
	readonly daily: boolean;
}

const SECRET_LENGTH = 32;

/** Reads the settings; throws `Invalid` with the remedy for a value that cannot be meant. An empty value counts as none. */
export function readConfig(environment: Environment = process.env): Config {
	const value = (name: Setting) => environment[name]?.trim() || null;
	const port = readPort(value('PORT') ?? '4870');
	const origin = readOrigin(value('COMPACT_ORIGIN') ?? `http://localhost:${port}`);
	const data = value('COMPACT_DATA');
	const secret = value('COMPACT_SECRET');
	if (secret && secret.length < SECRET_LENGTH) {
		throw new Invalid(
			`COMPACT_SECRET needs at least ${SECRET_LENGTH} characters. Leave it out and one is made for you.`,
		);
	}
	const production =
		readChoice('COMPACT_ENV', value('COMPACT_ENV') ?? 'development', ['production', 'development']) === 'production';
	const page = readPage(value('COMPACT_WATCH_URL') ?? WATCH_PAGE);
	return {
		port,
		host: value('HOST') ?? '127.0.0.1',
		origin,
		data: data ? resolve(data) : join(packageRoot(), 'data'),
		databaseUrl: readAddress('DATABASE_URL', value('DATABASE_URL'), ['postgres:', 'postgresql:']),
		secret,
		trustProxy: readChoice('COMPACT_TRUST_PROXY', value('COMPACT_TRUST_PROXY') ?? 'no', ['yes', 'no']) === 'yes',
		production,
		watch: {
			page,
			hosts: readHosts(value('COMPACT_WATCH_HOSTS') ?? WATCH_HOSTS),
			daily: page !== null && (production || value('COMPACT_WATCH_URL') !== null),
		},
		smtpUrl: readAddress('SMTP_URL', value('SMTP_URL'), ['smtp:', 'smtps:']),
		mailFrom: value('COMPACT_MAIL_FROM') ?? `citycompact@${new URL(origin).hostname}`,
		demo: readDemo(value),
		contact: readMailbox('COMPACT_CONTACT', value('COMPACT_CONTACT')),
		key: value('COMPACT_KEY'),
	};
}

/** What the database's programs get to see: our own environment holds secrets, and the database outlives us. */
export function databaseEnvironment(): Record<string, string> {
	const { PATH = '', SystemRoot = '' } = process.env;
	return { PATH, SystemRoot, LC_ALL: 'C', TZ: 'UTC' };
}

/** What a look round goes without: each would let others in, or mail out. */
const ALONE = ['DATABASE_URL', 'COMPACT_ORIGIN', 'SMTP_URL'] as const;
const OWN_HOSTS: readonly string[] = ['127.0.0.1', 'localhost', '::1'];

function readDemo(value: (name: Setting) => string | null): boolean {
	const demo = readChoice('COMPACT_DEMO', value('COMPACT_DEMO') ?? '0', ['1', '0']) === '1';
	if (!demo) return false;
	const others = [
		...ALONE.filter((name) => value(name) !== null),
		...(value('COMPACT_TRUST_PROXY') === 'yes' ? ['COMPACT_TRUST_PROXY=yes'] : []),
		...(value('COMPACT_ENV') === 'production' ? ['COMPACT_ENV=production'] : []),
		...(OWN_HOSTS.includes(value('HOST') ?? '127.0.0.1') ? [] : ['HOST']),
	];
	if (others[0] === undefined) return true;
	throw new Invalid(
		`COMPACT_DEMO=1 is for a look round on your own machine and goes without ${others[0]}. Leave one of the two out.`,
	);
}

function readPort(text: string): number {
	const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
	if (port < 0 || port > 65535) throw new Invalid('PORT must be a number from 0 to 65535, for example PORT=4870.');
	return port;
}

function readOrigin(text: string): string {
	const url = URL.canParse(text) ? new URL(text) : null;
	if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash || url.username) {
		throw new Invalid(
			'COMPACT_ORIGIN must be scheme and host without a path, for example COMPACT_ORIGIN=https://compact.example.org.',
		);
	}
	return url.origin;
}

/** The value is never repeated in the sentence: it may hold a password. */
function readAddress(name: Setting, text: string | null, schemes: readonly string[]): string | null {
	if (text === null) return null;
	if (!URL.canParse(text) || !schemes.includes(new URL(text).protocol)) {
		throw new Invalid(`${name} must be an address that begins with ${schemes.map((s) => `${s}//`).join(' or ')}.`);
	}
	return text;
}

function readPage(text: string): string | null {
	if (text === 'off') return null;
	const url = URL.canParse(text) ? new URL(text) : null;
	if (url?.protocol !== 'https:' || url.username || url.password) {
		throw new Invalid('COMPACT_WATCH_URL must be an address that begins with https://, or `off`.');
	}
	return url.href;
}

function readHosts(text: string): string[] {
	return text
		.split(',')
		.map((part) => part.trim())
		.filter(Boolean)
		.map((name) => {
			const url = URL.canParse(`https://${name}`) ? new URL(`https://${name}`) : null;
			if (!url || url.href !== `https://${url.host}/`) {
				throw new Invalid(
					'COMPACT_WATCH_HOSTS must be host names separated by commas, for example COMPACT_WATCH_HOSTS=www.ice.gov,ice.gov.',
				);
			}
			return url.host;
		});
}

function readMailbox(name: Setting, text: string | null): string | null {
	if (text !== null && !/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(text)) {
		throw new Invalid(`${name} must be a mail address, for example ${name}=clerk@example.org.`);
	}
	return text;
}

function readChoice<const T extends string>(name: Setting, text: string, choices: readonly T[]): T {
	const choice = choices.find((c) => c === text);
	if (!choice) throw new Invalid(`${name} must be ${choices.join(' or ')}.`);
	return choice;
}
