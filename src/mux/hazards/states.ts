/** States of VPP in which a request harms, and which the request does not show. The mock knows its own. */

export const STATES = {
  sdlRule: 'the session rule-table engine has a rule of the SDL',
  onlyIp6NameServers: 'all name servers are of IPv6',
  nat64Off: 'NAT64 is off (nat64_plugin_enable_disable)',
  noSuchFib: 'there is no FIB with the index in fwd_fib_index or ret_fib_index',
  snatDefaultRemoved:
    'it removes addresses, and the entry with the flag USE_AS_DEFAULT, which answers for all others, was removed before',
  policerNeverApplied: 'apply is false, and no policer was ever put on an interface that way',
  gtpuRefused:
    'the tunnel exists when it is added, does not when it is deleted, or is added with a decap_next_index beyond 3',
  noIkev2Sa: 'there is no SA with that sa_index',
  noIkev2ProfileEver: 'no profile was ever added or deleted (ikev2_profile_add_del)',
  responderUnresolved: 'the responder of the profile is a host name, and VPP has no name server',
  staleRouter: 'vrrp_vr_del has removed another router of the interface, whose index is still free',
  classifyRing: 'del_chain is true, and next_table_index leads from the table back to one of its chain',
  classifyFull: 'the sessions of the table use all of its memory_size',
  rivalOnSocket: 'it is a master on a socket that VPP cannot listen on, and a slave was made there after it',
  noSuchDecapTable: 'a tunnel that carries no IPv4 has a decap_vrf_id that is the index of no FIB, as ~0',
  noSidTable: 'a local SID with End.T, End.DT4 or End.DT6 was added when its table was not there',
  noCounterpart: 'no FIB of IPv6 has the index that its IPv4 table has',
  srPolicyKnown: 'there is a policy with this bsid_addr',
} as const;

export type HazardState = keyof typeof STATES;
