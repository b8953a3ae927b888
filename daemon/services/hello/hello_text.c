/* hello_text.c — the greeting. */
#include "services/hello/hello_text.h"

#include "core/ascii.h"

#include <assert.h>
#include <string.h>

static const char greeting[] = "Hello ";

enum { GREETING_LEN = sizeof(greeting) - 1 };

_Static_assert(GREETING_LEN + INET6_ADDRSTRLEN <= HELLO_TEXT_MAX,
    "there is room for the longest address and the newline");

/* The IPv4 address within PEER, if it has one. */
static struct addr
undressed(const struct addr *peer)
{
	struct addr in4 = {.len = sizeof(in4.in4)};

	if (peer->any.sa_family != AF_INET6 ||
	    !IN6_IS_ADDR_V4MAPPED(&peer->in6.sin6_addr))
		return *peer;
	in4.in4.sin_family = AF_INET;
	memcpy(&in4.in4.sin_addr, peer->in6.sin6_addr.s6_addr + 12, 4);
	return in4;
}

size_t
hello_text(const struct addr *peer, struct space out)
{
	struct addr shown = undressed(peer);
	char host[ADDR_TEXT_MAX];
	size_t len = strlen(addr_format_host(&shown, host));

	assert(out.cap >= HELLO_TEXT_MAX && len < INET6_ADDRSTRLEN);
	memcpy(out.data, greeting, GREETING_LEN);
	memcpy(out.data + GREETING_LEN, host, len);
	out.data[GREETING_LEN + len] = '\n';
	return GREETING_LEN + len + 1;
}

static bool
is_of_address(uint8_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == '.' ||
	       c == ':';
}

bool
hello_text_is_answer(struct span bytes)
{
	if (bytes.len <= GREETING_LEN + 1 || bytes.len > HELLO_TEXT_MAX ||
	    bytes.data[bytes.len - 1] != '\n')
		return false;
	for (size_t i = 0; i < GREETING_LEN; i++)
		if (ascii_lower(bytes.data[i]) !=
		    ascii_lower((uint8_t)greeting[i]))
			return false;
	for (size_t i = GREETING_LEN; i < bytes.len - 1; i++)
		if (!is_of_address(ascii_lower(bytes.data[i])))
			return false;
	return true;
}
