/** Two keys and certificates for 127.0.0.1, each signed by itself. For tests only. */

import { fileURLToPath } from 'node:url';

const file = (name: string) => fileURLToPath(new URL(`./tls/${name}`, import.meta.url));

export const certificate = {
  ...{ key: file('one.key.pem'), cert: file('one.cert.pem') },
  ...{ otherKey: file('other.key.pem'), otherCert: file('other.cert.pem') },
};
