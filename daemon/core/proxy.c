/*
 * proxy.c — the header that a proxy sends ahead of a connection.
 *
 * § numbers are those of "The PROXY protocol, versions 1 & 2", W. Tarreau.
 */
#include "core/proxy.h"

#include "core/bytes.h"

#include <arpa/inet.h>
#include <stdbool.h>
#include <string.h>

/* -------------------------------------------------- version 1: a line, §2.1 */

static const char word[] = "PROXY ";

/* Takes the text up to the next space, or the rest; NULL: there is none. */
static char *
take_word(char **text)
{
	char *start = *text;

	if (start == NULL || *start == '\0' || *start == ' ')
		return NULL;
	char *space = strchr(start, ' ');

	if (space != NULL)
		*space = '\0';
	*text = space == NULL ? NULL : space + 1;
	return start;
}

static bool
read_port(const char *text, in_port_t *port)
{
	uint32_t value = 0;

	if (text == NULL || (text[0] == '0' && text[1] != '\0'))
		return false;
	for (; *text != '\0'; text++) {
		if (*text < '0' || *text > '9')
			return false;
		value = value * 10 + (uint32_t)(*text - '0');
		if (value > UINT16_MAX)
			return false;
	}
	*port = htons((uint16_t)value);
	return true;
}

static struct addr
addr_of4(struct in_addr host, in_port_t port)
{
	struct addr addr = {.len = sizeof(addr.in4)};

	addr.in4.sin_family = AF_INET;
	addr.in4.sin_addr = host;
	addr.in4.sin_port = port;
	return addr;
}

/* One that only wraps an IPv4 address becomes what it wraps, so that a client
 * has one address however its proxy writes it. */
static struct addr
addr_of6(const struct in6_addr *host, in_port_t port)
{
	struct addr addr = {.len = sizeof(addr.in6)};
	struct in_addr wrapped;

	if (IN6_IS_ADDR_V4MAPPED(host)) {
		memcpy(&wrapped, host->s6_addr + 12, sizeof(wrapped));
		return addr_of4(wrapped, port);
	}
	addr.in6.sin6_family = AF_INET6;
	addr.in6.sin6_addr = *host;
	addr.in6.sin6_port = port;
	return addr;
}

static bool
read_addr(
    const char *host, const char *port_text, bool is_ipv6, struct addr *addr)
{
	struct in6_addr in6;
	struct in_addr in4;
	in_port_t port;

	if (host == NULL || !read_port(port_text, &port))
		return false;
	if (is_ipv6) {
		if (inet_pton(AF_INET6, host, &in6) != 1)
			return false;
		*addr = addr_of6(&in6, port);
	} else {
		if (inet_pton(AF_INET, host, &in4) != 1)
			return false;
		*addr = addr_of4(in4, port);
	}
	return true;
}

/* TEXT is what stands between "PROXY " and CRLF. */
static bool
read_words(char *text, struct proxy_header *header)
{
	const char *family = take_word(&text);

	if (family == NULL)
		return false;
	if (strcmp(family, "UNKNOWN") == 0)
		return true; /* §2.1: the rest of the line is not looked at */
	bool is_ipv6 = strcmp(family, "TCP6") == 0;

	if (!is_ipv6 && strcmp(family, "TCP4") != 0)
		return false;
	const char *peer = take_word(&text), *local = take_word(&text);
	const char *peer_port = take_word(&text);
	const char *local_port = take_word(&text);

	header->has_addresses = true;
	return text == NULL &&
	       read_addr(peer, peer_port, is_ipv6, &header->peer) &&
	       read_addr(local, local_port, is_ipv6, &header->local);
}

static enum proxy_result
parse_line(struct span bytes, struct proxy_header *header)
{
	char line[PROXY_LINE_MAX];
	size_t most = bytes.len < PROXY_LINE_MAX ? bytes.len : PROXY_LINE_MAX;
	size_t len = 0;

	while (len < most && bytes.data[len] != '\r') {
		if (bytes.data[len] == '\n' || bytes.data[len] == '\0')
			return PROXY_BAD;
		len++;
	}
	if (len + 1 >= most)
		return most == PROXY_LINE_MAX ? PROXY_BAD : PROXY_MORE;
	if (bytes.data[len + 1] != '\n')
		return PROXY_BAD;
	memcpy(line, bytes.data, len);
	line[len] = '\0';
	header->len = len + 2;
	return read_words(line + sizeof(word) - 1, header) ? PROXY_DONE
	                                                   : PROXY_BAD;
}

