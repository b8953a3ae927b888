/* dns_additional_test.c — the numbers are those of the DNS requirements. */
#include "services/dns/dns_additional.h"

#include "services/dns/dns_lookup.h"

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

static const struct dns_zone *zone;

/* A reply that holds one RRset: of the question's own name. */
struct run {
	uint8_t bytes[300];
	uint8_t out[DNS_UDP_MAX];
	struct dns_message query;
	struct dns_reply reply;
	const struct dns_rrset *rrset;
	size_t at;
};

static void
put(struct run *run, const char *name, uint16_t type)
{
	memset(run, 0, sizeof(*run));
	run->bytes[5] = 1;
	size_t len = dns_name_parse(name, run->bytes + 12);
	run->bytes[12 + len + 1] = (uint8_t)type;
	run->bytes[12 + len + 3] = DNS_CLASS_IN;
	struct span bytes = {run->bytes, 16 + len};
	assert_int_equal(
	    dns_message_parse(bytes, &run->query), DNS_MESSAGE_QUERY);
	dns_reply_begin(&run->reply, &run->query,
	    (struct space){run->out, sizeof(run->out)}, DNS_UDP_MAX);
	run->rrset =
	    dns_node_find(dns_zone_find(zone, run->query.qname, len), type);
	run->at = run->reply.len;
	struct dns_owner owner = dns_reply_qname();
	assert_true(dns_reply_add(
	    &run->reply, DNS_REPLY_ANSWER, zone, run->rrset, &owner));
}

static void
expect_additional(struct run *run, const char *records)
{
	static char text[MESSAGE_TEXT_MAX];

	(void)message_text(run->out, dns_reply_finish(&run->reply), text);
	const char *from = strstr(text, "additional");
	assert_string_equal(from != NULL ? from : "", records);
}

static void
each_host_once(void **state)
{
	(void)state;
	struct run run;
	put(&run, "example", DNS_TYPE_MX);
	dns_additional_data(&run.reply, zone, run.rrset, run.at);
	expect_additional(&run, "additional mail.example. 3600 A c0000219\n");
}

static void
what_fits(void **state)
{
	(void)state;
	struct run run;
	put(&run, "example", DNS_TYPE_NS);
	run.reply.limit = run.reply.len + 16; /* one A, no AAAA */
	dns_additional_data(&run.reply, zone, run.rrset, run.at);
	expect_additional(&run, "additional ns1.example. 3600 A c0000201\n");
}

static void
not_below_a_cut(void **state)
{
	(void)state;
	struct run run;
	put(&run, "sub.example", DNS_TYPE_NS);
	dns_additional_data(&run.reply, zone, run.rrset, run.at);
	expect_additional(&run, "");
}

static void
glue(void **state)
{
	(void)state;
	struct run run;
	put(&run, "sub.example", DNS_TYPE_NS);
	assert_true(dns_additional_glue(&run.reply, zone, run.rrset, run.at));
	expect_additional(&run, "additional ns.sub.example. 3600 A c0000235\n"
	                        "additional ns.sub.example. 3600 AAAA "
	                        "20010db8000000000000000000000053\n"
	                        "additional ns.sib.example. 3600 A c0000236\n");
}

static void
glue_short(void **state)
{
	(void)state;
	struct run run;
	/* 16 + 28 bytes are needed, 16 more are welcome. */
	put(&run, "sub.example", DNS_TYPE_NS);
	run.reply.limit = run.reply.len + 44;
	assert_true(dns_additional_glue(&run.reply, zone, run.rrset, run.at));
	put(&run, "sub.example", DNS_TYPE_NS);
	run.reply.limit = run.reply.len + 43;
	assert_false(dns_additional_glue(&run.reply, zone, run.rrset, run.at));
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
	    TEST("DNS 29: a host that two records name", each_host_once),
	    TEST("DNS 29, RFC 2181 §9: what fits, and no more", what_fits),
	    TEST("DNS 27: addresses below a cut are no data", not_below_a_cut),
	    TEST(
	        "DNS 28, RFC 9471 §3.1, §3.2: glue, the cut's own first", glue),
	    TEST(
	        "DNS 28, RFC 9471 §3.1: which glue may be missing", glue_short),
	};
	return cmocka_run_group_tests_name(
	    "dns_additional", tests, load_zone, NULL);
}
