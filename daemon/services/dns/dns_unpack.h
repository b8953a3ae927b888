/*
 * dns_unpack.h — names as messages have them: labels, and pointers back to
 * labels that came before (RFC 1035 §4.1.4). Whatever a message holds, its work
 * is bounded. Pure; any process.
 */
#ifndef NETLAB_SERVICES_DNS_UNPACK_H
#define NETLAB_SERVICES_DNS_UNPACK_H

#include "core/span.h"
#include "services/dns/dns_wire.h"

#include <stdbool.h>

enum dns_unpack_result {
	DNS_UNPACK_DONE,
	DNS_UNPACK_CUT,     /* its bytes end before it does */
	DNS_UNPACK_LABEL,   /* a label is neither one nor a pointer: 0x40, 0x80
	                     */
	DNS_UNPACK_FORWARD, /* a pointer does not lead back: it may be a loop */
	DNS_UNPACK_HOPS,    /* more pointers than a name can have labels */
	DNS_UNPACK_LONG,    /* above DNS_NAME_MAX bytes */
};

struct dns_unpack {
	uint8_t name[DNS_NAME_MAX]; /* DONE: whole, valid, without pointers */
	size_t len;                 /* of it */
	size_t labels_end; /* where the labels end that stand at its place */
	size_t end;        /* what follows it there; 0: it was not DONE, and no
	                      pointer had been reached */
	size_t target;     /* of the pointer at LABELS_END, where there is one
	                    */
	bool is_pointed;
};

/*
 * The name at AT in MESSAGE; none of its bytes lie beyond END, and a pointer
 * leads before the labels that it stands behind (AT <= END <= the message's
 * length).
 */
enum dns_unpack_result dns_unpack(struct span message, size_t at, size_t end,
    struct dns_unpack *out) __attribute__((warn_unused_result));

#endif
