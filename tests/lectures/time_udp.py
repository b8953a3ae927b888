"""The seconds since 1900, in four bytes, for an empty datagram (RFC 868)."""
from socket import *
import struct
import sys
import time

serverPort = int(sys.argv[1]) if len(sys.argv) > 1 else 10037
client = socket(AF_INET, SOCK_DGRAM)
client.sendto(b"", ("127.0.0.1", serverPort))
answer, serverAddress = client.recvfrom(2048)
seconds, = struct.unpack("!I", answer)
print("Seconds since 1900:", seconds)
print("That is", time.ctime(seconds - 2208988800))
client.close()
