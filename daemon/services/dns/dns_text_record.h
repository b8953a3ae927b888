/* dns_text_record.h — records as lines of a master file (RFC 1035 §5.1). Pure;
 * any process. */
#ifndef NETLAB_SERVICES_DNS_TEXT_RECORD_H
#define NETLAB_SERVICES_DNS_TEXT_RECORD_H

#include "services/dns/dns_text.h"

/*
 * Writes the RDATA of TYPE that lies from AT on, LEN bytes, in MESSAGE, to
 * which the names in it may point back; at 0 it lies alone, without pointers.
 * What is not made as its type demands is written in hexadecimal, as that of
 * unknown types (RFC 3597 §5): read as part of a master file, the text makes
 * the same bytes. There is room for all of it in DNS_TEXT_MAX.
 */
void dns_text_record_data(struct dns_text *text, uint16_t type,
    const uint8_t *message, size_t at, size_t len);

/* Whether all of the RDATA is there: no number, address, string or name of it
 * is cut off, names are names, and nothing is left behind them. Types that are
 * not known, and fields that take all that is left, are not looked into. */
bool dns_text_record_data_is_whole(uint16_t type, const uint8_t *message,
    size_t at, size_t len) __attribute__((warn_unused_result));

/* A whole record: NAME, whole and valid, TTL, class IN, TYPE and the RDATA as
 * above, tabs between them; without an end of line. */
struct dns_text_record {
	const uint8_t *name;
	uint32_t ttl;
	uint16_t type;
	const uint8_t *message;
	size_t at, len;
};
void dns_text_record(
    struct dns_text *text, const struct dns_text_record *record);

#endif
