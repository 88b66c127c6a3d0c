/** The page at `/`: the links, and the status as it is now and as it changes. It loads nothing from anywhere. */

import { createHash } from 'node:crypto';
import type { AgentInfo } from '../../sdk/index.js';
import { boardHtml } from './board-html.js';
import { BOARD_SCRIPT } from './board-script.js';
import type { Link } from './links.js';

const HASH = createHash('sha256').update(BOARD_SCRIPT).digest('base64');

/** The browser may run this one script and connect to where the page is from; nothing else. */
export const INDEX_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${HASH}'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'content-type': 'text/html; charset=utf-8',
  'referrer-policy': 'no-referrer',
  vary: 'accept',
  'x-content-type-options': 'nosniff',
} as const;

/** `status` is the answer of `/status`. */
export function indexPage(links: readonly Link[], status: object, info: Pick<AgentInfo, 'name' | 'version'>): string {
  const title = escaped(info.name);
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><title>${title}</title><style>${STYLE}</style></head>
<body>
<header><h1>${title} <small>${escaped(info.version)}</small></h1>
<nav aria-label="What this agent answers"><ul>${links.map(listed).join('')}</ul></nav></header>
<main>
<p id="link" role="status">as it was when this page was loaded</p>
<div id="board">${boardHtml(JSON.parse(JSON.stringify(status)))}</div>
</main>
<script>${BOARD_SCRIPT}</script>
</body>
</html>
`;
}

/** A link, relative, since a proxy may serve the agent below a path of its own. */
const listed = ({ path, about }: Link) => `<li><a href=".${path}">${path}</a> ${escaped(about)}</li>`;

const escaped = (text: string) => text.replace(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const STYLE = `:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 65em; margin: 0 auto; padding: 1em; overflow-wrap: anywhere }
ul { padding: 0; list-style: none } small, #link { opacity: .75 } h2 { font-size: 1.1em; margin-bottom: .3em }
table { border-collapse: collapse; width: 100% } th { text-align: left } td, th { padding: .3em .8em .3em 0; vertical-align: top; border-bottom: 1px solid #8886 }
.overall { font-size: 1.2em } .state { font-weight: bold; padding: 0 .4em; border-radius: .3em; color: #fff; background: #b3261e }
.state.ok { background: #1b6e35 } .state.degraded { background: #8a5a00 } .state.init, .state.closed { background: #555 } .old { opacity: .6 }
@media (max-width: 40em) { thead { position: absolute; clip-path: inset(50%) } tr, td { display: block; border: 0; padding: 0 } tr { padding: .5em 0; border-bottom: 1px solid #8886 } }`;
