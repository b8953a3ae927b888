/*
 * dns_cookie.h — DNS cookies (RFC 7873) whose server part is made as RFC 9018
 * §4 says, so that all workers, and all servers with the same secret, take each
 * other's. Pure; used in workers.
 *
 *	client's 8 bytes | version 1 | reserved 3 | timestamp 4 | hash 8
 */
#ifndef NETLAB_SERVICES_DNS_COOKIE_H
#define NETLAB_SERVICES_DNS_COOKIE_H

#include "core/addr.h"
#include "core/span.h"
#include "services/dns/dns_catalog.h"

#include <stdbool.h>

enum {
	DNS_COOKIE_CLIENT_SIZE = 8,
	DNS_COOKIE_SERVER_MIN = 8, /* RFC 7873 §4 */
	DNS_COOKIE_SERVER_MAX = 32,
	DNS_COOKIE_SIZE = 24, /* one of ours, with the client's part */
};

/* Can a COOKIE option hold LEN bytes? RFC 7873 §5.2.2: the client's part,
 * alone or with a server's. */
static inline bool
dns_cookie_is_length(size_t len)
{
	return len == DNS_COOKIE_CLIENT_SIZE ||
	       (len >= DNS_COOKIE_CLIENT_SIZE + DNS_COOKIE_SERVER_MIN &&
	           len <= DNS_COOKIE_CLIENT_SIZE + DNS_COOKIE_SERVER_MAX);
}

/*
 * Writes to OUT the cookie that answers COOKIE, of a length as above, sent by
 * PEER, at NOW in seconds since 1970 modulo 2^32: the same while it is fresh,
 * else a new one. SETTINGS has at least one secret. Returns whether COOKIE had
 * a server's part that is ours and in time.
 */
bool dns_cookie_answer(const struct dns_settings *settings, struct span cookie,
    const struct addr *peer, uint32_t now, uint8_t out[DNS_COOKIE_SIZE]);

#endif
