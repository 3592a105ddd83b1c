#!/usr/bin/env node
import process from 'node:process';
import { ensureOrExit } from './ensure.js';

await ensureOrExit();
const { main } = await import(new URL('../build/cli/main.js', import.meta.url).href);
process.exitCode = await main(process.argv.slice(2));
