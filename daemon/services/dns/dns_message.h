/*
 * dns_message.h — a query, taken apart strictly and in one pass (RFC 1035 §4,
 * RFC 6891). Pure; used in workers.
 */
#ifndef NETLAB_SERVICES_DNS_MESSAGE_H
#define NETLAB_SERVICES_DNS_MESSAGE_H

#include "core/span.h"
#include "services/dns/dns_wire.h"

#include <stdbool.h>
#include <stdint.h>

/* What to do with a message. */
enum dns_message_kind {
	DNS_MESSAGE_QUERY,  /* one question, to be answered */
	DNS_MESSAGE_FETCH,  /* none, but a COOKIE option (RFC 7873 §5.4) */
	DNS_MESSAGE_CHANGE, /* NOTIFY or UPDATE: understood, not allowed */
	DNS_MESSAGE_SILENT, /* no header, or itself a response: no reply ever */
	DNS_MESSAGE_FORMERR, /* not as the RFCs say */
	DNS_MESSAGE_NOTIMP,  /* any other opcode */
	DNS_MESSAGE_BADVERS, /* EDNS above version 0 (RFC 6891 §6.1.3) */
};

/* The options that we know, as bits; each counts once. */
enum dns_message_option {
	DNS_MESSAGE_COOKIE = 1 << 0,
	DNS_MESSAGE_NSID = 1 << 1,
	DNS_MESSAGE_KEEPALIVE = 1 << 2,
	DNS_MESSAGE_TIMEOUT = 1 << 3, /* a keepalive that holds data, which only
	                                 a server's may (RFC 7828 §3.1) */
};

/*
 * A query's parts. All but BYTES and FLAGS is only filled in as far as the
 * message could be read: HAS_QUESTION says whether the question was whole, and
 * OPTIONS are to be trusted only where the message is neither malformed nor of
 * another version.
 */
struct dns_message {
	struct span bytes;     /* the message, borrowed */
	uint16_t flags;        /* the header's, as sent */
	uint16_t question_end; /* offset of what follows the question; 12 where
	                          there is none */
	uint16_t qtype, qclass;
	uint16_t udp_size;  /* what the client takes; at least 512 (§6.2.3) */
	uint16_t tsig_at;   /* offset of the TSIG record; 0: there is none */
	struct span cookie; /* the COOKIE option's data, of any length, where
	                       OPTIONS has it */
	uint8_t options;    /* enum dns_message_option; 0 for most queries */
	bool has_question;
	bool has_edns;
	bool is_dnssec_ok;   /* DO (RFC 3225) */
	uint8_t qname_len;   /* in bytes, the root's included */
	uint8_t label_count; /* without the root's */
	uint8_t label_at[DNS_LABEL_COUNT_MAX + 1]; /* offsets in QNAME, the
	                                              root's last */
	uint8_t qname[DNS_NAME_MAX]; /* wire form, ASCII letters in lower case
	                              */
};

/*
 * Takes BYTES apart into MESSAGE, which borrows them. Every length is checked
 * against what is there; names in a question may not be compressed, since
 * there is nothing before them to point at, and other names are skipped, never
 * followed, so that no message can make this loop.
 */
enum dns_message_kind dns_message_parse(struct span bytes,
    struct dns_message *message) __attribute__((warn_unused_result));

#endif
