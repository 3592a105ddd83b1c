import { inviteFirstSteward } from '#coalition/invitation.server.ts';
import { renewSteward } from '#coalition/renewal.server.ts';
import { speech } from '#i18n/message.ts';
import { readMailbox } from '#kernel/mailbox.ts';
import { readConfig } from '#platform/config.server.ts';
import { type Noun, Usage, type Verb } from './command.ts';

const inviting: Verb = {
	name: 'invite',
	summary: 'Invite the first steward: prints a link that lasts fifteen minutes and works once',
	detail: [
		'Only while no steward is seated; after that stewards invite each other. The link is shown in this terminal and nowhere else: open it on the machine of the person, who then sets up ways to sign in. It is in no log and no mail.',
	],
	options: {
		email: { value: 'ADDRESS', summary: 'their work address' },
		name: { value: 'NAME', summary: 'their name, as the directory shows it' },
		office: { value: 'OFFICE', summary: 'what they are; Steward, in their language, where it is left out' },
		language: { value: 'LANGUAGE', choices: ['en', 'es'], default: 'en', summary: 'the language they read' },
	},
	examples: [{ command: 'steward invite --email ana@example.gov --name "Ana Reyes"', what: 'the first seat of all' }],
	async run(args, io) {
		const [email, name] = [args.text('email'), args.text('name')];
		if (!email || !name) throw new Usage('Give --email ADDRESS and --name NAME.');
		const language = args.text('language') === 'es' ? 'es' : 'en';
		const office = args.text('office') ?? speech(language).say('coalition.role.steward');
		const token = await inviteFirstSteward({ email, name, office, language }, await io.world());
		const path = `${language === 'es' ? '/es' : ''}/invitation/${token}`;
		await io.write(`${readConfig().origin}${path}\n`);
		io.say('It lasts fifteen minutes and works once.');
	},
};

const renewing: Verb = {
	name: 'renew',
	summary:
		'Let a steward in again who lost every way to sign in: prints a link that lasts fifteen minutes and works once',
	detail: [
		'Only while no two other stewards are seated; otherwise two of them approve it. Everybody who holds a seat of the coalition is told by mail and can stop it. Whoever opens the link and presses its button drops all former ways to sign in, ends all sessions of that account, and sets up new ones.',
	],
	options: { email: { value: 'ADDRESS', summary: 'the address that they sign in with' } },
	examples: [{ command: 'steward renew --email ana@example.gov', what: 'the only steward lost a telephone' }],
	async run(args, io) {
		const email = readMailbox(args.text('email') ?? '');
		if (email === null) throw new Usage('Give --email ADDRESS, the one that they sign in with.');
		const token = await renewSteward(email, await io.world());
		await io.write(`${readConfig().origin}/sign-in/lost/new/${token}\n`);
		io.say('It lasts fifteen minutes and works once.');
	},
};

export const steward: Noun = { name: 'steward', summary: 'Seats of stewards', verbs: [inviting, renewing] };
