/* dns_cookie.c — see dns_cookie.h. */
#include "services/dns/dns_cookie.h"

#include "core/bytes.h"
#include "core/siphash.h"

#include <assert.h>
#include <string.h>

enum {
	VERSION_AT = DNS_COOKIE_CLIENT_SIZE,
	TIMESTAMP_AT = VERSION_AT + 4,
	HASH_AT = TIMESTAMP_AT + 4, /* also the length of what is hashed before
	                               the address */
	HASH_SIZE = 8,
	VERSION = 1,
	/* RFC 9018 §4.3, in seconds. */
	FUTURE_MAX = 300, /* clocks of servers that share a secret may differ */
	AGE_MAX = 3600,
	FRESH_MAX = 1800, /* older ones are renewed */
};

_Static_assert(HASH_AT + HASH_SIZE == DNS_COOKIE_SIZE, "RFC 9018 §4");

/* RFC 9018 §4.4 means the reference code's byte order: lowest first. */
static uint64_t
read_low_first(const uint8_t *bytes)
{
	uint64_t word = 0;

	for (unsigned i = 0; i < 8; i++)
		word |= (uint64_t)bytes[i] << 8 * i;
	return word;
}

static void
write_low_first(uint8_t *bytes, uint64_t word)
{
	for (unsigned i = 0; i < 8; i++)
		bytes[i] = (uint8_t)(word >> 8 * i);
}

/* PEER's address, 4 or 16 bytes, to OUT; its length. */
static size_t
put_address(const struct addr *peer, uint8_t out[16])
{
	if (peer->any.sa_family == AF_INET) {
		memcpy(out, &peer->in4.sin_addr, 4);
		return 4;
	}
	memcpy(out, &peer->in6.sin6_addr, 16);
	return 16;
}

/* The hash that ends COOKIE, whose first HASH_AT bytes are there. */
static uint64_t
hash_of(const uint8_t secret[DNS_COOKIE_SECRET_SIZE], const uint8_t *cookie,
    const struct addr *peer)
{
	const uint64_t key[2] = {
	    read_low_first(secret), read_low_first(secret + 8)};
	uint8_t bytes[HASH_AT + 16];

	memcpy(bytes, cookie, HASH_AT);
	size_t len = HASH_AT + put_address(peer, bytes + HASH_AT);
	return siphash(key, (struct span){bytes, len});
}

/* Which secret made COOKIE, the count of all where none did. Hashes are
 * compared as whole words: the time that takes says nothing about them. */
static unsigned
find_secret(const struct dns_settings *settings, const uint8_t *cookie,
    const struct addr *peer)
{
	uint64_t hash = read_low_first(cookie + HASH_AT);
	unsigned i = 0;

	while (i < settings->cookie_secret_count &&
	       hash_of(settings->cookie_secrets[i], cookie, peer) != hash)
		i++;
	return i;
}

static void
make(const struct dns_settings *settings, const uint8_t *client,
    const struct addr *peer, uint32_t now, uint8_t out[DNS_COOKIE_SIZE])
{
	memcpy(out, client, DNS_COOKIE_CLIENT_SIZE);
	bytes_put32be(out + VERSION_AT, (uint32_t)VERSION << 24);
	bytes_put32be(out + TIMESTAMP_AT, now);
	write_low_first(
	    out + HASH_AT, hash_of(settings->cookie_secrets[0], out, peer));
}

bool
dns_cookie_answer(const struct dns_settings *settings, struct span cookie,
    const struct addr *peer, uint32_t now, uint8_t out[DNS_COOKIE_SIZE])
{
	unsigned count = settings->cookie_secret_count;
	unsigned secret = count;
	uint32_t age = 0;

	assert(count > 0 && cookie.len >= DNS_COOKIE_CLIENT_SIZE);
	if (cookie.len == DNS_COOKIE_SIZE &&
	    cookie.data[VERSION_AT] == VERSION) {
		/* RFC 1982: in 2106, too. 0 is the farthest future taken. */
		age = now - bytes_get32be(cookie.data + TIMESTAMP_AT) +
		      FUTURE_MAX;
		if (age <= FUTURE_MAX + AGE_MAX)
			secret = find_secret(settings, cookie.data, peer);
	}
	/* One by a secret on its way out is renewed, too (RFC 9018 §5). */
	if (secret == 0 && age <= FUTURE_MAX + FRESH_MAX)
		memcpy(out, cookie.data, DNS_COOKIE_SIZE);
	else
		make(settings, cookie.data, peer, now, out);
	return secret < count;
}
