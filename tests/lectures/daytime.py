"""What time is it? The server tells and hangs up (RFC 867)."""
from socket import *
import sys

serverPort = int(sys.argv[1]) if len(sys.argv) > 1 else 10013
client = socket(AF_INET, SOCK_STREAM)
client.connect(("127.0.0.1", serverPort))
print("The time of the server is", client.recv(1024).decode())
client.close()
