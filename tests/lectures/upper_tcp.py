"""Capitals by TCP: a sentence there, the same in capitals back."""
from socket import *
import sys

serverPort = int(sys.argv[1]) if len(sys.argv) > 1 else 12000
client = socket(AF_INET, SOCK_STREAM)
client.connect(("127.0.0.1", serverPort))
sentence = input("A sentence in small letters: ")
client.send(sentence.encode())
answer = client.recv(1024)
print("From the server:", answer.decode())
client.close()