/* ------------------------------------------------------ version 2: §2.2 */

static const uint8_t signature[] = {
    '\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};

enum {
	FIXED_LEN = 16, /* signature, command, family, length */
	COMMAND_LOCAL = 0x20,
	COMMAND_PROXY = 0x21,
	FAMILY_TCP4 = 0x11,
	FAMILY_TCP6 = 0x21,
	BLOCK_TCP4 = 12, /* two addresses, then two ports */
	BLOCK_TCP6 = 36,
};

/* The families that the protocol knows and that say nothing about a TCP
 * connection: UNSPEC, UDP and Unix sockets. What is not known is refused, as
 * §2.2 demands. */
static bool
is_silent_family(uint8_t family)
{
	return family == 0x00 || family == 0x12 || family == 0x22 ||
	       family == 0x31 || family == 0x32;
}

static in_port_t
port_at(const uint8_t *bytes)
{
	in_port_t port;

	memcpy(&port, bytes, sizeof(port));
	return port;
}

static void
read_block4(const uint8_t *block, struct proxy_header *header)
{
	struct in_addr hosts[2];

	memcpy(hosts, block, sizeof(hosts));
	header->peer = addr_of4(hosts[0], port_at(block + 8));
	header->local = addr_of4(hosts[1], port_at(block + 10));
}

static void
read_block6(const uint8_t *block, struct proxy_header *header)
{
	struct in6_addr hosts[2];

	memcpy(hosts, block, sizeof(hosts));
	header->peer = addr_of6(&hosts[0], port_at(block + 32));
	header->local = addr_of6(&hosts[1], port_at(block + 34));
}

/* BYTES has the fixed part and the BLOCK_LEN bytes behind it. */
static enum proxy_result
read_block(struct span bytes, size_t block_len, struct proxy_header *header)
{
	const uint8_t *block = bytes.data + FIXED_LEN;
	uint8_t family = bytes.data[13];

	/* §2.2: LOCAL is the proxy's own connection, whatever else it says. */
	if (bytes.data[12] == COMMAND_LOCAL || is_silent_family(family))
		return PROXY_DONE;
	header->has_addresses = true;
	if (family == FAMILY_TCP4 && block_len >= BLOCK_TCP4)
		read_block4(block, header);
	else if (family == FAMILY_TCP6 && block_len >= BLOCK_TCP6)
		read_block6(block, header);
	else
		return PROXY_BAD;
	return PROXY_DONE;
}

static enum proxy_result
parse_binary(struct span bytes, struct proxy_header *header)
{
	if (bytes.len > 12 && bytes.data[12] != COMMAND_LOCAL &&
	    bytes.data[12] != COMMAND_PROXY)
		return PROXY_BAD;
	if (bytes.len < FIXED_LEN)
		return PROXY_MORE;
	size_t block_len = bytes_get16be(bytes.data + 14);

	header->len = FIXED_LEN + block_len;
	if (header->len > PROXY_HEADER_MAX)
		return PROXY_BAD;
	if (bytes.len < header->len)
		return PROXY_MORE;
	return read_block(bytes, block_len, header);
}

/* --------------------------------------------------------------- either */

/* Whether BYTES, as far as they go, begin with the LEN bytes of START. */
static bool
begins_with(struct span bytes, const void *start, size_t len)
{
	return memcmp(bytes.data, start, bytes.len < len ? bytes.len : len) ==
	       0;
}

enum proxy_result
proxy_parse(struct span bytes, struct proxy_header *header)
{
	*header = (struct proxy_header){0};
	if (bytes.len == 0)
		return PROXY_MORE;
	if (begins_with(bytes, word, sizeof(word) - 1))
		return bytes.len < sizeof(word) - 1 ? PROXY_MORE
		                                    : parse_line(bytes, header);
	if (begins_with(bytes, signature, sizeof(signature)))
		return parse_binary(bytes, header);
	return PROXY_BAD;
}
