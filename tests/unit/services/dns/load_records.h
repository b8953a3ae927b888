/*
 * load_records.h — what a load made of a name, as text, and zone files for
 * tests of how the configuration makes zones.
 */
#ifndef TESTS_LOAD_RECORDS_H
#define TESTS_LOAD_RECORDS_H

#include "load_fixture.h"
#include "message_text.h"

/* The zone of NAME, text, in what was loaded last; NULL: none. */
static inline const struct dns_zone *
load_records_zone(const struct load_fixture *fixture, const char *name)
{
	return load_fixture_find(dns_catalog_of(fixture->part), name);
}

/* The records of NAME and TYPE, "TTL TYPE RDATA\n" each, in static memory;
 * "none" where the zone has none, "no zone" where there is no zone. */
static inline const char *
load_records(
    const struct load_fixture *fixture, const char *name, uint16_t type)
{
	static char out[MESSAGE_TEXT_MAX];
	static uint8_t message[DNS_TCP_MAX];
	const struct dns_zone *zone = load_records_zone(fixture, name);
	uint8_t wire[DNS_NAME_MAX], lower[DNS_NAME_MAX];
	size_t len = dns_name_parse(name, wire);

	dns_name_lower(lower, wire, len);
	if (zone == NULL)
		return "no zone";
	if ((zone->flags & DNS_ZONE_FAILED) != 0)
		return "failed";
	const char *error = dns_zone_check(
	    zone, fixture->part.len -
	              (size_t)((const uint8_t *)zone - fixture->part.data));

	message_text_check(error == NULL, error);
	const struct dns_node *node = dns_zone_find(zone, lower, len);
	const struct dns_rrset *rrset =
	    node == NULL ? NULL : dns_node_find(node, type);

	if (rrset == NULL)
		return "none";
	/* As in an answer to a question for that name. */
	size_t start = DNS_HEADER_SIZE + len + 4;

	memcpy(message + DNS_HEADER_SIZE, wire, len);
	memcpy(message + start, dns_rrset_wire(zone, rrset), rrset->wire_len);
	struct message_text text = {
	    .data = message,
	    .len = start + rrset->wire_len,
	    .at = start,
	    .out = out,
	};

	for (unsigned i = 0; i < rrset->count; i++) {
		uint8_t owner[DNS_NAME_MAX];

		message_text_name(&text, owner);
		const uint8_t *fixed =
		    message_text_take(&text, DNS_RECORD_FIXED);

		message_text_add(&text, "%u ", bytes_get32be(fixed + 4));
		message_text_type(&text, type);
		message_text_add(&text, " ");
		message_text_rdata(
		    &text, type, text.at + bytes_get16be(fixed + 8));
	}
	return out;
}

static inline uint32_t
load_records_serial(const struct load_fixture *fixture, const char *name)
{
	return load_records_zone(fixture, name)->serial;
}

#endif
