// Says that a port is taken before anything is installed or built for it. The server says so itself, which is a minute later
// where it has to be built first. Plain JavaScript without dependencies, as ensure.js.
import { once } from 'node:events';
import { createServer } from 'node:net';
import process from 'node:process';

/** Exit code of a conflict; docs/cli.md lists it. */
const CONFLICT = 6;

/** Ends the process where another program listens at PORT and HOST. Whatever else is wrong with them the server tells. */
export async function freePortOrExit() {
	const port = Number(process.env.PORT?.trim() || 4870);
	const host = process.env.HOST?.trim() || '127.0.0.1';
	if (!Number.isInteger(port) || port < 1 || port > 65_535) return;
	const server = createServer();
	try {
		server.listen({ port, host });
		await once(server, 'listening');
		server.close();
		await once(server, 'close');
	} catch (error) {
		if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EADDRINUSE') return;
		process.stderr.write(
			`Port ${port} is taken: another program, or another City Compact, listens there. Stop it, or choose another port: PORT=${port + 1} npm start\n`,
		);
		process.exit(CONFLICT);
	}
}
