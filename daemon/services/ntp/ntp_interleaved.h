/*
 * ntp_interleaved.h — the interleaved mode of RFC 9769 §2: a reply carries the
 * time at which the reply before it left, which was not known any earlier. When
 * replies left is remembered in a table that all workers share, so that any of
 * them serves any request. Pure.
 *
 * An entry is found by the client's address, without its port (RFC 9109 lets
 * clients change that), and the receive stamp that the client got and sends
 * back as origin. It is taken once.
 */
#ifndef NETLAB_SERVICES_NTP_INTERLEAVED_H
#define NETLAB_SERVICES_NTP_INTERLEAVED_H

#include "core/addr.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum {
	NTP_INTERLEAVED_WAYS = 4, /* entries of a bucket: a cache line */
	/* 65536 entries, a MiB, of which only what is used takes memory. */
	NTP_INTERLEAVED_BUCKETS = 1 << 14,
	/* An address uses so many of the buckets, chosen by the key: it can
	 * drive out what others have there, and no more. Enough for some
	 * thirty clients behind one address. */
	NTP_INTERLEAVED_SPREAD = 8,
};

/*
 * One reply that was sent. No lock: two workers that write the same entry may
 * leave a half of each, which do not fit each other and so are nobody's.
 */
struct ntp_interleaved_entry {
	_Atomic uint64_t check;    /* whose it is, xor TRANSMIT */
	_Atomic uint64_t transmit; /* NTP timestamp; 0: taken, or never used */
};

/* In shared memory, all zeros at first. */
struct ntp_interleaved_table {
	_Alignas(64) struct ntp_interleaved_entry
	    entries[NTP_INTERLEAVED_BUCKETS][NTP_INTERLEAVED_WAYS];
};

/* A table and the secret by which its places are chosen; both outlive it. */
struct ntp_interleaved {
	struct ntp_interleaved_table *table;
	const uint64_t *key;
};

/*
 * Remembers that the reply to CLIENT which says RECEIVE left, as far as is
 * known, at TRANSMIT, not 0. False: such a reply is remembered already, and
 * stays as it is; RECEIVE has to be another. An older entry may go for it.
 */
bool ntp_interleaved_keep(const struct ntp_interleaved *interleaved,
    const struct addr *client, uint64_t receive, uint64_t transmit)
    __attribute__((warn_unused_result));

/*
 * The same of the reply in PACKET (48 bytes or more). Where its client got that
 * receive stamp before, it becomes a little later; false: too little is left
 * until TRANSMIT, and nothing is remembered.
 */
bool ntp_interleaved_remember(const struct ntp_interleaved *interleaved,
    const struct addr *client, uint8_t *packet, uint64_t transmit);

/* That reply left at TRANSMIT, not 0: now it is known better. Nothing happens
 * if it is not remembered. */
void ntp_interleaved_improve(const struct ntp_interleaved *interleaved,
    const struct addr *client, uint64_t receive, uint64_t transmit);

/* When that reply left, which is then forgotten; 0: nothing is remembered. */
uint64_t ntp_interleaved_take(const struct ntp_interleaved *interleaved,
    const struct addr *client, uint64_t receive);

#endif
