/** The exit codes of `citycompact`, as documented in docs/cli.md. */
export const EXIT_CODES: readonly { readonly code: number; readonly error: string | null; readonly meaning: string }[] =
	[
		{ code: 0, error: null, meaning: 'Done, or stopped as asked.' },
		{ code: 1, error: 'Error', meaning: 'A fault in the program; the message says where.' },
		{ code: 2, error: 'Usage', meaning: 'The command line is not one we understand.' },
		{ code: 3, error: 'NotFound', meaning: 'What was asked for is not there.' },
		{ code: 4, error: 'Forbidden', meaning: 'Not allowed.' },
		{ code: 5, error: 'Invalid', meaning: 'What was given cannot be used: a file, a value, a setting.' },
		{
			code: 6,
			error: 'Conflict',
			meaning: 'Something else stands in the way: a taken port, newer data, a running process.',
		},
		{ code: 7, error: 'Upstream', meaning: 'Something outside did not answer: the database, another server.' },
		{
			code: 8,
			error: null,
			meaning: 'Not ready to run: wrong Node.js, no install or no build, and none could be made.',
		},
		{ code: 130, error: null, meaning: 'Interrupted (Ctrl+C).' },
		{ code: 143, error: null, meaning: 'Told to end (SIGTERM).' },
	];

/** Maps an error to its exit code by name, because the web build carries its own copies of the classes. */
export function exitCode(error: unknown): number {
	const name = error instanceof Error ? error.name : 'Error';
	return EXIT_CODES.find((entry) => entry.error === name)?.code ?? 1;
}

/** What to print: the sentence of an error that is meant for people, the whole trace of one that is not. */
export function explain(error: unknown): string {
	if (exitCode(error) !== 1) return (error as Error).message;
	const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
	return `This is a fault in citycompact, not in what you did. Please report it with these lines:\n${trace}`;
}
