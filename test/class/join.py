"""Students in Python: join.py DOOR CODE NAME STUDENTS REQUESTS

Each joins as a laptop does (door, desk, room), checks the key of the class against the code, and asks; all at once.
"""
import base64
import hashlib
import hmac
import json
import sys

import zmq

door, code, name, students, requests = sys.argv[1], sys.argv[2].replace("-", ""), sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
context = zmq.Context()
context.max_sockets = 4096


def stretch(secret, salt, length):
    return hashlib.scrypt(secret.encode(), salt=salt.encode(), n=32768, r=8, p=1, maxmem=64 << 20, dklen=length)


def secured(kind, pair):
    socket = context.socket(kind)
    socket.linger = 0
    socket.rcvtimeo = 60000
    socket.curve_publickey, socket.curve_secretkey = pair
    socket.curve_serverkey = server_key.encode()
    return socket


asking = context.socket(zmq.REQ)
asking.connect(door)
asking.send_json({"v": 1, "type": "hello"})
answer = asking.recv_json()
server_key = answer["serverKey"]
host = door.rsplit(":", 1)[0]
proof_key = stretch(code, "zmq-playground class proof " + server_key, 32)

members = []
for index in range(students):
    who = f"{name}-{index + 1}"
    pair = zmq.curve_keypair()
    desk = secured(zmq.DEALER, pair)
    desk.connect(f"{host}:{answer['desk']}")
    proof = hmac.new(proof_key, f"{pair[0].decode()} {who}".encode(), hashlib.sha256).digest()
    desk.send_json({"v": 1, "type": "register", "name": who, "isWish": False, "key": pair[0].decode(), "proof": base64.b64encode(proof).decode()})
    members.append((who, pair, desk))

rooms = []
for who, pair, desk in members:
    welcome = desk.recv_json()
    assert welcome["type"] == "welcome", welcome
    if not rooms:
        alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
        bits = int.from_bytes(stretch(server_key, "zmq-playground class code " + welcome["nonce"], 5), "big")
        assert "".join(alphabet[bits >> shift & 31] for shift in range(35, -1, -5)) == code, "another key"
    room = secured(zmq.REQ, pair)
    room.routing_id = welcome["id"].encode()
    room.connect(f"{host}:{welcome['room']}")
    rooms.append((who, room))

print("joined", flush=True)
for number in range(requests):
    for who, room in rooms:
        room.send_string(f"{who} asks {number}")
    for who, room in rooms:
        assert room.recv_string() == f"{who} asks {number}".upper()
print("all answered", flush=True)
sys.stdin.read()
