/* addr.h — an IPv4 or IPv6 address with its port. Used in every process. */
#ifndef NETLAB_CORE_ADDR_H
#define NETLAB_CORE_ADDR_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

enum transport {
	TRANSPORT_UDP,
	TRANSPORT_TCP,
};

struct addr {
	union {
		struct sockaddr any;
		struct sockaddr_in in4;
		struct sockaddr_in6 in6;
	};
	socklen_t len;
};

/* Room for "[IPv6%scope]:65535" and its NUL. */
enum { ADDR_TEXT_MAX = 80 };

/*
 * Reads TEXT, "ADDRESS:PORT" with the address numeric, IPv6 in brackets, and
 * the port a number from 1 to 65535 or a name as in getservbyname(3). Returns
 * NULL and fills ADDR, or returns what is wrong, a static string, and leaves
 * ADDR alone. Reads /etc/services; not for the packet path.
 */
const char *addr_parse(const char *text, struct addr *addr)
    __attribute__((warn_unused_result));

/* Writes ADDR as "1.2.3.4:80" or "[::1]:80" to TEXT and returns TEXT. */
const char *addr_format(const struct addr *addr, char text[ADDR_TEXT_MAX]);

/* The same without the port, and without the brackets: "1.2.3.4" or "::1". */
const char *addr_format_host(const struct addr *addr, char text[ADDR_TEXT_MAX]);

/* The port in host order; 0 for an address of another family. */
uint16_t addr_port(const struct addr *addr);

/* Same family, address (with scope) and port. */
bool addr_is_equal(const struct addr *a, const struct addr *b);

/* 0.0.0.0 or [::]: a socket bound to it must ask the kernel which local
 * address each datagram was sent to. */
bool addr_is_wildcard(const struct addr *addr);

#endif
