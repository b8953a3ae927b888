/* chat_cookie.c — how a UDP peer proves its address. */
#include "services/chat/chat_cookie.h"

#include "core/bytes.h"
#include "core/siphash.h"

#include <stdio.h>
#include <string.h>

static const char word[] = "/cookie ";

/* The key of this run makes other hashes as well: no two of these are of
 * messages that begin alike. */
static const char purpose[] = "chat";

enum {
	ADDRESS_MAX = 16,
	MESSAGE_LEN = 4 + 8 + 2 + ADDRESS_MAX,
};

static uint32_t
cookie(const uint64_t key[2], const struct addr *peer, uint64_t period)
{
	uint8_t message[MESSAGE_LEN] = {0}, *address = message + 14;

	memcpy(message, purpose, 4);
	bytes_put64be(message + 4, period);
	bytes_put16be(message + 12, addr_port(peer));
	if (peer->any.sa_family == AF_INET6)
		memcpy(address, &peer->in6.sin6_addr, ADDRESS_MAX);
	else
		memcpy(address, &peer->in4.sin_addr, 4);
	return (uint32_t)siphash(key, (struct span){message, MESSAGE_LEN});
}

/* The number that TEXT is in hexadecimal; false: it is none. */
static bool
read_number(const uint8_t text[CHAT_COOKIE_LEN], uint32_t *number)
{
	static const char digits[] = "0123456789abcdef";

	*number = 0;
	for (size_t i = 0; i < CHAT_COOKIE_LEN; i++) {
		uint8_t lower = text[i] >= 'A' && text[i] <= 'F'
		                    ? (uint8_t)(text[i] | 0x20)
		                    : text[i];
		const char *digit = memchr(digits, lower, 16);

		if (digit == NULL)
			return false;
		*number = *number << 4 | (uint32_t)(digit - digits);
	}
	return true;
}

enum chat_cookie_verdict
chat_cookie_read(const uint64_t key[2], const struct addr *peer,
    uint64_t now_ms, struct span bytes, struct span *rest)
{
	const size_t word_len = sizeof(word) - 1;
	const size_t len = word_len + CHAT_COOKIE_LEN;
	uint64_t period = now_ms / CHAT_COOKIE_MS;
	uint32_t number;

	if (bytes.len < word_len || memcmp(bytes.data, word, word_len) != 0)
		return CHAT_COOKIE_NONE;
	*rest = (struct span){bytes.data + bytes.len, 0};
	if (bytes.len < len || !read_number(bytes.data + word_len, &number) ||
	    (bytes.len > len && bytes.data[len] != ' '))
		return CHAT_COOKIE_BAD;
	if (bytes.len > len)
		*rest =
		    (struct span){bytes.data + len + 1, bytes.len - len - 1};
	return number == cookie(key, peer, period) ||
	               number == cookie(key, peer, period - 1)
	           ? CHAT_COOKIE_GOOD
	           : CHAT_COOKIE_BAD;
}

size_t
chat_cookie_challenge(const uint64_t key[2], const struct addr *peer,
    uint64_t now_ms, struct space out)
{
	uint32_t number = cookie(key, peer, now_ms / CHAT_COOKIE_MS);
	char texts[5][CHAT_COOKIE_CHALLENGE_MAX];

	snprintf(texts[0], sizeof(texts[0]),
	    "! to join, send: /cookie %08x NAME\n", number);
	snprintf(texts[1], sizeof(texts[1]), "! /cookie %08x NAME\n", number);
	snprintf(texts[2], sizeof(texts[2]), "! send a longer line\n");
	snprintf(texts[3], sizeof(texts[3]), "! too short\n");
	snprintf(texts[4], sizeof(texts[4]), "!\n");
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		size_t len = strlen(texts[i]);

		if (len <= out.cap) {
			memcpy(out.data, texts[i], len);
			return len;
		}
	}
	return 0;
}

bool
chat_cookie_find(struct span line, struct span *cookie)
{
	static const char *const befores[] = {
	    "! to join, send: /cookie ", "! /cookie "};
	uint32_t number;

	for (size_t i = 0; i < sizeof(befores) / sizeof(befores[0]); i++) {
		size_t len = strlen(befores[i]);

		if (line.len <= len + CHAT_COOKIE_LEN ||
		    memcmp(line.data, befores[i], len) != 0 ||
		    line.data[len + CHAT_COOKIE_LEN] != ' ')
			continue;
		*cookie = (struct span){line.data + len, CHAT_COOKIE_LEN};
		return read_number(cookie->data, &number);
	}
	return false;
}
