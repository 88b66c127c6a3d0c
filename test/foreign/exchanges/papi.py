"""Clients of VPP's own Python library that ask for values and count answers that were meant for somebody else.

papi.py SOCKET PLAN sync|async CLIENTS COUNT FIRST_PID

PLAN is JSON: the interfaces with their MAC addresses and prefixes, and the table whose route NUMBER is 10.x.y.0/24, as
plan.ts has made them. Prints "ready" when all clients are connected (and sync ones have asked for events), waits for a
line, then makes COUNT exchanges with each client, and prints one line of JSON: what was asked, and what was wrong.
"""

import asyncio
import json
import random
import sys
import threading

import vpp_papi
from vpp_papi import vpp_papi_async

SOCKET, PLAN, MODE = sys.argv[1:4]
CLIENTS, COUNT, FIRST_PID = (int(each) for each in sys.argv[4:7])

with open(PLAN) as file:
    plan = json.load(file)
INTERFACES = plan["interfaces"]
lock = threading.Lock()
total = {"exchanges": 0, "events": 0, "wrong": []}


class Tally:
    """The figures of one client, whose events are to have its own pid."""

    def __init__(self, number):
        self.random = random.Random(plan["seed"] * 1000 + FIRST_PID + number)
        self.pid = FIRST_PID + number
        self.number = number
        self.exchanges = 0
        self.events = 0
        self.wrong = []

    def expect(self, what, is_right, got):
        if not is_right and len(self.wrong) < 5:
            self.wrong.append("client %d (%s): %s was answered with %s" % (self.number, MODE, what, got))

    def event(self, message):
        if type(message).__name__ != "sw_interface_event":
            return
        self.events += 1
        self.expect("an event for pid %d" % self.pid, message.pid == self.pid, message)

    def question(self):
        """One request: its name, its fields, and the check of what comes back."""
        self.exchanges += 1
        kind = self.random.randrange(1000)
        if kind < 2:  # it goes alone, and makes all others wait
            text = "ask-%d-%d-%d" % (self.pid, self.exchanges, self.random.randrange(1 << 30))
            return "cli_inband", {"cmd": text}, lambda r: text in r.reply
        if kind < 500:
            route = self.random.randrange(plan["routes"])
            prefix = "10.%d.%d.0/24" % (route >> 8, route & 255)
            fields = {"table_id": plan["table"], "exact": 1, "prefix": prefix}
            return "ip_route_lookup", fields, lambda r: str(r.route.prefix) == prefix
        interface = INTERFACES[self.random.randrange(len(INTERFACES))]
        index = interface["sw_if_index"]
        if kind < 800:
            return "sw_interface_get_mac_address", {"sw_if_index": index}, lambda r: str(r.mac_address) == interface["mac"]
        if kind < 900:
            fields = {"sw_if_index": index, "is_ipv6": False}
            return "ip_address_dump", fields, lambda rs: [str(r.prefix) for r in rs] == [interface["prefix"]]
        return "sw_interface_dump", {"sw_if_index": index}, lambda rs: [r.sw_if_index for r in rs] == [index]

    def answer(self, name, fields, is_right, reply):
        self.expect("%s %s" % (name, fields), is_right(reply), reply)

    def add(self):
        with lock:
            total["exchanges"] += self.exchanges
            total["events"] += self.events
            total["wrong"] += self.wrong


def wait_for_go():
    print("ready", flush=True)
    sys.stdin.readline()


def sync_clients():
    clients = []
    for number in range(CLIENTS):
        tally = Tally(number)
        seen = threading.Event()

        def on_event(_name, message, tally=tally, seen=seen):
            tally.event(message)
            seen.set()

        client = vpp_papi.VPPApiClient(server_address=SOCKET, bootstrapapi=True, read_timeout=60)
        client.register_event_callback(on_event)
        client.connect("papi %d" % number)
        client.api.want_interface_events(enable_disable=1, pid=tally.pid)
        clients.append((client, tally, seen))
    wait_for_go()

    def run(client, tally, seen):
        for _ in range(COUNT):
            name, fields, is_right = tally.question()
            tally.answer(name, fields, is_right, getattr(client.api, name)(**fields))
        seen.wait()
        client.disconnect()
        tally.add()

    threads = [threading.Thread(target=run, args=each) for each in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


async def async_client(number, connected, go):
    tally = Tally(number)
    client = vpp_papi_async.VPPApiClient(server_address=SOCKET)
    await client.connect("papi async %d" % number, asyncio.Queue())
    # Its reader ends at a message without a context, which events are: it gets none.
    connected.release()
    await go.wait()
    left = COUNT
    while left > 0:
        batch = [tally.question() for _ in range(min(left, 16))]
        left -= len(batch)
        replies = await asyncio.gather(*[getattr(client.api, name)(**fields) for name, fields, _ in batch])
        for (name, fields, is_right), reply in zip(batch, replies):
            # A dump's answer is the reply to its ping, and the details.
            tally.answer(name, fields, is_right, reply[1] if name.endswith("_dump") else reply)
    await client.disconnect()
    tally.add()


async def async_clients():
    connected, go = asyncio.Semaphore(0), asyncio.Event()
    tasks = [asyncio.create_task(async_client(number, connected, go)) for number in range(CLIENTS)]
    for _ in tasks:
        await connected.acquire()
    await asyncio.get_running_loop().run_in_executor(None, wait_for_go)
    go.set()
    await asyncio.gather(*tasks)


if MODE == "sync":
    sync_clients()
else:
    asyncio.run(async_clients())
print(json.dumps(total), flush=True)
