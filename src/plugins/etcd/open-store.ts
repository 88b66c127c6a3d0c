/** Opens the place where etcd.conf says that the fleet is kept. */

import { etcdStore, type FleetStore, openFolderStore } from '../../fleet/index.js';
import { reasonOf } from '../../sdk/index.js';
import type { EtcdConfig } from './config.js';
import { confMistake, findSecret, pathOf, secretPath } from './secret.js';

/** Name of the place, for people. */
export const placeOf = ({ dir }: EtcdConfig): string => (dir === '' ? 'etcd' : dir);

/** Rejects with `confMistake`. etcd may be away: `onAway` hears why, each time that another reason is known, and undefined when it is back. */
export async function openStore(
  config: EtcdConfig,
  warn: (text: string) => void,
  onAway: (reason: string | undefined) => void = () => {},
): Promise<FleetStore> {
  const { endpoints, dir } = config;
  if (dir !== '') return openFolderStore(dir);
  const password = findSecret('password', config.password, warn);
  const tls = tlsOf(config, warn);
  try {
    const options = {
      endpoints: [...endpoints],
      ...(config.user !== '' && { user: config.user }),
      ...(password !== undefined && { password }),
      ...(tls !== undefined && { tls }),
    };
    return etcdStore(options, (state) => onAway(state.state === 'away' ? state.error.message : undefined));
  } catch (error) {
    throw confMistake(reasonOf(error), error);
  }
}

function tlsOf(config: EtcdConfig, warn: (text: string) => void) {
  const { 'tls-ca': ca, 'tls-cert': cert, 'tls-key': key, 'tls-server-name': serverName } = config;
  if (ca === '' && cert === '' && key === '' && serverName === '') return undefined;
  return {
    ...(ca !== '' && { ca: pathOf('tls-ca', ca) }),
    ...(cert !== '' && { cert: pathOf('tls-cert', cert) }),
    ...(key !== '' && { key: secretPath('tls-key', key, warn) }),
    ...(serverName !== '' && { serverName }),
  };
}
