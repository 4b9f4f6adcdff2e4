// `node scripts/run.mjs FILE …`: runs one of our TypeScript files on the pinned node.
import { ensureInstalled, findNode, run } from './ground.mjs';

ensureInstalled();
process.exit(await run(findNode(), process.argv.slice(2)));
