"""Access lists: rules, their application to an interface, replacement, and lists by MAC address."""

from transcript import Transcript

NEW = 0xFFFFFFFF


def rule(action, source, destination, proto=0, ports=(0, 65535)):
    first, last = ports
    return {
        **{"is_permit": action, "src_prefix": source, "dst_prefix": destination, "proto": proto},
        **{"srcport_or_icmptype_first": 0, "srcport_or_icmptype_last": 65535},
        **{"dstport_or_icmpcode_first": first, "dstport_or_icmpcode_last": last},
    }


with Transcript("acls") as vpp:
    loop = vpp.made("create_loopback_instance", is_specified=True, user_instance=80)
    web = [rule(1, "0.0.0.0/0", "192.0.2.0/24", 6, (80, 80)), rule(2, "192.0.2.0/24", "0.0.0.0/0", 17, (53, 53))]
    reply = vpp.call("acl_add_replace", acl_index=NEW, tag="web", count=2, r=web)
    deny = [rule(0, "::/0", "::/0"), rule(0, "0.0.0.0/0", "0.0.0.0/0")]
    other = vpp.call("acl_add_replace", acl_index=NEW, tag="", count=2, r=deny)
    vpp.call("acl_add_replace", acl_index=99, tag="no such", count=2, r=deny)
    vpp.call("acl_interface_set_acl_list", sw_if_index=loop, count=3, n_input=2, acls=[reply.acl_index, other.acl_index, other.acl_index])
    vpp.call("acl_interface_set_acl_list", sw_if_index=loop, count=1, n_input=1, acls=[99])
    vpp.call("acl_interface_list_dump", sw_if_index=loop)
    vpp.call("acl_dump", acl_index=NEW)
    vpp.call("acl_del", acl_index=other.acl_index)
    vpp.call("acl_add_replace", acl_index=reply.acl_index, tag="web2", count=1, r=web[:1])
    vpp.call("acl_dump", acl_index=reply.acl_index)
    vpp.call("acl_interface_add_del", is_add=True, is_input=True, sw_if_index=loop, acl_index=reply.acl_index)
    vpp.call("acl_interface_add_del", is_add=False, is_input=False, sw_if_index=loop, acl_index=other.acl_index)
    vpp.call("acl_interface_list_dump", sw_if_index=loop)

    lists = [{"is_permit": 1, "src_mac": "02:00:00:00:08:01", "src_mac_mask": "ff:ff:ff:ff:ff:ff", "src_prefix": "192.0.2.7/32"}]
    macip = vpp.call("macip_acl_add", tag="hosts", count=1, r=lists)
    vpp.call("macip_acl_interface_add_del", is_add=True, sw_if_index=loop, acl_index=macip.acl_index)
    vpp.call("macip_acl_dump", acl_index=NEW)
    vpp.call("macip_acl_interface_list_dump", sw_if_index=loop)
    vpp.call("macip_acl_interface_add_del", is_add=False, sw_if_index=loop, acl_index=macip.acl_index)
    vpp.call("macip_acl_del", acl_index=macip.acl_index)
    vpp.call("macip_acl_del", acl_index=macip.acl_index)

    vpp.call("acl_interface_set_acl_list", sw_if_index=loop, count=0, n_input=0, acls=[])
    for each in (other, reply):
        vpp.call("acl_del", acl_index=each.acl_index)
    vpp.call("acl_del", acl_index=other.acl_index)
    vpp.call("delete_loopback", sw_if_index=loop)
