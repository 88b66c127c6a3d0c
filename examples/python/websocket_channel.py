"""Lists VPP's interfaces through an agent's WebSocket, sets one up, and shows the event of it.

    pip install websockets
    VPPMUX_TOKEN=... python3 websocket_channel.py [ws://localhost:9191]

The frames are in docs/remote.md. Here they are JSON: integers of 64 bits are decimal text, bytes are text that begins with 0x.
"""

import asyncio
import contextlib
import itertools
import json
import os
import sys

import websockets

ROWS = 100


class Refused(Exception):
    """The agent or VPP refused; `args[0]` has code, message and, for VPP's own refusals, retval."""


class Channel:
    """One channel on one WebSocket, whose frames go to whoever waits for their number."""

    def __init__(self, socket):
        self.socket = socket
        self.numbers = itertools.count(1)
        self.waiting = {}
        self.opened = asyncio.get_running_loop().create_future()

    async def open(self, **options):
        self.reader = asyncio.create_task(self.read())
        await self.send(type="open", channel=1, **options)
        await self.opened

    async def send(self, **frame):
        await self.socket.send(json.dumps(frame))

    async def read(self):
        """Reads frames until the socket is closed; then all who wait are told."""
        try:
            while True:
                self.take(json.loads(await self.socket.recv()))
        except Exception as error:
            self.end(error)
            await self.socket.close()

    def take(self, frame):
        if "id" in frame:
            # Frames of what was given up may still come.
            if queue := self.waiting.get(frame["id"]):
                queue.put_nowait(frame)
        elif frame["type"] == "opened":
            self.opened.set_result(None)
        elif frame["type"] == "error":
            self.end(Refused(frame["error"]))
        elif frame["type"] == "closed":
            self.end(Refused({"code": "CHANNEL_CLOSED", "message": f"the channel is closed: {frame['reason']}"}))

    def end(self, error):
        """The channel is gone: nobody gets an answer any more."""
        if not self.opened.done():
            self.opened.set_exception(error)
        for queue in self.waiting.values():
            queue.put_nowait(error)

    async def frames(self, **asked):
        """Sends a frame under a new number, and gives its answers up to the last one."""
        number = next(self.numbers)
        queue = self.waiting[number] = asyncio.Queue()
        is_over = False
        try:
            await self.send(id=number, channel=1, **asked)
            while not is_over:
                frame = await queue.get()
                if isinstance(frame, Exception):
                    raise frame
                is_over = frame["type"] in ("reply", "end", "error")
                if frame["type"] == "error":
                    raise Refused(frame["error"])
                yield frame
        finally:
            del self.waiting[number]
            if not is_over:
                # Whoever reads has left: the agent need not go on.
                with contextlib.suppress(websockets.WebSocketException):
                    await self.send(type="cancel", id=number)

    async def request(self, message, **fields):
        async for frame in self.frames(type="request", message=message, fields=fields):
            return frame["fields"]

    async def dump(self, message, **fields):
        """The rows of a dump; the agent sends no more of them than there is credit for."""
        async for frame in self.frames(type="dump", message=message, fields=fields, credit=ROWS):
            rows = frame.get("rows", [])
            for row in rows:
                yield row
            if rows:
                await self.send(type="credit", id=frame["id"], count=len(rows))

    async def events(self, message):
        """Items of an event stream: an event, a gap or a resync. The first one is None, when VPP sends the events."""
        async for frame in self.frames(type="events", message=message, credit=ROWS):
            if frame["type"] == "ready":
                yield None
            items = frame.get("items", [])
            for item in items:
                yield item
            if items:
                await self.send(type="credit", id=frame["id"], count=len(items))


async def main(url):
    token = os.environ.get("VPPMUX_TOKEN")
    headers = {"Authorization": f"Bearer {token}"} if token else None
    async with websockets.connect(
        f"{url}/ws", subprotocols=["vppmux.v1.json"], additional_headers=headers
    ) as socket:
        hello = json.loads(await socket.recv())
        print(f"agent {hello['version']}, VPP is {hello['state']['state']}, access: {hello['access']}")
        channel = Channel(socket)
        await channel.open(name="python")
        async for interface in channel.dump("sw_interface_dump"):
            print(interface["sw_if_index"], interface["interface_name"])
        if hello["access"] == "read":
            return
        async for item in channel.events("sw_interface_event"):
            if item is None:
                await channel.request("sw_interface_set_flags", sw_if_index=1, flags=["ADMIN_UP"])
            elif "event" in item:
                print("interface", item["event"]["sw_if_index"], "has flags", item["event"]["flags"])
                return


if __name__ == "__main__":
    try:
        asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else "ws://localhost:9191"))
    except Refused as refused:
        sys.exit(f"refused: {refused.args[0]['message']}")
    except (OSError, websockets.WebSocketException) as error:
        sys.exit(f"lost: {error}")
