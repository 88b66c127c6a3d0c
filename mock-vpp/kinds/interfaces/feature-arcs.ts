/** Feature arcs and their features in VPP 26.06 with its usual plugins, in VPP's order. */
const ARCS: Readonly<Record<string, string>> = {
  'nsh-eth-output': `
    error-drop interface-output`,
  arp: `
    vrrp4-arp-input linux-cp-arp-host linux-cp-arp-phy arping-input arp-reply arp-proxy arp-disabled error-drop`,
  'nsh-output': `
    error-drop`,
  'mpls-output': `
    mpls-qos-mark vlan-mpls-qos-mark interface-output`,
  'mpls-input': `
    vlan-mpls-qos-record mpls-qos-record linux-cp-xc-mpls mpls-not-enabled mpls-lookup`,
  'ip6-drop': `
    error-drop`,
  'ip6-punt': `
    stn-ip6-punt ip6-punt-acl ip6-punt-policer linux-cp-punt-l3 ip6-punt-redirect error-punt`,
  'ip6-local': `
    vrrp6-nd-input arping6-input ip6-local-end-of-arc`,
  'ip6-output': `
    acl-plugin-out-ip6-fa cnat-output-ip6 cnat-writeback-ip6 gso-ip6 wg6-output-tun ip6-tx-urpf-strict
    ip6-tx-urpf-loose policer-output npt66-output tcp-mss-clamping-ip6-out flowprobe-output-ip6 ip6-qos-mark
    vlan-ip6-qos-mark ip6-dvr-reinject pt ip6-sv-reassembly-output-feature ip6-outacl ipsec6-output-feature
    interface-output`,
  'ip6-multicast': `
    vrrp6-accept-owner-input ip6-qos-store vlan-ip6-qos-record ip6-qos-record linux-cp-xc-l3-ip6 linux-cp-xc-ip6
    flowprobe-input-ip6 ip6-multicast-nd-proxy ip6-sv-reassembly-mcast-feature ip6-not-enabled vpath-input-ip6
    ip6-mfib-forward-lookup`,
  'ip6-unicast': `
    ip6-vxlan-gpe-bypass ip6-rx-urpf-loose ip6-rx-urpf-strict punt-test-feat-ip6 ip6-sv-reassembly-feature
    ip6-full-reassembly-feature pcap-filtering trace-filtering svs-ip6 srv6-end-m-gtp6-dt srv6-end-m-gtp6-d-di
    srv6-end-m-gtp6-d srv6-end-m-gtp6-e srv6-end-m-gtp4-e srv6-as6-rewrite srv6-am-rewrite srv6-ad6-flow-rewrite
    srv6-ad6-rewrite sfdp-interface-input-ip6 ip6-pvti-bypass policer-input npt66-input nat66-out2in
    nat66-in2out nat64-in2out-handoff nat64-in2out ip6-map-t ip6-map flowprobe-input-ip6 cnat-lookup-ip6
    cnat-input-ip6 acl-plugin-in-ip6-fa ip6-flow-classify ip6-inacl ip6-policer-classify tcp-mss-clamping-ip6-in
    ip6-qos-store vlan-ip6-qos-record ip6-qos-record linux-cp-xc-l3-ip6 linux-cp-xc-ip6 lb-nat6-in2out
    l3xc-input-ip6 sir-to-ila ip6-gtpu-bypass ct6-out2in cnat-snat-ip6-return cnat-snat-ip6 abf-input-ip6
    ip6-unicast-nd-proxy ip6-not-enabled ipsec6-input-feature l2tp-decap vpath-input-ip6 ip6-vxlan-bypass
    ip6-lookup`,
  'ip4-drop': `
    error-drop`,
  'ip4-punt': `
    stn-ip4-punt ip4-punt-acl ip4-punt-policer linux-cp-punt-l3 ip4-punt-redirect error-punt`,
  'ip4-local': `
    nat44-ei-hairpinning syn-filter-4 ip4-local-end-of-arc`,
  'ip4-output': `
    ip4-sv-reassembly-output-feature nat44-ed-in2out-output nat44-in2out-output-worker-handoff
    nat-pre-in2out-output acl-plugin-out-ip4-fa cnat-output-ip4 cnat-writeback-ip4 gso-ip4 wg4-output-tun
    ip4-tx-urpf-strict ip4-tx-urpf-loose policer-output pnat-output nsh-md2-ioam-encap-transit
    nat44-ei-in2out-output-worker-handoff nat44-ei-in2out-output tcp-mss-clamping-ip4-out vxlan-gpe-transit-ioam
    flowprobe-output-ip4 ip4-qos-mark vlan-ip4-qos-mark ip4-dvr-reinject ip4-source-and-port-range-check-tx
    ip4-outacl ipsec4-output-feature interface-output`,
  'ip4-multicast': `
    vrrp4-accept-owner-input ip4-qos-store vlan-ip4-qos-record ip4-qos-record linux-cp-xc-l3-ip4 linux-cp-xc-ip4
    flowprobe-input-ip4 ip4-sv-reassembly-mcast-feature ip4-not-enabled vpath-input-ip4 ip4-mfib-forward-lookup`,
  'ip4-unicast': `
    ip4-vxlan-gpe-bypass ip4-rx-urpf-loose ip4-rx-urpf-strict punt-test-feat-ip4 ip4-full-reassembly-feature
    ip4-sv-reassembly-feature pcap-filtering trace-filtering svs-ip4 srv6-t-m-gtp4-dt srv6-t-m-gtp4-d
    srv6-as4-rewrite srv6-ad4-flow-rewrite srv6-ad4-rewrite sfdp-geneve-input sfdp-interface-input-ip4
    nat-external-input ip4-pvti-bypass policer-input pnat-input ip4-dhcp-client-detect cnat-lookup-ip4
    cnat-input-ip4 acl-plugin-in-ip4-fa nat44-ed-out2in nat44-ed-in2out nat44-out2in-worker-handoff
    nat44-in2out-worker-handoff nat44-handoff-classify nat44-ed-classify nat-pre-out2in nat-pre-in2out
    nat64-out2in-handoff nat64-out2in nat44-ei-out2in-worker-handoff nat44-ei-in2out-worker-handoff
    nat44-ei-out2in nat44-ei-in2out nat44-ei-handoff-classify nat44-ei-classify ip4-map-t ip4-map
    flowprobe-input-ip4 ip4-source-and-port-range-check-rx ip4-flow-classify ip4-inacl ip4-policer-classify
    tcp-mss-clamping-ip4-in ip4-qos-store vlan-ip4-qos-record ip4-qos-record linux-cp-xc-l3-ip4 linux-cp-xc-ip4
    lb-nat4-in2out l3xc-input-ip4 ip4-gtpu-bypass det44-out2in det44-in2out cnat-snat-ip4-return cnat-snat-ip4
    abf-input-ip4 ip4-not-enabled ipsec4-input-feature vpath-input-ip4 ip4-vxlan-bypass ip4-lookup`,
  'l2-output-nonip': `
    acl-plugin-out-nonip-l2 l2-output-feat-arc-end`,
  'l2-input-nonip': `
    acl-plugin-in-nonip-l2 l2-input-feat-arc-end`,
  'l2-output-ip6': `
    acl-plugin-out-ip6-l2 gso-l2-ip6 l2-output-feat-arc-end`,
  'l2-input-ip6': `
    acl-plugin-in-ip6-l2 l2-input-feat-arc-end`,
  'l2-output-ip4': `
    acl-plugin-out-ip4-l2 gso-l2-ip4 l2-output-feat-arc-end`,
  'l2-input-ip4': `
    acl-plugin-in-ip4-l2 l2-input-feat-arc-end`,
  'ethernet-output': `
    error-drop`,
  'error-drop': `
    sflow-drop drop`,
  'interface-output': `
    sflow-egress nsim-output-feature mactime-tx flowprobe-output-l2 ct6-in2out stats-collect-tx ipsec-if-output
    span-output interface-output-arc-end`,
  'port-rx-eth': `
    soft-rss bond-input p2p-ethernet-input span-input worker-handoff l2-patch ethernet-input`,
  'device-input': `
    srv6-as2-rewrite srv6-ad2-rewrite soft-rss sflow sfdp-dummy-dot1q-input pppoe-input nsim mactime
    flowprobe-input-l2 adl-input pg-input-mac-filter sr-pl-rewrite-encaps-l2 bond-input stats-collect-rx
    p2p-ethernet-input span-input worker-handoff l2-patch ethernet-input`,
};

/** Arc → its features. */
export const FEATURE_ARCS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(ARCS).map(([arc, features]) => [arc, new Set(features.trim().split(/\s+/))]),
);
