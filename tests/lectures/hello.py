"""The greeting: connect, and read what the server has to say."""
from socket import *
import sys

serverPort = int(sys.argv[1]) if len(sys.argv) > 1 else 9000
client = socket(AF_INET, SOCK_STREAM)
client.connect(("127.0.0.1", serverPort))
print(client.recv(1024).decode())
client.close()
