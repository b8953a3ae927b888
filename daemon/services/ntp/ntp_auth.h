/*
 * ntp_auth.h — requests authenticated and replies signed by symmetric keys: RFC
 * 5905 §7.3, and RFC 8573 §3 for AES-CMAC. A MAC is a key id of 32 bits and a
 * code of all that stands before it, extension fields included. Pure.
 */
#ifndef NETLAB_SERVICES_NTP_AUTH_H
#define NETLAB_SERVICES_NTP_AUTH_H

#include "core/mac.h"
#include "core/span.h"
#include "services/ntp/ntp_key.h"

#include <stddef.h>

/* A worker's keys: MACS[i] is KEYS[i] made ready. */
struct ntp_auth {
	const struct ntp_key *keys;
	struct mac **macs;
	size_t count;
};

enum ntp_auth_verdict {
	NTP_AUTH_GOOD,
	NTP_AUTH_UNKNOWN_KEY, /* by its id */
	NTP_AUTH_BAD_MAC,     /* not by this key, or of another length */
};

/* Whether the MAC that PACKET ends with, from MAC_AT on and at least a key id,
 * is one of ours. */
enum ntp_auth_verdict ntp_auth_check(
    const struct ntp_auth *auth, struct span packet, size_t mac_at);

/*
 * Signs PACKET, whose MAC begins behind the header and has the length of a
 * request's that ntp_auth_check found good; its key id is in place. The last
 * touch to it: the code covers the transmit stamp. Where libcrypto fails, or
 * the key is none of ours, the code is all zeros, which no client takes.
 */
void ntp_auth_sign(const struct ntp_auth *auth, struct space packet);

#endif
