// Opens the embedded database of a folder, says so, and holds it until its input ends or somebody kills it.
import { openEmbedded } from '../../src/platform/postgres.server.ts';

const [folder = '', transport] = process.argv.slice(2);
const embedded = await openEmbedded({
	folder,
	...(transport === 'tcp' ? { transport } : {}),
	notice: (sentence) => console.log(`notice: ${sentence}`),
});
console.log('open');
process.stdin.resume();
process.stdin.on('end', async () => {
	await embedded.close();
	console.log('closed');
});
