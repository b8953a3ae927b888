"""A chat in turns: the name first, then you read a message and write one."""
from socket import *
import sys

serverPort = int(sys.argv[1]) if len(sys.argv) > 1 else 31621
client = socket(AF_INET, SOCK_STREAM)
name = input("Your name: ")
client.connect(("127.0.0.1", serverPort))
client.send(name.encode())
s_name = client.recv(1024).decode()
print(s_name, "has joined the chat room")
print("[e] leaves the chat room")
while True:
    message = client.recv(1024).decode()
    print(s_name, ":", message)
    message = input("Me : ")
    if message == "[e]":
        client.send("Left chat room!".encode())
        break
    client.send(message.encode())
client.close()
