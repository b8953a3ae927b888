/* addr.c — an IPv4 or IPv6 address with its port. */
#include "core/addr.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Port in host order, or 0: none is called so. Numbers are decimal digits
 * alone: no sign, no space, nothing behind. */
static uint16_t
parse_port(const char *text)
{
	size_t len = strlen(text);

	if (len > 0 && strspn(text, "0123456789") == len) {
		unsigned long port = len > 5 ? 0 : strtoul(text, NULL, 10);

		return port > 65535 ? 0 : (uint16_t)port;
	}
	const struct servent *entry = getservbyname(text, NULL);

	return entry == NULL ? 0 : ntohs((uint16_t)entry->s_port);
}

/* Copies the host part, without brackets, to HOST and returns the port part,
 * or NULL where TEXT does not have both. */
static const char *
split(const char *text, char *host, size_t cap)
{
	const char *start = text, *end = strrchr(text, ':'), *port;

	if (end == NULL)
		return NULL;
	port = end + 1;
	if (*start == '[') {
		if (end == start || end[-1] != ']')
			return NULL;
		start++;
		end--;
	} else if (memchr(text, ':', (size_t)(end - text)) != NULL) {
		return NULL;
	}
	if (start >= end || (size_t)(end - start) >= cap)
		return NULL;
	memcpy(host, start, (size_t)(end - start));
	host[end - start] = '\0';
	return port;
}

const char *
addr_parse(const char *text, struct addr *addr)
{
	char host[INET6_ADDRSTRLEN];
	struct addr out = {0};
	const char *port_text = split(text, host, sizeof(host));

	if (port_text == NULL)
		return "not an address with a port, like 127.0.0.1:80 or "
		       "[::1]:80";
	uint16_t port = parse_port(port_text);

	if (port == 0)
		return "the port is neither a number from 1 to 65535 nor a "
		       "name in /etc/services";
	if (text[0] == '[') {
		out.in6.sin6_family = AF_INET6;
		out.in6.sin6_port = htons(port);
		out.len = sizeof(out.in6);
		if (inet_pton(AF_INET6, host, &out.in6.sin6_addr) != 1)
			return "not an IPv6 address in the brackets";
	} else {
		out.in4.sin_family = AF_INET;
		out.in4.sin_port = htons(port);
		out.len = sizeof(out.in4);
		if (inet_pton(AF_INET, host, &out.in4.sin_addr) != 1)
			return "not a numeric IPv4 address";
	}
	*addr = out;
	return NULL;
}

const char *
addr_format(const struct addr *addr, char text[ADDR_TEXT_MAX])
{
	char host[ADDR_TEXT_MAX];

	snprintf(text, ADDR_TEXT_MAX,
	    addr->any.sa_family == AF_INET6 ? "[%s]:%u" : "%s:%u",
	    addr_format_host(addr, host), (unsigned)addr_port(addr));
	return text;
}

const char *
addr_format_host(const struct addr *addr, char text[ADDR_TEXT_MAX])
{
	/* There is room enough: it cannot fail. */
	if (addr->any.sa_family == AF_INET6)
		(void)inet_ntop(
		    AF_INET6, &addr->in6.sin6_addr, text, INET6_ADDRSTRLEN);
	else
		(void)inet_ntop(
		    AF_INET, &addr->in4.sin_addr, text, INET_ADDRSTRLEN);
	return text;
}

uint16_t
addr_port(const struct addr *addr)
{
	if (addr->any.sa_family == AF_INET6)
		return ntohs(addr->in6.sin6_port);
	if (addr->any.sa_family == AF_INET)
		return ntohs(addr->in4.sin_port);
	return 0;
}

bool
addr_is_equal(const struct addr *a, const struct addr *b)
{
	if (a->any.sa_family != b->any.sa_family ||
	    addr_port(a) != addr_port(b))
		return false;
	if (a->any.sa_family == AF_INET6)
		return memcmp(&a->in6.sin6_addr, &b->in6.sin6_addr,
		           sizeof(a->in6.sin6_addr)) == 0 &&
		       a->in6.sin6_scope_id == b->in6.sin6_scope_id;
	return a->in4.sin_addr.s_addr == b->in4.sin_addr.s_addr;
}

bool
addr_is_wildcard(const struct addr *addr)
{
	if (addr->any.sa_family == AF_INET6)
		return IN6_IS_ADDR_UNSPECIFIED(&addr->in6.sin6_addr);
	return addr->in4.sin_addr.s_addr == htonl(INADDR_ANY);
}
