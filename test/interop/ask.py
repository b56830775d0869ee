"""A client by pyzmq: `ask.py REQ|REQ+correlate|DEALER bind|connect <endpoint>`.

Each line of its input is the body of a request, a JSON array of frames in hex. Prints where it really is, then each reply as JSON, and ends
when all are answered. A REQ asks one after the other; a DEALER writes the empty frame itself, and asks all before it reads anything.
"""
import json
import sys

import zmq

from curve import secure

kind, direction, endpoint = sys.argv[1:]
kind, _, option = kind.partition("+")
socket = zmq.Context().socket(getattr(zmq, kind))
socket.linger = 0
if option == "correlate":
    socket.set(zmq.REQ_CORRELATE, 1)
socket.ipv6 = "[" in endpoint
secure(socket)
getattr(socket, direction)(endpoint)
print(socket.last_endpoint.decode(), flush=True)

delimiter = [b""] if kind == "DEALER" else []


def read():
    frames = socket.recv_multipart()
    envelope, body = frames[:len(delimiter)], frames[len(delimiter):]
    print(json.dumps({"envelope": [frame.hex() for frame in envelope], "body": [frame.hex() for frame in body]}), flush=True)


asked = 0
for line in sys.stdin:
    socket.send_multipart(delimiter + [bytes.fromhex(frame) for frame in json.loads(line)])
    if kind == "DEALER":
        asked += 1
    else:
        read()

for _ in range(asked):
    read()
