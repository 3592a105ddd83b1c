#!/usr/bin/env node
import process from 'node:process';
import { ensureOrExit } from './ensure.js';

await ensureOrExit();
const { main } = await import(new URL('../build/cli/main.js', import.meta.url).href);
process.exitCode = await main(process.argv.slice(2));
// Whatever still holds the process open (a database on its way down, a request that hangs) gets this long.
setTimeout(() => process.exit(), process.exitCode === 0 ? 20_000 : 5_000).unref();
