import { isSecretKey } from '../../secret-key.js';

/** Requests whose secret lies in a field with a harmless name. Later versions (`_v2`) are found by the same beginning. */
const SECRET_FIELDS: readonly { readonly message: string; readonly field: string }[] = [
  { message: 'ikev2_profile_set_auth', field: 'data' },
  { message: 'bfd_auth_set_key', field: 'key' },
  { message: 'app_add_cert_key_pair', field: 'certkey' },
  { message: 'application_tls_key_add', field: 'key' },
  { message: 'lisp_add_del_local_eid', field: 'key' },
  { message: 'one_add_del_local_eid', field: 'key' },
];

/**
 * Whether a line gives a value to a field or an option that sounds like a secret: `psk=…`, `{"psk": …}`, `--password …`,
 * to one of SECRET_FIELDS, or has a secret in a command of VPP: `cli_inband cmd='… private-key …'`.
 */
export function holdsSecret(line: string): boolean {
  const parts = line.split(/[=:]/).slice(0, -1);
  const fields = parts.map(
    (part) =>
      part
        .trimEnd()
        .split(/[\s,{]/)
        .at(-1) ?? '',
  );
  const options = line.split(/[\s=]/).filter((word) => word.startsWith('--') && !isOfFile(word));
  return (
    [...fields.filter((field) => !field.startsWith('--')), ...options].some(isSecretKey) ||
    SECRET_FIELDS.some(({ message, field }) => line.includes(message) && fields.some((each) => isBelow(each, field))) ||
    (line.includes('cli_inband') && commandHoldsSecret(line))
  );
}

/** Whether a command of VPP's command line has a word that sounds like a secret: `private-key`, `crypto-key`, `secret`. */
export function commandHoldsSecret(line: string): boolean {
  return line.split(/[\s"'=:{},]/).some((word) => isSecretKey(word) && !isOfFile(word));
}

/** Whether `key`, a field's path as it is typed, is `field` or leads through it: `key.key`, `"data"`. */
function isBelow(key: string, field: string): boolean {
  return key.split(/["'.[\]]/).includes(field);
}

/** A file with a secret in it is none itself. */
const isOfFile = (word: string) => word.endsWith('-file');
