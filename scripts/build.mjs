// `npm run build`: the client into dist/.
import { build, ensureInstalled, findNode } from './ground.mjs';

ensureInstalled();
process.exit(await build(findNode()));
