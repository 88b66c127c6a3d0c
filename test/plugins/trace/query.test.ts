import { describe, expect, it } from 'vitest';
import { nameFilter, readQuery } from '../../../src/plugins/trace/query.js';

describe('what is to be shown', () => {
  it.each([
    ['', 'anything', true],
    ['sw_interface_dump', 'sw_interface_dump', true],
    ['sw_interface_dump', 'sw_interface_dump2', false],
    ['sw_*', 'sw_interface_dump', true],
    ['*_dump,*_details', 'ip_route_details', true],
    ['*_dump', 'sw_interface_dump_reply', false],
    ['ip_*_reply', 'ip_route_add_del_reply', true],
    ['ip_*_reply', 'ip_reply', false],
    ['a*a', 'a', false],
    ['**', '', true],
    ['*b*b*', 'abcb', true],
    ['*b*b*', 'abc', false],
    ['!control_ping*', 'control_ping_reply', false],
    ['!control_ping*', 'show_version', true],
    ['sw_*,!*_details', 'sw_interface_details', false],
    ['sw_*,!*_details', 'ip_route_dump', false],
  ])('%j: %s %s', (pattern, name, shown) => {
    expect(nameFilter(pattern)(name)).toBe(shown);
  });

  it('an id that is not in the table: shown where everything is', () => {
    expect(nameFilter('!control_ping*')(undefined)).toBe(true);
    expect(nameFilter('sw_*')(undefined)).toBe(false);
  });

  it('many stars: cost no time', () => {
    expect(nameFilter(`${'*a'.repeat(1000)}*`)('a'.repeat(999))).toBe(false);
  });

  it('a query: last, follow and match, with their defaults', () => {
    expect(readQuery('/trace')).toMatchObject({ last: 0, follow: true });
    expect(readQuery('/trace?last=12&follow=0&match=sw_*')).toMatchObject({ last: 12, follow: false });
  });

  it.each([
    ['/trace?last=-1', /last must be/],
    ['/trace?last=many', /last must be/],
    ['/trace?follow=yes', /follow must be/],
    ['/trace?match=sw.*', /'sw\.\*' is no name/],
    [`/trace?match=${'a,'.repeat(33)}`, /more than 32/],
  ])('%s: refused', (url, text) => {
    expect(() => readQuery(url)).toThrow(text);
  });
});
