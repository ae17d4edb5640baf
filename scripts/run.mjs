/**
 * Runs a TypeScript entry: `node scripts/run.mjs server/services/all.ts --port 9000`. It parses under any Node, so
 * that a wrong one is answered by a sentence and not by a syntax error.
 */
import module from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const neededMajor = 24;

if (Number(process.versions.node.split('.')[0]) < neededMajor) {
  console.error(
    `Collabthon runs on Node ${neededMajor}, this is ${process.version}. Its own Node comes with the packages: ` +
      'use npm start (or npm run …), and npm ci if that says the same. ' +
      `If npm brings none for ${process.platform} ${process.arch}, install Node ${neededMajor}.`,
  );
  process.exit(1);
}

// Compiled code is kept beside the packages: a warm start saves a good part of a second.
module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)));

const [entry] = process.argv.splice(2, 1);
await import(pathToFileURL(resolve(entry)).href);
