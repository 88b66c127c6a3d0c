/** VPP's counters on a page, in the form of a profile. A VPP that is away has no numbers: only `vpp_up 0`. */

import type { StatsDump } from '../../stats/index.js';
import type { Collectors } from './collectors.js';
import type { Profile } from './config.js';
import type { PageText } from './page-text.js';
import type { SegmentReads } from './segment-reads.js';
import { CALICO_PATTERNS, writeCalico } from './vpp/calico.js';
import type { Extent } from './vpp/columns.js';
import { DATAPLANE_PATTERNS, writeDataplane } from './vpp/dataplane.js';
import { writeV1 } from './vpp/export-v1.js';
import { writeV2 } from './vpp/export-v2.js';
import { LIGATO_PATTERNS, writeLigato } from './vpp/ligato.js';

export interface VppOptions extends Extent {
  /** Entries of the profiles vpp-v1 and vpp-v2. */
  readonly exportPatterns: readonly string[];
  /** Name of the agent, for ligato's label. */
  readonly agent: string;
}

/** Name of the collector that reads VPP's counters. */
const COLLECTOR = 'vpp';

export class VppCounters {
  constructor(
    private readonly reads: SegmentReads,
    private readonly collectors: Collectors,
    private readonly options: () => VppOptions,
  ) {}

  async write(page: PageText, profile: Profile): Promise<void> {
    const options = this.options();
    const dump = await this.collectors.run(COLLECTOR, () => this.reads.read(patternsOf(profile, options)));
    if (profile === 'vppmux') writeUp(page, dump);
    if (dump !== undefined) await writeProfile(page, profile, dump, options);
    else page.text(`# no counters of VPP: ${oneLine(this.collectors.errorOf(COLLECTOR) ?? '')}\n`);
  }
}

function writeUp(page: PageText, dump: StatsDump | undefined): void {
  page.family('vpp_up', 'gauge', 'Whether VPP lives and its counters could be read');
  page.add('', dump === undefined ? 0 : 1);
  if (dump === undefined) return;
  page.family('vpp_read_timestamp_seconds', 'gauge', 'When the counters were read, seconds since 1970');
  page.add('', dump.at / 1000);
  page.family('vpp_unreadable_entries', 'gauge', 'Entries of the stats segment that could not be read');
  page.add('', dump.skipped.length);
}

function patternsOf(profile: Profile, { exportPatterns }: VppOptions): readonly string[] {
  switch (profile) {
    case 'vpp-v1':
    case 'vpp-v2':
      return exportPatterns;
    case 'ligato':
      return LIGATO_PATTERNS;
    case 'calico':
      return CALICO_PATTERNS;
    case 'vppmux':
      return DATAPLANE_PATTERNS;
  }
}

function writeProfile(page: PageText, profile: Profile, dump: StatsDump, options: VppOptions): Promise<void> {
  switch (profile) {
    case 'vpp-v1':
      return writeV1(page, dump.entries);
    case 'vpp-v2':
      return writeV2(page, dump.entries, dump.at);
    case 'ligato':
      return writeLigato(page, dump.entries, options.agent);
    case 'calico':
      return writeCalico(page, dump.entries);
    case 'vppmux':
      return writeDataplane(page, dump.entries, options, dump.at);
  }
}

const oneLine = (text: string) => text.replaceAll('\n', ' ');
