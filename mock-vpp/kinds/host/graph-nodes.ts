/** Names of the nodes of VPP 26.06's graph with its usual plugins, without those of interfaces. */
const NAMES = `
  abf-input-ip4 abf-input-ip6 acl-plugin-fa-cleaner-proc acl-plugin-fa-worker-clean acl-plugin-in-ip4-fa
  acl-plugin-in-ip4-l2 acl-plugin-in-ip6-fa acl-plugin-in-ip6-l2 acl-plugin-in-nonip-l2 acl-plugin-out-ip4-fa
  acl-plugin-out-ip4-l2 acl-plugin-out-ip6-fa acl-plugin-out-ip6-l2 acl-plugin-out-nonip-l2 adj-l2-midchain
  adj-l2-rewrite adj-midchain-tx adj-nsh-midchain adj-nsh-rewrite adl-input af-packet-input ah4-decrypt
  ah4-decrypt-handoff ah4-encrypt ah4-encrypt-handoff ah6-decrypt ah6-decrypt-handoff ah6-encrypt
  ah6-encrypt-handoff api-rx-from-node api-rx-from-ring appsl-rx-mqs-input arp-disabled arp-input arp-proxy
  arp-reply arp-term-l2bd arping-input arping6-input bfd-process bfd-udp-echo4-input bfd-udp-echo6-input
  bfd-udp4-input bfd-udp6-input bier-bift-input bier-disp-dispatch bier-disp-lookup bier-drop bier-imp-ip4
  bier-imp-ip6 bier-input bier-load-balance bier-lookup bier-output bond-input bond-process cdp-input
  cnat-input-ip4 cnat-input-ip6 cnat-lookup-ip4 cnat-lookup-ip6 cnat-output-ip4 cnat-output-ip6
  cnat-scanner-process cnat-snat-ip4 cnat-snat-ip4-client cnat-snat-ip4-return cnat-snat-ip6 cnat-snat-ip6-client
  cnat-snat-ip6-return cnat-writeback-ip4 cnat-writeback-ip6 crypto-deq crypto-enq ct6-in2out ct6-out2in
  default-adl-allowlist deleted-776 det44-in2out det44-out2in dev-rt-mgmt device-input dhcp-client-process
  dhcp-proxy-to-client dhcp-proxy-to-server dhcp6-client-cp-process dhcp6-pd-client-cp-process
  dhcp6-pd-reply-publisher-p dhcp6-reply-publisher-proc dhcpv6-client dhcpv6-proxy-to-client
  dhcpv6-proxy-to-server dns4-request dns46_reply dns6-request dpdk-input drop dslite-ce-decap dslite-ce-encap dslite-in2out
  dslite-in2out-slowpath dslite-out2in echo-clients error-drop error-punt esp-mpls-encrypt-tun
  esp-mpls-encrypt-tun-hando esp-mpls-encrypt-tun-post esp4-decrypt esp4-decrypt-handoff esp4-decrypt-post
  esp4-decrypt-tun esp4-decrypt-tun-handoff esp4-decrypt-tun-post esp4-encrypt esp4-encrypt-handoff
  esp4-encrypt-post esp4-encrypt-tun esp4-encrypt-tun-handoff esp4-encrypt-tun-post esp6-decrypt
  esp6-decrypt-handoff esp6-decrypt-post esp6-decrypt-tun esp6-decrypt-tun-handoff esp6-decrypt-tun-post
  esp6-encrypt esp6-encrypt-handoff esp6-encrypt-post esp6-encrypt-tun esp6-encrypt-tun-handoff
  esp6-encrypt-tun-post ethernet-input ethernet-input-not-l2 ethernet-input-type ethernet-mpls-label-imposi
  exception-punt-socket feature-bitmap-drop fib-walk flow-report-process flowprobe-flush-ip4 flowprobe-flush-ip6
  flowprobe-flush-l2 flowprobe-input-ip4 flowprobe-input-ip6 flowprobe-input-l2 flowprobe-output-ip4
  flowprobe-output-ip6 flowprobe-output-l2 flowprobe-timer-process flowprobe-walker geneve4-encap geneve4-input
  geneve6-encap geneve6-input gre-erspan-encap gre-teb-encap gre4-input gre6-input gso-ip4 gso-ip6 gso-l2-ip4
  gso-l2-ip6 gtpu4-encap gtpu4-flow-input gtpu4-input gtpu6-encap gtpu6-input handoff_trace hdlc-input
  http-timer-process icmp6-neighbor-advertiseme icmp6-neighbor-solicitatio icmp6-router-advertisement
  icmp6-router-solicitation igmp-input igmp-parse-query igmp-parse-report igmp-timer-process ikev2-ip4
  ikev2-ip4-natt ikev2-ip6 ikev2-manager-process ila-to-sir interface-output interface-output-arc-end
  interface-output-template interface-rx-dpo-ip4 interface-rx-dpo-ip6 interface-rx-dpo-l2 ioam-cache-ts-timer-tick
  ioam-export-process ip-neighbor-event ip4-adl-allowlist ip4-arp ip4-classify ip4-cnat-return ip4-cnat-tx
  ip4-dhcp-client-detect ip4-drop ip4-dvr-dpo ip4-dvr-reinject ip4-flow-classify ip4-frag
  ip4-full-reass-custom-hoff ip4-full-reass-feature-hof ip4-full-reassembly ip4-full-reassembly-custom
  ip4-full-reassembly-expire ip4-full-reassembly-featur ip4-full-reassembly-handof ip4-geneve-bypass ip4-glean
  ip4-gtpu-bypass ip4-icmp-echo-reply ip4-icmp-echo-request ip4-icmp-error ip4-icmp-input ip4-inacl ip4-input
  ip4-input-no-checksum ip4-load-balance ip4-local ip4-local-end-of-arc ip4-local-full-reassembly
  ip4-local-full-reassembly- ip4-lookup ip4-map ip4-map-t ip4-map-t-fragmented ip4-map-t-icmp ip4-map-t-tcp-udp
  ip4-mcast-midchain ip4-mfib-forward-lookup ip4-mfib-forward-rpf ip4-midchain ip4-mpls-label-disposition
  ip4-mpls-label-imposition- ip4-neighbor-age-process ip4-not-enabled ip4-null ip4-options ip4-outacl ip4-pmtu-dpo
  ip4-policer-classify ip4-proto-punt-socket ip4-punt ip4-punt-acl ip4-punt-policer ip4-punt-policer-handoff
  ip4-punt-redirect ip4-pvti-bypass ip4-qos-mark ip4-qos-record ip4-qos-store ip4-receive ip4-replicate
  ip4-rewrite ip4-rewrite-bcast ip4-rewrite-mcast ip4-rx-urpf-loose ip4-rx-urpf-strict ip4-source-and-port-range-
  ip4-sv-reass-feature-hoff ip4-sv-reass-mcast-feature ip4-sv-reass-output-featur ip4-sv-reassembly
  ip4-sv-reassembly-custom-c ip4-sv-reassembly-custom-n ip4-sv-reassembly-expire-w ip4-sv-reassembly-feature
  ip4-sv-reassembly-handoff ip4-sv-reassembly-mcast-fe ip4-sv-reassembly-output-f ip4-tx-urpf-loose
  ip4-tx-urpf-strict ip4-udp-lookup ip4-udp-punt ip4-udp-punt-socket ip4-vxlan-bypass ip4-vxlan-gpe-bypass
  ip6-add-from-cache-hop-by- ip6-add-hop-by-hop ip6-add-syn-hop-by-hop ip6-adl-allowlist ip6-classify
  ip6-cnat-return ip6-cnat-tx ip6-dad-process ip6-discover-neighbor ip6-drop ip6-dvr-dpo ip6-dvr-reinject
  ip6-export ip6-flow-classify ip6-frag ip6-full-reass-custom-hoff ip6-full-reass-feature-hof ip6-full-reassembly
  ip6-full-reassembly-custom ip6-full-reassembly-expire ip6-full-reassembly-featur ip6-full-reassembly-handof
  ip6-geneve-bypass ip6-glean ip6-gtpu-bypass ip6-hbh-analyse-local ip6-hbh-analyse-remote ip6-hop-by-hop
  ip6-icmp-echo-reply ip6-icmp-echo-request ip6-icmp-error ip6-icmp-input ip6-icmp-punt-socket ip6-inacl ip6-input
  ip6-ioam-cache ip6-ioam-tunnel-select ip6-link-local ip6-load-balance ip6-local ip6-local-end-of-arc
  ip6-local-full-reassembly ip6-local-full-reassembly- ip6-local-hop-by-hop ip6-lookup ip6-map ip6-map-icmp-relay
  ip6-map-post-ip4-reass ip6-map-t ip6-map-t-fragmented ip6-map-t-icmp ip6-map-t-tcp-udp ip6-mcast-midchain
  ip6-mfib-forward-lookup ip6-mfib-forward-rpf ip6-midchain ip6-mld-process ip6-mpls-label-disposition
  ip6-mpls-label-imposition- ip6-multicast-nd-proxy ip6-neighbor-age-process ip6-not-enabled ip6-null ip6-outacl
  ip6-pmtu-dpo ip6-policer-classify ip6-pop-hop-by-hop ip6-proto-punt-socket ip6-punt ip6-punt-acl
  ip6-punt-policer ip6-punt-policer-handoff ip6-punt-redirect ip6-pvti-bypass ip6-qos-mark ip6-qos-record
  ip6-qos-store ip6-ra-process ip6-receive ip6-replicate ip6-rewrite ip6-rewrite-bcast ip6-rewrite-mcast
  ip6-rs-process ip6-rx-urpf-loose ip6-rx-urpf-strict ip6-sv-reass-feature-hoff ip6-sv-reass-mcast-feature
  ip6-sv-reass-output-featur ip6-sv-reassembly ip6-sv-reassembly-custom-c ip6-sv-reassembly-expire-w
  ip6-sv-reassembly-feature ip6-sv-reassembly-handoff ip6-sv-reassembly-mcast-fe ip6-sv-reassembly-output-f
  ip6-tx-urpf-loose ip6-tx-urpf-strict ip6-udp-lookup ip6-udp-punt ip6-udp-punt-socket ip6-unicast-nd-proxy
  ip6-vxlan-bypass ip6-vxlan-gpe-bypass ipfix-collector ipip4-input ipip6-input ipsec4-input-feature
  ipsec4-output-feature ipsec4-tun-input ipsec6-input-feature ipsec6-output-feature ipsec6-tun-input
  l2-arp-term-publisher l2-efp-filter l2-flood l2-fwd l2-input l2-input-acl l2-input-classify l2-input-feat-arc
  l2-input-feat-arc-end l2-input-vtr l2-ip-qos-record l2-learn l2-load-balance l2-output l2-output-acl
  l2-output-bad-intf l2-output-classify l2-output-feat-arc l2-output-feat-arc-end l2-patch l2-policer-classify
  l2-policer-input l2-policer-output l2-rw l2-uu-fwd l2-xcrw l2fib-mac-age-scanner-proc l2tp-decap
  l2tp-decap-local l2tp-encap l3xc-input-ip4 l3xc-input-ip6 lacp-input lb-nat4-in2out lb-nat6-in2out lb4-gre4
  lb4-gre4-port lb4-gre6 lb4-gre6-port lb4-l3dsr lb4-l3dsr-port lb4-nat4-port lb4-nodeport lb6-gre4 lb6-gre4-port
  lb6-gre6 lb6-gre6-port lb6-nat6-port lb6-nodeport linux-cp-arp-host linux-cp-arp-phy linux-cp-netlink-process
  linux-cp-punt linux-cp-punt-l3 linux-cp-punt-xc linux-cp-xc-ip4 linux-cp-xc-ip6 linux-cp-xc-l3-ip4
  linux-cp-xc-l3-ip6 linux-cp-xc-mpls lisp-cp-input lisp-cp-lookup-ip4 lisp-cp-lookup-ip6 lisp-cp-lookup-l2
  lisp-cp-lookup-nsh lisp-cp-output lisp-gpe-ip4-input lisp-gpe-ip6-input lisp-gpe-nsh-placeholder-i
  lisp-tunnel-output llc-input lldp-input lldp-process lookup-ip4-dst lookup-ip4-dst-itf lookup-ip4-dst-mcast
  lookup-ip4-src lookup-ip6-dst lookup-ip6-dst-itf lookup-ip6-dst-mcast lookup-ip6-src lookup-mpls-dst
  lookup-mpls-dst-itf mactime mactime-tx memif-input memif-process mpcap-unittest mpls-adj-incomplete mpls-drop
  mpls-frag mpls-input mpls-label-imposition-pipe mpls-label-imposition-unif mpls-load-balance mpls-lookup
  mpls-midchain mpls-not-enabled mpls-output mpls-punt mpls-qos-mark mpls-qos-record mpls-replicate mpls-tunnel-tx
  nat-default nat-external-input nat-ipfix-flush nat-pre-in2out nat-pre-in2out-output nat-pre-out2in
  nat44-ed-classify nat44-ed-in2out nat44-ed-in2out-output nat44-ed-in2out-output-slo nat44-ed-in2out-slowpath
  nat44-ed-out2in nat44-ed-out2in-slowpath nat44-ei-classify nat44-ei-ha nat44-ei-ha-handoff nat44-ei-ha-process
  nat44-ei-ha-worker nat44-ei-hairpinning nat44-ei-hairpinning-hando nat44-ei-handoff-classify nat44-ei-in2out
  nat44-ei-in2out-hairpinnin nat44-ei-in2out-output nat44-ei-in2out-output-slo nat44-ei-in2out-output-wor
  nat44-ei-in2out-slowpath nat44-ei-in2out-worker-han nat44-ei-out2in nat44-ei-out2in-worker-han
  nat44-handoff-classify nat44-in2out-output-worker nat44-in2out-worker-handof nat44-out2in-worker-handof
  nat64-expire-worker-walk nat64-in2out nat64-in2out-handoff nat64-in2out-slowpath nat64-out2in
  nat64-out2in-handoff nat64-static-bib-worker nat66-in2out nat66-out2in npt66-input npt66-output
  nsh-adj-incomplete nsh-aware-vnf-proxy nsh-classifier nsh-eth-output nsh-input nsh-load-balance
  nsh-md2-ioam-encap-transit nsh-md2-ioam-export nsh-md2-ioam-export-proces nsh-midchain nsh-pop nsh-proxy nsim
  nsim-output-feature nsim-wheel null-node osi-input p2p-ethernet-input pcap-filtering pg-input
  pg-input-mac-filter pipe-rx pnat-input pnat-output policer-input policer-input-handoff policer-output
  policer-output-handoff port-rx-eth ppp-input pppoe-cp-dispatch pppoe-input pt punt punt-dispatch punt-socket-rx
  punt-test-feat-ip4 punt-test-feat-ip6 punt-test-pg0-ip4 punt-test-pg0-ip6 punt-test-pg1-ip4 punt-test-pg1-ip6
  pvti4-input pvti4-output pvti6-input pvti6-output pw-cw-pop quic-input rd-cp-process sample-non-terminal
  sample-terminal send-dhcp6-client-message- send-dhcp6-pd-client-messa session-input session-queue
  session-queue-main session-queue-process sfdp-acl-sample sfdp-drop sfdp-dummy-dot1q-input
  sfdp-dummy-dot1q-output sfdp-expire sfdp-geneve-input sfdp-geneve-output sfdp-handoff sfdp-interface-input-ip4
  sfdp-interface-input-ip6 sfdp-l4-lifecycle sfdp-lookup-ip4 sfdp-lookup-ip4-icmp
  sfdp-lookup-ip4-sp-sv-reasip4-sv-reassembly-custom-c sfdp-lookup-ip6 sfdp-lookup-ip6-icmp
  sfdp-lookup-ip6-sp-sv-reasip4-sv-reassembly-custom-c sfdp-nat-early-rewrite sfdp-nat-late-rewrite
  sfdp-nat-output sfdp-snort-input sfdp-snort-output sfdp-tcp-check sflow sflow-drop sflow-egress
  sflow-process-samples sir-to-ila snap-input soft-rss soft-rss-handoff span-input span-l2-input span-l2-output
  span-output sr-localsid sr-localsid-d sr-localsid-un sr-localsid-un-perf sr-pl-rewrite-b-encaps
  sr-pl-rewrite-b-insert sr-pl-rewrite-encaps sr-pl-rewrite-encaps-l2 sr-pl-rewrite-encaps-v4 sr-pl-rewrite-insert
  srv6-ad-flow-localsid srv6-ad-localsid srv6-ad2-rewrite srv6-ad4-flow-rewrite srv6-ad4-rewrite
  srv6-ad6-flow-rewrite srv6-ad6-rewrite srv6-am-localsid srv6-am-rewrite srv6-as-localsid srv6-as2-rewrite
  srv6-as4-rewrite srv6-as6-rewrite srv6-end-m-gtp4-e srv6-end-m-gtp6-d srv6-end-m-gtp6-d-di srv6-end-m-gtp6-dt
  srv6-end-m-gtp6-e srv6-t-m-gtp4-d srv6-t-m-gtp4-dt startup-config-process stats-collect-rx stats-collect-tx
  statseg-collector-process stn-ip4-punt stn-ip6-punt svs-ip4 svs-ip6 syn-filter-4 tap-input tap-pre-input
  tcp-mss-clamping-ip4-in tcp-mss-clamping-ip4-out tcp-mss-clamping-ip6-in tcp-mss-clamping-ip6-out tcp4-drop
  tcp4-established tcp4-input tcp4-input-nolookup tcp4-listen tcp4-output tcp4-rcv-process tcp4-reset
  tcp4-syn-sent tcp6-drop tcp6-established tcp6-input tcp6-input-nolookup tcp6-listen tcp6-output tcp6-rcv-process
  tcp6-reset tcp6-syn-sent test-builtins-timer-proces time-test-barrier-input tls-async-process trace-filtering
  transport-icmp-dest-unreac tunnel-output tunnel-output-no-count tuntap-rx tuntap-tx udp-echo udp-ping-local
  udp-ping-process udp4-encap udp4-input udp4-input-nolookup udp4-output udp4o4-encap udp4o6-encap udp6-encap
  udp6-input udp6-input-nolookup udp6-output udp6o4-encap udp6o6-encap vhost-user-input vhost-user-process
  vhost-user-send-interrupt- virtio-input virtio-pre-input virtual-time-input vlan-ip4-qos-mark
  vlan-ip4-qos-record vlan-ip6-qos-mark vlan-ip6-qos-record vlan-mpls-qos-mark vlan-mpls-qos-record vmxnet3-input
  vpe-link-state-process vrrp-periodic-process vrrp4-accept-owner-input vrrp4-arp-input vrrp4-input
  vrrp6-accept-owner-input vrrp6-input vrrp6-nd-input vxlan-flow-input vxlan-gpe-decap-ioam-v4 vxlan-gpe-encap
  vxlan-gpe-encap-ioam-v4 vxlan-gpe-ioam-export vxlan-gpe-ioam-export-proc vxlan-gpe-pop-ioam-v4
  vxlan-gpe-transit-ioam vxlan4-encap vxlan4-gpe-input vxlan4-input vxlan6-encap vxlan6-gpe-input vxlan6-input
  wg-timer-manager wg4-handshake-handoff wg4-input wg4-input-data-handoff wg4-input-post-node wg4-output-tun
  wg4-output-tun-handoff wg4-output-tun-post-node wg6-handshake-handoff wg6-input wg6-input-data-handoff
  wg6-input-post-node wg6-output-tun wg6-output-tun-handoff wg6-output-tun-post-node worker-handoff`;

/** Node → its index. VPP numbers them in the order in which its plugins are loaded. */
export const GRAPH_NODES: ReadonlyMap<string, number> = new Map(
  NAMES.trim()
    .split(/\s+/)
    .map((name, index) => [name, index]),
);
