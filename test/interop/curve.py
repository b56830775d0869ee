"""CURVE for the programs of this folder, as their environment says it.

CURVE_CERTIFICATE is a file with a pair of keys, as `zmq.auth` reads it; CURVE_SERVER_KEY is the public key of the server, for a client.
"""
import os

import zmq.auth


def secure(socket):
    certificate = os.environ.get("CURVE_CERTIFICATE")
    if certificate is None:
        return
    socket.curve_publickey, socket.curve_secretkey = zmq.auth.load_certificate(certificate)
    if "CURVE_SERVER_KEY" in os.environ:
        socket.curve_serverkey = os.environ["CURVE_SERVER_KEY"].encode()
    else:
        socket.curve_server = True
