import { describe, expect, it } from 'vitest';
import { shortEnumNames } from '../../../src/mux/schema/enum-names.js';
import * as sample from '../json/sample-fields.js';

describe('short names of enums', () => {
  it.each([
    [
      ['IF_STATUS_API_FLAG_ADMIN_UP', 'IF_STATUS_API_FLAG_LINK_UP'],
      ['ADMIN_UP', 'LINK_UP'],
    ],
    [
      ['SUB_IF_API_FLAG_NO_TAGS', 'SUB_IF_API_FLAG_ONE_TAG'],
      ['NO_TAGS', 'ONE_TAG'],
    ],
    [
      ['FOO_1', 'FOO_2'],
      ['FOO_1', 'FOO_2'],
    ],
    [
      ['A_API_2_X', 'A_API_2_Y'],
      ['X', 'Y'],
    ],
    [
      ['A_API_2X', 'A_API_2Y'],
      ['API_2X', 'API_2Y'],
    ],
    [
      ['A_10G', 'A_AUTO', 'A_MAX'],
      ['A_10G', 'AUTO', 'MAX'],
    ],
    [['ONLY_ONE'], ['ONLY_ONE']],
    [
      ['A_B', 'A_B_C'],
      ['B', 'B_C'],
    ],
  ])('%j: %j', (names, short) => {
    const type = sample.enumeration('e', Object.fromEntries(names.map((name, value) => [name, value])));
    expect([...shortEnumNames(type).keys()]).toEqual(short);
  });
});
