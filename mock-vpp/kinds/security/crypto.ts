/** Crypto: which engine does what. There are no workers, and nothing is encrypted. */
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

/** Names of VPP's algorithms: ciphers, hashes, and ciphers with integrity, by the bytes of its check and of what else it covers. */
const ALGORITHMS = [
  /^(des|3des)-cbc$/,
  /^aes-(128|192|256)-(cbc|ctr|gcm|null-gmac)$/,
  /^chacha20-poly1305(-icv16-aad(0|8|12))?$/,
  /^aes-(128|192|256)-gcm-icv16-aad(8|12|20|28)$/,
  /^aes-(128|192|256)-null-gmac-icv16-aad(8|12)$/,
  /^(md5|sha1-160)(-icv12)?$/,
  /^sha2-(224|256(-icv1[26])?|384(-icv24)?|512(-icv32)?)$/,
  /^(3des|aes-(128|192|256))-cbc-(md5|sha1-160)(-icv12)?$/,
  /^(3des|aes-(128|192|256))-cbc-sha2-(224(-icv14)?|256(-icv1[26])?|384(-icv24)?|512(-icv32)?)$/,
  /^aes-(128|192|256)-ctr-(sha1-160(-icv12)?|sha2-(256(-icv1[26])?|384(-icv24)?|512(-icv32)?))$/,
];

/** Algorithms that an engine does on one buffer, and on a chain of them. */
interface Engine {
  simple(algorithm: string): boolean;
  chained(algorithm: string): boolean;
}

const openssl = (algorithm: string) => !/^(aes-192-gcm-icv16-aad2[08]|3des-cbc-md5-icv12)$/.test(algorithm);

const ENGINES = new Map<string, Engine>([
  ['openssl', { simple: openssl, chained: openssl }],
  [
    'native',
    {
      simple: (algorithm) => /^aes-...-(cbc|ctr|gcm(-icv16-aad\d+)?)$/.test(algorithm),
      chained: (algorithm) => /^aes-...-ctr$/.test(algorithm),
    },
  ],
  ['sw_scheduler', { simple: () => false, chained: () => false }],
]);

/** `crypto_op_class_type`. */
const OpClass = { SIMPLE: 0, CHAINED: 1, BOTH: 2 } as const;

export const crypto = defineKind({
  name: 'crypto',
  title: 'crypto',
  handlers: {
    crypto_set_handler: ({ alg_name, engine: name, oct }) => {
      const algorithm = String(alg_name);
      const engine = ENGINES.get(String(name));
      if (engine === undefined || !ALGORITHMS.some((names) => names.test(algorithm))) return Retval.UNSPECIFIED;
      const isSimple = oct === OpClass.SIMPLE || oct === OpClass.BOTH;
      const isChained = oct === OpClass.CHAINED || oct === OpClass.BOTH;
      if (isSimple && !engine.simple(algorithm)) return Retval.UNSPECIFIED;
      return isChained && !engine.chained(algorithm) ? Retval.UNSPECIFIED : Retval.OK;
    },

    // VPP has it no more.
    crypto_set_async_dispatch: () => Retval.UNSUPPORTED,
    crypto_set_async_dispatch_v2: () => Retval.UNSUPPORTED,

    crypto_sw_scheduler_set_worker: () => Retval.INVALID_VALUE,
  },
});
