"""Echo by TCP: each line comes back, until an empty one ends it."""
from socket import *
import sys

serverPort = int(sys.argv[1]) if len(sys.argv) > 1 else 10007
client = socket(AF_INET, SOCK_STREAM)
client.connect(("127.0.0.1", serverPort))
while True:
    message = input("Say: ")
    if message == "":
        break
    client.send(message.encode())
    print("Echo:", client.recv(1024).decode())
client.close()
