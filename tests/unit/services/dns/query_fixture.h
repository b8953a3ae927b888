/*
 * query_fixture.h — queries put together piece by piece, and their answers as
 * text, from the example zones and settings that a test changes. Include
 * cmocka.h before it.
 */
#ifndef TESTS_QUERY_FIXTURE_H
#define TESTS_QUERY_FIXTURE_H

#include "services/dns/dns_answer.h"

#include "example_zones.h"
#include "message_text.h"

#include <arpa/inet.h>

struct query {
	uint8_t bytes[1024];
	size_t len;
	size_t opt_at; /* of the OPT record; 0: none */
};

struct query_fixture {
	struct dns_catalog *catalog;
	struct dns_settings *settings; /* the catalog's */
	struct dns_context context;
	struct addr peer;
	uint8_t reply[DNS_TCP_MAX];
	size_t reply_len;
	char text[MESSAGE_TEXT_MAX];
};

/* The whole test program's; UDP from 198.51.100.100, no settings. */
static inline struct query_fixture *
query_fixture(void)
{
	static struct query_fixture fixture;

	if (fixture.catalog == NULL) {
		fixture.catalog =
		    (struct dns_catalog *)(uintptr_t)zone_fixture_load(
		        example_zones, EXAMPLE_ZONES);
		fixture.settings = &fixture.catalog->settings;
	}
	memset(fixture.settings, 0, sizeof(*fixture.settings));
	fixture.peer = (struct addr){
	    .in4 = {.sin_family = AF_INET,
	        .sin_addr.s_addr = inet_addr("198.51.100.100")},
	    .len = sizeof(struct sockaddr_in),
	};
	fixture.context = (struct dns_context){
	    .catalog = fixture.catalog,
	    .peer = &fixture.peer,
	    .now = 1559731985,
	};
	return &fixture;
}

static inline void
query_add(struct query *query, const void *data, size_t len)
{
	if (len > sizeof(query->bytes) - query->len)
		abort();
	memcpy(query->bytes + query->len, data, len);
	query->len += len;
}

/* A header alone, without anything behind it. */
static inline struct query
query_header(uint16_t flags)
{
	struct query query = {.bytes = {0x12, 0x34}, .len = DNS_HEADER_SIZE};

	bytes_put16be(query.bytes + 2, flags);
	return query;
}

static inline struct query
query_for_class(const char *name, uint16_t qtype, uint16_t qclass)
{
	struct query query = query_header(0);
	uint8_t wire[DNS_NAME_MAX], fixed[4];

	bytes_put16be(fixed, qtype);
	bytes_put16be(fixed + 2, qclass);
	query_add(&query, wire, dns_name_parse(name, wire));
	query_add(&query, fixed, sizeof(fixed));
	query.bytes[5] = 1;
	return query;
}

static inline struct query
query_for(const char *name, uint16_t qtype)
{
	return query_for_class(name, qtype, DNS_CLASS_IN);
}

/* An OPT record: the client takes SIZE bytes; version and flags in TTL. */
static inline void
query_add_opt(struct query *query, uint16_t size, uint32_t ttl)
{
	uint8_t opt[11] = {0, 0, DNS_TYPE_OPT};

	bytes_put16be(opt + 3, size);
	bytes_put32be(opt + 5, ttl);
	query->opt_at = query->len;
	query->bytes[11]++;
	query_add(query, opt, sizeof(opt));
}

/* An option of the OPT record that was added last. */
static inline void
query_add_option(
    struct query *query, uint16_t code, const void *data, size_t len)
{
	uint8_t head[4], *size = query->bytes + query->opt_at + 9;

	bytes_put16be(head, code);
	bytes_put16be(head + 2, (uint16_t)len);
	query_add(query, head, sizeof(head));
	query_add(query, data, len);
	bytes_put16be(size, (uint16_t)(bytes_get16be(size) + 4 + len));
}

/* The reply to QUERY as text; it ends with OUTCOME. */
static inline const char *
query_answer(
    struct query_fixture *fixture, const struct query *query, unsigned outcome)
{
	size_t cap = fixture->context.transport == TRANSPORT_TCP ? DNS_TCP_MAX
	                                                         : DNS_UDP_MAX;
	struct dns_answer answer = dns_answer(&fixture->context,
	    (struct span){query->bytes, query->len},
	    (struct space){fixture->reply, cap});

	assert_int_equal(answer.outcome, outcome);
	assert_true(answer.len <= cap);
	fixture->reply_len = answer.len;
	if (answer.len == 0)
		return "silent";
	return message_text(fixture->reply, answer.len, fixture->text);
}

#endif
