"""Capitals by UDP: no connection, one datagram there, one back."""
from socket import *
import sys

serverPort = int(sys.argv[1]) if len(sys.argv) > 1 else 12000
client = socket(AF_INET, SOCK_DGRAM)
message = input("A sentence in small letters: ")
client.sendto(message.encode(), ("127.0.0.1", serverPort))
answer, serverAddress = client.recvfrom(2048)
print(answer.decode())
client.close()
