/** Services: DHCP clients, BFD, IPFIX and the like. */

import type { Kind } from '../kind.js';
import { bfdEchoSourceKind } from './bfd-echo-source.js';
import { bfdKeyKind } from './bfd-key.js';
import { bfdSessionKind } from './bfd-session.js';
import { dhcpClientKind } from './dhcp-client.js';
import { flowprobeInterfaceKind, flowprobeKind } from './flowprobe.js';
import { ipfixExporterKind } from './ipfix.js';

export const serviceKinds: readonly Kind[] = [
  dhcpClientKind,
  bfdKeyKind,
  bfdSessionKind,
  bfdEchoSourceKind,
  ipfixExporterKind,
  flowprobeKind,
  flowprobeInterfaceKind,
];
