/*
 * expect_fixture.h — one question and the reply that is expected to it, as
 * text. Include cmocka.h before it.
 */
#ifndef TESTS_EXPECT_FIXTURE_H
#define TESTS_EXPECT_FIXTURE_H

#include "query_fixture.h"

/* The SOA of a negative answer from the first of the example zones. */
#define EXPECT_SOA                                                             \
	"authority example. 300 SOA ns1.example. host.example. 7 7200 3600 "   \
	"604800 300\n"

/* The referral to sub.example. in it. */
#define EXPECT_SUB                                                             \
	"authority sub.example. 3600 NS ns.sub.example.\n"                     \
	"authority sub.example. 3600 NS ns.sib.example.\n"                     \
	"additional ns.sub.example. 3600 A c0000235\n"                         \
	"additional ns.sub.example. 3600 AAAA "                                \
	"20010db8000000000000000000000053\n"                                   \
	"additional ns.sib.example. 3600 A c0000236\n"

/* The catalog that is asked; NULL: the example zones. */
static inline const struct dns_catalog **
expect_catalog(void)
{
	static const struct dns_catalog *catalog;

	return &catalog;
}

/* Asks the example zones again. */
static inline void
expect_end(void)
{
	free((void *)(uintptr_t)*expect_catalog());
	*expect_catalog() = NULL;
}

/* Asks TEXT, a zone of this NAME, until expect_end. */
static inline void
expect_zone(const char *name, const char *text)
{
	const struct zone_fixture zone = {.name = name, .text = text};

	expect_end();
	*expect_catalog() = zone_fixture_load(&zone, 1);
}

static inline struct query_fixture *
expect_fixture(void)
{
	struct query_fixture *fixture = query_fixture();

	if (*expect_catalog() != NULL)
		fixture->context.catalog = *expect_catalog();
	return fixture;
}

/* Asks for NAME and QTYPE by UDP: the reply is the line FIRST, the question
 * byte for byte, and REST. Returns where it lies. */
static inline const struct query_fixture *
expect(const char *name, uint16_t qtype, unsigned outcome, const char *first,
    const char *rest)
{
	struct query_fixture *fixture = expect_fixture();
	struct query query = query_for(name, qtype);
	char *got = (char *)(uintptr_t)query_answer(fixture, &query, outcome);
	char *question = strchr(got, '\n');

	assert_non_null(question);
	assert_memory_equal(
	    fixture->reply + 12, query.bytes + 12, query.len - 12);
	*question++ = '\0';
	assert_string_equal(got, first);
	assert_string_equal(strchr(question, '\n') + 1, rest);
	return fixture;
}

static inline const struct query_fixture *
expect_data(const char *name, uint16_t qtype, const char *records)
{
	return expect(
	    name, qtype, DNS_OUTCOME_NOERROR, "qr aa NOERROR", records);
}

static inline void
expect_nodata(const char *name, uint16_t qtype, const char *soa)
{
	expect(name, qtype, DNS_OUTCOME_NODATA, "qr aa NOERROR", soa);
}

static inline void
expect_nxdomain(const char *name, uint16_t qtype, const char *soa)
{
	expect(name, qtype, DNS_OUTCOME_NXDOMAIN, "qr aa NXDOMAIN", soa);
}

static inline void
expect_referral(const char *name, uint16_t qtype, const char *records)
{
	expect(name, qtype, DNS_OUTCOME_REFERRAL, "qr NOERROR", records);
}

/* How often WORD stands in the reply to NAME and QTYPE over TRANSPORT. */
static inline unsigned
expect_count(const char *name, uint16_t qtype, enum transport transport,
    unsigned outcome, const char *word)
{
	struct query_fixture *fixture = expect_fixture();
	struct query query = query_for(name, qtype);
	unsigned count = 0;

	fixture->context.transport = transport;
	const char *text = query_answer(fixture, &query, outcome);

	while ((text = strstr(text, word)) != NULL) {
		text++;
		count++;
	}
	return count;
}

#endif
