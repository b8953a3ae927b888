"""The same chat by UDP: each message is a datagram, the first one is the name."""
from socket import *
import sys

serverPort = int(sys.argv[1]) if len(sys.argv) > 1 else 31621
client = socket(AF_INET, SOCK_DGRAM)
name = input("Your name: ")
client.sendto(name.encode(), ("127.0.0.1", serverPort))
s_name, serverAddress = client.recvfrom(1024)
print(s_name.decode(), "has joined the chat room")
print("[e] leaves the chat room")
while True:
    message, serverAddress = client.recvfrom(2048)
    print(s_name.decode(), ":", message.decode())
    message = input("Me : ")
    if message == "[e]":
        client.sendto("Left chat room!".encode(), serverAddress)
        break
    client.sendto(message.encode(), serverAddress)
client.close()
