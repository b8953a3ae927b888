/*
 * dns_reply.h — a response being written: header, question, records, OPT. Pure;
 * used in workers.
 */
#ifndef NETLAB_SERVICES_DNS_REPLY_H
#define NETLAB_SERVICES_DNS_REPLY_H

#include "services/dns/dns_message.h"
#include "services/dns/dns_rrset.h"

enum dns_reply_section {
	DNS_REPLY_ANSWER,
	DNS_REPLY_AUTHORITY,
	DNS_REPLY_ADDITIONAL,
};

enum { DNS_REPLY_SECTIONS = 3 };

struct dns_reply {
	const struct dns_message *query; /* borrowed */
	uint8_t *data;                   /* the message's first byte */
	size_t len;                      /* written so far */
	size_t limit;   /* for LEN: room for the OPT record is kept */
	size_t end;     /* of the room: the OPT's options are kept before it */
	uint16_t flags; /* DNS_FLAG_AA and DNS_FLAG_TC, as it goes on */
	uint16_t rcode; /* DNS_RCODE_… */
	uint16_t ede;   /* DNS_EDE_…: said with EDNS, where there is room */
	uint16_t options_len; /* of the OPT record */
	uint16_t counts[DNS_REPLY_SECTIONS];
};

/*
 * Begins the response to QUERY in OUT, at most MAX bytes of it (at least 512):
 * copies the question, byte for byte (0x20, RFC 4343 §4.1), where there is one.
 * Borrows both.
 */
void dns_reply_begin(struct dns_reply *reply, const struct dns_message *query,
    struct space out, size_t max);

/*
 * Appends RRSET of ZONE, whose owner's name lies at OWNER in the message, whole
 * or, when it does not fit, not at all: then false (RFC 2181 §9). To a query
 * with DO its signatures are part of it (RFC 4035 §3.1.1). Sections are filled
 * in their order.
 */
bool dns_reply_add(struct dns_reply *reply, enum dns_reply_section section,
    const struct dns_zone *zone, const struct dns_rrset *rrset,
    const struct dns_owner *owner) __attribute__((warn_unused_result));

/* The same for RRSET without its signatures: glue, which is not signed, and
 * additional data whose signatures did not fit. */
bool dns_reply_add_unsigned(struct dns_reply *reply,
    enum dns_reply_section section, const struct dns_zone *zone,
    const struct dns_rrset *rrset, const struct dns_owner *owner)
    __attribute__((warn_unused_result));

/* The same for the signatures of RRSET alone, whether DO is set or not. */
bool dns_reply_add_signatures(struct dns_reply *reply,
    enum dns_reply_section section, const struct dns_zone *zone,
    const struct dns_rrset *rrset, const struct dns_owner *owner)
    __attribute__((warn_unused_result));

/* The same for RRSET with its signatures, and in front of it its owner's name,
 * which the message does not hold yet. RRSET has no fixes. */
bool dns_reply_add_spelled(struct dns_reply *reply,
    enum dns_reply_section section, const struct dns_zone *zone,
    const struct dns_rrset *rrset, const struct dns_spelled_owner *owner)
    __attribute__((warn_unused_result));

/*
 * Gives the OPT record an option of CODE and LEN bytes, and keeps the room for
 * it. Returns the place of the option's data, which the caller fills before
 * anything else is added; NULL: the query had no EDNS, or there is no room.
 */
uint8_t *dns_reply_option(struct dns_reply *reply, uint16_t code, size_t len)
    __attribute__((warn_unused_result));

/* Writes the header, and the OPT record if and only if the query had one (RFC
 * 6891 §6.1.1). Returns the response's length. */
size_t dns_reply_finish(struct dns_reply *reply);

/* Where the question's name lies. */
static inline struct dns_owner
dns_reply_qname(void)
{
	return (struct dns_owner){
	    .owner = DNS_HEADER_SIZE,
	    .tail = DNS_HEADER_SIZE,
	};
}

/* NAME without its first SKIP bytes. */
static inline struct dns_owner
dns_reply_suffix(struct dns_owner name, size_t skip)
{
	if (skip < name.head_len) {
		name.head = (uint16_t)(name.head + skip);
		name.head_len = (uint16_t)(name.head_len - skip);
		name.owner = name.head;
		return name;
	}
	name.tail += (int32_t)(skip - name.head_len);
	name.head_len = 0;
	name.owner = (uint16_t)name.tail;
	return name;
}

#endif
