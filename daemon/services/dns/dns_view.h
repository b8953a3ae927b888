/*
 * dns_view.h — any DNS message, record by record (RFC 1035 §4.1): strictly,
 * without trusting a byte of it, and with the reason where it is malformed.
 * Pure; used by the client.
 */
#ifndef NETLAB_SERVICES_DNS_VIEW_H
#define NETLAB_SERVICES_DNS_VIEW_H

#include "core/span.h"
#include "services/dns/dns_wire.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum dns_view_section {
	DNS_VIEW_QUESTION,
	DNS_VIEW_ANSWER,
	DNS_VIEW_AUTHORITY,
	DNS_VIEW_ADDITIONAL,
	DNS_VIEW_SECTIONS,
};

/* A message that is being read. */
struct dns_view {
	struct span bytes; /* borrowed */
	uint16_t id, flags;
	uint16_t counts[DNS_VIEW_SECTIONS]; /* as the header has them */
	enum dns_view_section section;      /* of what comes next */
	unsigned taken;                     /* of that section */
	size_t at;                          /* where that begins */
	bool has_opt;
	const char *fault; /* why it is malformed, static; NULL: it is not, as
	                      far as it has been read */
};

/* A question, whose TTL and data are none, or a record. */
struct dns_view_record {
	enum dns_view_section section;
	size_t at; /* where it begins in the message */
	uint8_t name[DNS_NAME_MAX];
	uint16_t type, class;
	uint32_t ttl;
	size_t data_at, data_len; /* of its RDATA, in the message */
	uint16_t data_type; /* TYPE, as far as CLASS gives that the meaning
	                       that it has in IN; else 0, for data without form
	                       (dns_text_record.h) */
};

/* Begins: the header. What is too short for one has a FAULT. */
struct dns_view dns_view_open(struct span bytes);

/* The next question or record. False: there is none, or VIEW has a FAULT; what
 * lies behind the last one is a fault too. */
bool dns_view_next(struct dns_view *view, struct dns_view_record *record)
    __attribute__((warn_unused_result));

/* RDATA without pointers: the types that may have them begin with at most two
 * names (RFC 1035 §3.3). */
enum { DNS_VIEW_DATA_MAX = DNS_TCP_MAX + 2 * DNS_NAME_MAX };

/* Writes the RDATA of RECORD, of MESSAGE, with its names in full, and returns
 * its length. */
size_t dns_view_data(struct span message, const struct dns_view_record *record,
    uint8_t out[DNS_VIEW_DATA_MAX]);

/* What an OPT record says (RFC 6891 §6.1). */
struct dns_view_edns {
	bool is_there;
	uint16_t udp_size;
	uint8_t version, extended_rcode; /* the high 8 bits of 12 */
	bool is_dnssec_ok;
	uint16_t flags;      /* DO among them */
	struct span options; /* well made */
};

/* The whole of BYTES is read: what its OPT record says, and its RCODE, the bits
 * of OPT included. Returns NULL, or what is wrong with it; then EDNS and RCODE
 * are those of the part before. */
const char *dns_view_check(
    struct span bytes, struct dns_view_edns *edns, unsigned *rcode);

/* Takes the next option off OPTIONS, which are well made; false: none is left.
 */
bool dns_view_option(struct span *options, uint16_t *code, struct span *data);

#endif
