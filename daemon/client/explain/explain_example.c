/* explain_example.c — messages to try `netlab explain` on. */
#include "client/explain/explain_example.h"

/* The bytes of a string literal, without its NUL. */
#define BYTES(literal)                                                         \
	{                                                                      \
		(const uint8_t *)(literal), sizeof(literal) - 1                \
	}

const struct explain_kind_example explain_example_dns[] = {
    {"query", "The lectures' query",
        BYTES("\x1a\x2b\x04\x00\x00\x01\x00\x00\x00\x00\x00\x00"
              "\x06google\x03"
              "com\x00\x00\x01\x00\x01")},
    {"response", "The lectures' response",
        BYTES("\xff\x9b\x81\x80\x00\x01\x00\x02\x00\x00\x00\x00"
              "\x06google\x03"
              "com\x00\x00\x01\x00\x01"
              "\xc0\x0c\x00\x01\x00\x01\x00\x00\x01\x04\x00\x04"
              "\xc0\xa5\x01\x01"
              "\xc0\x0c\x00\x01\x00\x01\x00\x00\x01\x04\x00\x04"
              "\xc0\xa5\x01\x0a")},
    {NULL, NULL, {NULL, 0}},
};

/* 2026-11-21 12:00:00 UTC is 0xeeac0640. */
const struct explain_kind_example explain_example_ntp[] = {
    {"request", "A client's packet",
        BYTES("\x23\x00\x06\x20\x00\x00\x00\x00\x00\x00\x00\x00"
              "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
              "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
              "\x00\x00\x00\x00\xee\xac\x06\x40\x40\x00\x00\x00")},
    {"reply", "A server's packet",
        BYTES("\x24\x02\x06\xe8\x00\x00\x00\x1a\x00\x00\x01\x47"
              "\xc0\x00\x02\x01\xee\xac\x06\x20\x80\x00\x00\x00"
              "\xee\xac\x06\x40\x40\x00\x00\x00\xee\xac\x06\x40"
              "\x48\x00\x00\x00\xee\xac\x06\x40\x48\x20\x00\x00")},
    {NULL, NULL, {NULL, 0}},
};

const struct explain_kind_example explain_example_http[] = {
    {"request", "A request",
        BYTES("GET /HelloWorld.html HTTP/1.1\r\n"
              "Host: netlab.test\r\n"
              "User-Agent: netlab\r\n"
              "Connection: close\r\n\r\n")},
    {"response", "A response",
        BYTES("HTTP/1.1 200 OK\r\n"
              "Date: Sat, 21 Nov 2026 12:00:00 GMT\r\n"
              "Content-Type: text/html; charset=utf-8\r\n"
              "Content-Length: 14\r\n"
              "Connection: close\r\n\r\n"
              "Hello, World!\n")},
    {NULL, NULL, {NULL, 0}},
};

#define PACKET                                                                 \
	"\x45\x00\x00\x38\x12\x34\x00\x00\x40\x11\xe4\x4a"                     \
	"\xc0\x00\x02\x01\xc0\x00\x02\x35"                                     \
	"\xc0\x00\x00\x35\x00\x24\x8a\x55"                                     \
	"\x1a\x2b\x04\x00\x00\x01\x00\x00\x00\x00\x00\x00"                     \
	"\x06google\x03"                                                       \
	"com\x00\x00\x01\x00\x01"

const struct explain_kind_example explain_example_ethernet[] = {
    {"frame", "The lectures' query on an Ethernet",
        BYTES("\x02\x00\x00\x00\x00\x02\x02\x00\x00\x00\x00\x01\x08"
              "\x00" PACKET)},
    {NULL, NULL, {NULL, 0}},
};

const struct explain_kind_example explain_example_ip[] = {
    {"packet", "The lectures' query in its packet", BYTES(PACKET)},
    {NULL, NULL, {NULL, 0}},
};
