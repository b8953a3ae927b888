/* prefix.c — a range of addresses, like 10.0.0.0/8. */
#include "core/prefix.h"

#include <arpa/inet.h>
#include <string.h>

enum { IPV4_BITS = 32, IPV6_BITS = 128 };

/* A decimal number up to MOST, without a sign or a zero ahead; -1: it is
 * none. */
static int
parse_len(const char *text, int most)
{
	int value = 0;

	if (*text == '\0' || (text[0] == '0' && text[1] != '\0'))
		return -1;
	for (; *text != '\0'; text++) {
		if (*text < '0' || *text > '9')
			return -1;
		value = value * 10 + (*text - '0');
		if (value > most)
			return -1;
	}
	return value;
}

/* Whether BYTES has a bit set behind the first LEN ones. */
static bool
has_bits_behind(const uint8_t bytes[16], unsigned len)
{
	if (len % 8 != 0 && (bytes[len / 8] & 0xffu >> len % 8) != 0)
		return true;
	for (unsigned i = (len + 7) / 8; i < 16; i++)
		if (bytes[i] != 0)
			return true;
	return false;
}

const char *
prefix_parse(const char *text, struct prefix *prefix)
{
	struct prefix out = {0};
	char host[INET6_ADDRSTRLEN];
	const char *slash = strchr(text, '/');
	size_t host_len = slash == NULL ? strlen(text) : (size_t)(slash - text);

	if (host_len >= sizeof(host))
		return "neither an address nor a prefix like 10.0.0.0/8";
	memcpy(host, text, host_len);
	host[host_len] = '\0';
	if (inet_pton(AF_INET6, host, out.bytes) == 1)
		out.is_ipv6 = true;
	else if (inet_pton(AF_INET, host, out.bytes) != 1)
		return "neither an address nor a prefix like 10.0.0.0/8";
	int most = out.is_ipv6 ? IPV6_BITS : IPV4_BITS;
	int len = slash == NULL ? most : parse_len(slash + 1, most);

	if (len == -1)
		return out.is_ipv6 ? "behind the / is a number from 0 to 128"
		                   : "behind the / is a number from 0 to 32";
	if (has_bits_behind(out.bytes, (unsigned)len))
		return "bits are set behind the prefix: write zeros there, or "
		       "the address alone";
	out.len = (uint8_t)len;
	*prefix = out;
	return NULL;
}

bool
prefix_has(const struct prefix *prefix, const struct addr *addr)
{
	const uint8_t *bytes;

	if (addr->any.sa_family == AF_INET && !prefix->is_ipv6)
		bytes = (const uint8_t *)&addr->in4.sin_addr;
	else if (addr->any.sa_family == AF_INET6 && prefix->is_ipv6)
		bytes = (const uint8_t *)&addr->in6.sin6_addr;
	else
		return false;
	unsigned whole = prefix->len / 8u, rest = prefix->len % 8u;

	return memcmp(prefix->bytes, bytes, whole) == 0 &&
	       (rest == 0 ||
	           ((prefix->bytes[whole] ^ bytes[whole]) >> (8 - rest)) == 0);
}
