"""Connects to a VPP by vpp_papi and prints what it answers, in a form that is the same in each run."""

import re
import sys
from enum import Enum, Flag
from glob import glob
from queue import Queue
from time import sleep

from vpp_papi import VPPApiClient

# Indices of interfaces, which are printed as the names of these.
INTERFACES = ("sw_if_index", "hw_if_index", "xconnect_iface_or_vrf_table")
NO_INTERFACE = 0xFFFFFFFF
LINK_UP = 2
# Differ from run to run.
UNSTABLE = {"context", "client_index", "_0", "_1", "stats_index", "stat_index", "pid", "age"}
# Addresses of interfaces that VPP makes up.
RANDOM_MAC = re.compile("02:fe:")
# The socket of memif that is always there, in VPP's runtime directory.
DEFAULT_SOCKET = "/memif.sock"
# Not printed, except as a retval.
NOTHING = {"0", "False", "''", "[]", "{}", "00:00:00:00:00:00"}
# Dumps that VPP gives in the order of a hash, or of what has been there before.
UNORDERED = {
    *("ip_route_v2_dump", "ip_neighbor_dump", "l2_fib_table_dump", "memif_socket_filename_dump"),
    *("sr_localsids_dump", "vxlan_tunnel_v2_dump"),
}


class Transcript:
    """`python3 SCRIPT SOCKET API_DIR`; a script that does not end normally is a failed test."""

    def __init__(self, name, **options):
        socket, api_dir = sys.argv[1:3]
        files = {} if options.get("bootstrapapi") else {"apifiles": glob(f"{api_dir}/**/*.api.json", recursive=True)}
        self.vpp = VPPApiClient(server_address=socket, **files, **options)
        self.vpp.connect(name)
        self.names = {NO_INTERFACE: "none"}
        self.heard = Queue()
        self.vpp.register_event_callback(lambda _, event: self.heard.put(event))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.vpp.disconnect()

    def call(self, message, **fields):
        """Sends a request, prints what came, and gives it."""
        answer = getattr(self.vpp.api, message)(**fields)
        asked = "".join(f" {key}={self.text(key, value)}" for key, value in fields.items() if key not in UNSTABLE)
        print(f"{message}{asked}")
        shown = [self.shown(each) for each in self.flat(answer)]
        for line in sorted(shown) if message in UNORDERED else shown:
            print(f"  {line}")
        return answer

    def made(self, message, **fields):
        """Sends a request that makes an interface, and gives its index."""
        return self.call(message, **fields).sw_if_index

    def cli(self, command):
        """Prints what a command of the command line says."""
        print(f"# {command}")
        for line in self.vpp.api.cli_inband(cmd=command).reply.splitlines():
            print(f"  {line}".rstrip())

    def events(self, count):
        """Waits for so many events and prints them."""
        for _ in range(count):
            print(f"event {self.shown(self.heard.get(timeout=60))}")

    def wait_for_link(self, sw_if_index):
        """Waits until an interface has a link; a minute at most."""
        for _ in range(600):
            [details] = self.vpp.api.sw_interface_dump(sw_if_index=sw_if_index)
            if details.flags & LINK_UP:
                return
            sleep(0.1)
        raise TimeoutError(f"{details.interface_name} has no link")

    def flat(self, answer):
        """Lists the messages of an answer; a dump with a cursor has details next to its reply."""
        if isinstance(answer, list):
            return answer
        return [answer[0], *answer[1]] if not hasattr(answer, "_fields") else [answer]

    def shown(self, message):
        return f"{type(message).__name__}{self.fields(message)}"

    def fields(self, message):
        texts = {key: self.text(key, getattr(message, key)) for key in message._fields if key not in UNSTABLE}
        return "".join(f" {key}={text}" for key, text in texts.items() if key == "retval" or text not in NOTHING)

    def text(self, key, value):
        if key.endswith(INTERFACES) and isinstance(value, int):
            return self.name_of(value)
        if isinstance(value, Flag):
            return str(value.value)
        if isinstance(value, Enum):
            return value.name
        if RANDOM_MAC.match(str(value)):
            return "random"
        if isinstance(value, bytes):
            return value.rstrip(b"\0").hex() or "0"
        if hasattr(value, "_fields"):
            return f"{{{self.fields(value).strip()}}}"
        if isinstance(value, dict):
            return "{" + " ".join(f"{name}={self.text(name, each)}" for name, each in value.items()) + "}"
        if isinstance(value, (list, tuple)):
            texts = [self.text(key, each) for each in value]
            return "[]" if all(text in NOTHING for text in texts) else f"[{', '.join(texts)}]"
        if isinstance(value, str):
            return repr("default" if value.endswith(DEFAULT_SOCKET) else value)
        return str(value)

    def name_of(self, sw_if_index):
        """Gives an interface's name; one that has gone keeps its last."""
        if sw_if_index not in self.names:
            for each in self.vpp.api.sw_interface_dump(sw_if_index=NO_INTERFACE):
                self.names[each.sw_if_index] = each.interface_name
        return self.names.get(sw_if_index, "unknown")
