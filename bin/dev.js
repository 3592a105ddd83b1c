// `npm run dev`: the same settings as `npm start`, with pages that change as the sources do.
import process from 'node:process';
import { ensureOrExit, ROOT } from './ensure.js';

await ensureOrExit({ build: false });
const { createServer } = await import('vite');
const port = Number(process.env.PORT || 4870);
const server = await createServer({
	root: ROOT,
	server: { port, host: process.env.HOST || '127.0.0.1', strictPort: true },
});
try {
	await server.listen();
} catch (error) {
	process.stderr.write(
		`${error instanceof Error ? error.message : error}\nChoose another port: PORT=${port + 1} npm run dev\n`,
	);
	process.exit(6);
}
server.printUrls();
for (const signal of ['SIGINT', 'SIGTERM']) {
	// Vite would end the process before the database is closed.
	process.removeAllListeners(signal);
	process.once(signal, async () => {
		// hooks.server.ts closes the world when it hears this.
		process.emit(/** @type {any} */ ('sveltekit:shutdown'), /** @type {any} */ (signal));
		await server.close();
	});
}
