/**
 * The descriptions of all operations: OpenAPI, the list, the page. They are long, and the same for everybody until a plugin comes
 * or goes: each is made once, when it is first requested.
 */

import type { AgentInfo, CatalogueEntry, Http, Operations } from '../../sdk/index.js';
import { docsPage } from './docs-page.js';
import { openApi } from './openapi.js';
import { pathOf } from './operation-paths.js';

/** Bytes to send that cost as much as a request. */
const COST_BYTES = 16 * 1024;

type Kind = 'openapi' | 'list' | 'page';

export class Descriptions {
  private readonly operations: Operations;
  private readonly info: AgentInfo;
  private readonly http: Pick<Http, 'loopbackAccess' | 'url'>;
  private readonly made = new Map<Kind, Buffer>();
  /** The catalogue that they were made from: it is the same list until it changes. */
  private catalogue: readonly CatalogueEntry[] | undefined;
  private access: Http['loopbackAccess'] | undefined;

  constructor(operations: Operations, info: AgentInfo, http: Pick<Http, 'loopbackAccess' | 'url'>) {
    this.operations = operations;
    this.info = info;
    this.http = http;
  }

  text(kind: Kind): Buffer {
    this.forgetIfOld();
    let text = this.made.get(kind);
    if (text === undefined) {
      text = Buffer.from(this.make(kind, this.operations.catalogue));
      this.made.set(kind, text);
    }
    return text;
  }

  /** Cost in units of `rate-limit`. */
  cost(kind: Kind): number {
    return Math.ceil(this.text(kind).length / COST_BYTES);
  }

  private forgetIfOld(): void {
    const { catalogue } = this.operations;
    const { loopbackAccess } = this.http;
    if (catalogue === this.catalogue && loopbackAccess === this.access) return;
    this.made.clear();
    this.catalogue = catalogue;
    this.access = loopbackAccess;
  }

  private make(kind: Kind, catalogue: readonly CatalogueEntry[]): string {
    if (kind === 'page') return docsPage(catalogue, this.info, this.http.url);
    const isSeveral = this.info.dataplanes.length > 1;
    if (kind === 'list') return JSON.stringify({ operations: catalogue.map((entry) => listed(entry, isSeveral)) });
    return JSON.stringify(openApi(catalogue, this.info, this.http.loopbackAccess));
  }
}

function listed({ operation, plugins, dataplanes }: CatalogueEntry, isSeveral: boolean) {
  const { name, access, summary } = operation;
  return {
    name,
    access,
    summary,
    path: pathOf(name),
    methods: access === 'read' ? ['GET', 'POST'] : ['POST'],
    plugins,
    ...(isSeveral && dataplanes && { dataplanes }),
  };
}
