/*
 * dns_transfer.h — where a zone that comes in ends: AXFR (RFC 5936 §2.2) and
 * IXFR (RFC 1995 §4), told record by record. Pure; used by the client.
 */
#ifndef NETLAB_SERVICES_DNS_TRANSFER_H
#define NETLAB_SERVICES_DNS_TRANSFER_H

#include <stdbool.h>
#include <stdint.h>

enum dns_transfer_state {
	DNS_TRANSFER_BEGIN,  /* the first SOA has to come */
	DNS_TRANSFER_SECOND, /* IXFR: what comes decides of which form it is */
	DNS_TRANSFER_WHOLE,  /* until the SOA comes again */
	DNS_TRANSFER_DELETED,
	DNS_TRANSFER_ADDED,
	DNS_TRANSFER_DONE,
	DNS_TRANSFER_NO_ZONE, /* there is no SOA at the start */
	DNS_TRANSFER_BEHIND,  /* there are records behind the end */
};

struct dns_transfer {
	enum dns_transfer_state state;
	bool is_incremental; /* IXFR was asked for */
	uint32_t known;      /* IXFR: the serial that the client has */
	uint32_t serial;     /* of the first SOA */
};

/* The next record came: a SOA of SERIAL, or another. Returns the new state. */
enum dns_transfer_state dns_transfer_take(
    struct dns_transfer *transfer, bool is_soa, uint32_t serial);

/* A message has ended, which had records: an IXFR that consists of one SOA says
 * that there is nothing newer (RFC 1995 §4). Returns the new state. */
enum dns_transfer_state dns_transfer_end_message(struct dns_transfer *transfer);

#endif
