"""The same exchange by pyzmq: a REQ and a REP in one process over tcp loopback. A line with a number of ms in, a line with count and ms out."""
import sys
import time

import zmq

context = zmq.Context()
server = context.socket(zmq.REP)
port = server.bind_to_random_port("tcp://127.0.0.1")
client = context.socket(zmq.REQ)
client.connect(f"tcp://127.0.0.1:{port}")

for line in sys.stdin:
    length = float(line) / 1000
    start = time.perf_counter()
    count = 0
    while time.perf_counter() - start < length:
        client.send(b"Hello")
        server.recv()
        server.send(b"World")
        client.recv()
        count += 1
    print(count, (time.perf_counter() - start) * 1000, flush=True)
