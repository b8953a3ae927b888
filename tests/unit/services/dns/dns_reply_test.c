/* dns_reply_test.c — the numbers are those of the DNS requirements. */
#include "services/dns/dns_reply.h"

#include "example_zones.h"
#include "message_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

static const char query_bytes[] =
    "\x12\x34\1\0\0\1\0\0\0\0\0\1\3wWw\7eXample\0\0\1\0\1"
    "\0\0\51\2\0\0\0\200\0\0\0";

static struct dns_message query;
static uint8_t out[1232];
static const struct dns_zone *zone;

static struct dns_reply
begin(void)
{
	struct span bytes = {
	    (const uint8_t *)query_bytes, sizeof(query_bytes) - 1};
	struct dns_reply reply;

	assert_int_equal(dns_message_parse(bytes, &query), DNS_MESSAGE_QUERY);
	dns_reply_begin(&reply, &query, (struct space){out, sizeof(out)}, 512);
	return reply;
}

static const char *
finish(struct dns_reply *reply)
{
	static char text[MESSAGE_TEXT_MAX];

	return message_text(out, dns_reply_finish(reply), text);
}

static void
empty(void **state)
{
	(void)state;
	struct dns_reply reply = begin();
	assert_string_equal(
	    finish(&reply), "qr rd NOERROR\n? wWw.eXample. A\nopt 1232 do\n");
	assert_memory_equal(out + 12, query_bytes + 12, 18);
}

static void
high_rcode(void **state)
{
	(void)state;
	struct dns_reply reply = begin();
	reply.rcode = DNS_RCODE_BADVERS;
	assert_string_equal(finish(&reply),
	    "qr rd NOERROR\n? wWw.eXample. A\nopt 1232 do BADVERS\n");
}

/* The apex lies in the question, eight bytes before its end. */
static void
elsewhere_in_the_message(void **state)
{
	(void)state;
	struct dns_reply reply = begin();
	struct dns_owner apex = dns_reply_suffix(dns_reply_qname(), 4);
	assert_true(dns_reply_add(
	    &reply, DNS_REPLY_AUTHORITY, zone, &zone->negative, &apex));
	assert_string_equal(finish(&reply),
	    "qr rd NOERROR\n? wWw.eXample. A\n"
	    "authority eXample. 300 SOA ns1.eXample. host.eXample. 7 7200 "
	    "3600 604800 300\nopt 1232 do\n");
}

static void
full(void **state)
{
	(void)state;
	struct dns_reply reply = begin();
	struct dns_owner apex = dns_reply_suffix(dns_reply_qname(), 4);
	size_t before;
	do
		before = reply.len;
	while (dns_reply_add(
	    &reply, DNS_REPLY_AUTHORITY, zone, &zone->negative, &apex));
	assert_int_equal(reply.len, before);
	finish(&reply);
	assert_in_range(reply.len, 512 - zone->negative.wire_len, 512);
}

static void
suffixes(void **state)
{
	(void)state;
	/* Six bytes of labels at 100, the rest of the name at 20. */
	const struct dns_owner name = {
	    .owner = 100, .head = 100, .head_len = 6, .tail = 20};
	struct dns_owner part = dns_reply_suffix(name, 4);
	assert_int_equal(part.owner, 104);
	assert_int_equal(part.head, 104);
	assert_int_equal(part.head_len, 2);
	assert_int_equal(part.tail, 20);
	part = dns_reply_suffix(name, 6);
	assert_int_equal(part.owner, 20);
	assert_int_equal(part.head_len, 0);
	part = dns_reply_suffix(name, 9);
	assert_int_equal(part.owner, 23);
	assert_int_equal(part.tail, 23);
}

static int
load_zone(void **state)
{
	(void)state;
	zone = dns_catalog_zone(
	    zone_fixture_load(example_zones, EXAMPLE_ZONES), 0);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("DNS 1, DNS 3, DNS 38, RFC 6891 §6.1.1: header, question, OPT",
	        empty),
	    TEST("DNS 38, RFC 6891 §6.1.3: the RCODE's high bits", high_rcode),
	    TEST("DNS 36, RFC 1035 §4.1.4: pointers are moved",
	        elsewhere_in_the_message),
	    TEST("DNS 30, DNS 39, RFC 2181 §9: whole or not at all", full),
	    TEST("a name in two pieces, its beginning left out", suffixes),
	};
	return cmocka_run_group_tests_name("dns_reply", tests, load_zone, NULL);
}
