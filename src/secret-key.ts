/** Tells by its name whether a field holds a secret. */

/** Words in the keys of secrets: `dbPassword`, `X-API-Key`, `pre_shared_key`. */
const SECRETS = [
  ...['password', 'passwd', 'passphrase', 'pwd', 'secret', 'token', 'authorization', 'authorisation', 'cookie'],
  ...['credential', 'apikey', 'privatekey', 'sharedkey', 'presharedkey', 'psk', 'accesskey', 'sessionkey'],
  // Keys of VPP's ipsec_sad_entry, and in VPP's command line.
  ...['cryptokey', 'integritykey', 'integkey'],
];
/** Keys that only sound like secrets. */
const HARMLESS: ReadonlySet<string> = new Set(['tokens', 'maxtokens', 'tokencount']);

const LONGEST_KEY = 200;

/** Whether the value of `key` is a secret. */
export function isSecretKey(key: string): boolean {
  const letters = key.slice(0, LONGEST_KEY).toLowerCase().replaceAll('-', '').replaceAll('_', '').replaceAll('.', '');
  return !HARMLESS.has(letters) && SECRETS.some((word) => letters.includes(word));
}
