"""Echo by UDP: each datagram comes back, until an empty line ends it."""
from socket import *
import sys

serverPort = int(sys.argv[1]) if len(sys.argv) > 1 else 10007
client = socket(AF_INET, SOCK_DGRAM)
while True:
    message = input("Say: ")
    if message == "":
        break
    client.sendto(message.encode(), ("127.0.0.1", serverPort))
    answer, serverAddress = client.recvfrom(2048)
    print("Echo:", answer.decode())
client.close()
