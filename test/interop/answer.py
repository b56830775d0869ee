"""A server by pyzmq: `answer.py REP|ROUTER bind|connect <endpoint>`.

Prints where it really is, then each request as JSON: its envelope and its body, frame by frame in hex.
Each line of its input is the body of the next reply, a JSON array of frames in hex.
"""
import json
import sys

import zmq

from curve import secure

kind, direction, endpoint = sys.argv[1:]
socket = zmq.Context().socket(getattr(zmq, kind))
socket.linger = 0
socket.ipv6 = "[" in endpoint
secure(socket)
getattr(socket, direction)(endpoint)
print(socket.last_endpoint.decode(), flush=True)

while True:
    frames = socket.recv_multipart()
    # A ROUTER sees what a REP keeps to itself: who asks, and the empty frame after it.
    body = frames.index(b"") + 1 if kind == "ROUTER" else 0
    envelope = frames[:body]
    print(json.dumps({"envelope": [frame.hex() for frame in envelope], "body": [frame.hex() for frame in frames[body:]]}), flush=True)
    line = sys.stdin.readline()
    if line == "":
        break
    socket.send_multipart(envelope + [bytes.fromhex(frame) for frame in json.loads(line)])
