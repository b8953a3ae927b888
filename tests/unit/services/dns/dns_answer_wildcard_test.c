/* dns_answer_wildcard_test.c — wildcards (RFC 4592). The numbers are those of
 * the DNS requirements. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "expect_fixture.h"

static void
dns_18_21_rfc_4592_3_3_1_wildcards(void **state)
{
	(void)state;
	expect_data("a.wild.example", DNS_TYPE_A,
	    "answer a.wild.example. 3600 A c0000263\n");
	expect_data("q.a.longer.wild.example", DNS_TYPE_A,
	    "answer q.a.longer.wild.example. 3600 A c0000263\n");
	expect_data("*.wild.example", DNS_TYPE_A,
	    "answer *.wild.example. 3600 A c0000263\n");
	expect_nodata("a.wild.example", DNS_TYPE_MX, EXPECT_SOA);
}

static void
dns_19_rfc_4592_2_2_1_what_blocks_a_wildcard(void **state)
{
	(void)state;
	expect_nodata("exact.wild.example", DNS_TYPE_A, EXPECT_SOA);
	expect_nxdomain("x.exact.wild.example", DNS_TYPE_A, EXPECT_SOA);
	expect_nodata("b.wild.example", DNS_TYPE_A, EXPECT_SOA);
	expect_nxdomain("x.b.wild.example", DNS_TYPE_A, EXPECT_SOA);
	expect_nxdomain("x.*.wild.example", DNS_TYPE_A, EXPECT_SOA);
}

static void
dns_20_rfc_4592_4_9_a_wildcard_without_data(void **state)
{
	(void)state;
	expect_nodata("x.went.example", DNS_TYPE_TXT, EXPECT_SOA);
	expect_nodata("*.went.example", DNS_TYPE_TXT, EXPECT_SOA);
}

static void
dns_22_rfc_4592_3_3_3_wildcard_aliases(void **state)
{
	(void)state;
	expect_data("any.thing.walias.example", DNS_TYPE_A,
	    "answer any.thing.walias.example. 3600 CNAME www.example.\n"
	    "answer www.example. 3600 A c0000250\n");
	expect_data("q.wloop.example", DNS_TYPE_A,
	    "answer q.wloop.example. 3600 CNAME x.wloop.example.\n"
	    "answer x.wloop.example. 3600 CNAME x.wloop.example.\n");
	expect_data("q.wdeep.example", DNS_TYPE_A,
	    "answer q.wdeep.example. 3600 CNAME a.long.way.off.wild.example.\n"
	    "answer a.long.way.off.wild.example. 3600 A c0000263\n");
}

/* RFC 4592 §2.2.1: the example zone, and each of its questions. */
static void
dns_18_19_20_21_rfc_4592_2_2_1_the_example_zone(void **state)
{
	(void)state;
#define SOA "authority example. 3600 SOA ns.example.com. h. 1 2 3 4 3600\n"
	expect_zone("example",
	    "$TTL 3600\n@ SOA ns.example.com. h. 1 2 3 4 3600\n"
	    "@ NS ns.example.com.\n@ NS ns.example.net.\n"
	    "* TXT \"this is a wildcard\"\n* MX 10 host1\n"
	    "sub.* TXT \"this is not a wildcard\"\nhost1 A 192.0.2.1\n"
	    "_ssh._tcp.host1 SRV 0 0 22 host1\n"
	    "_ssh._tcp.host2 SRV 0 0 22 host1\n"
	    "subdel NS ns.example.com.\nsubdel NS ns.example.net.\n");
	/* Synthesised. */
	expect_data("host3.example", DNS_TYPE_MX,
	    "answer host3.example. 3600 MX 10 host1.example.\n"
	    "additional host1.example. 3600 A c0000201\n");
	expect_nodata("host3.example", DNS_TYPE_A, SOA);
	expect_data("foo.bar.example", DNS_TYPE_TXT,
	    "answer foo.bar.example. 3600 TXT "
	    "1274686973206973206120776"
	    "96c6463617264\n");
	/* Not synthesised. */
	expect_nodata("host1.example", DNS_TYPE_MX, SOA);
	expect_nodata("sub.*.example", DNS_TYPE_MX, SOA);
	expect_nxdomain("_telnet._tcp.host1.example", DNS_TYPE_SRV, SOA);
	expect_referral("host.subdel.example", DNS_TYPE_A,
	    "authority subdel.example. 3600 NS ns.example.com.\n"
	    "authority subdel.example. 3600 NS ns.example.net.\n");
	expect_nxdomain("ghost.*.example", DNS_TYPE_MX, SOA);
	/* Beside the table: what blocks, at each level, and the name itself. */
	expect_nodata("_tcp.host1.example", DNS_TYPE_TXT, SOA);
	expect_nodata("host2.example", DNS_TYPE_TXT, SOA);
	expect_nxdomain("x.host2.example", DNS_TYPE_TXT, SOA);
	expect_data("*.example", DNS_TYPE_MX,
	    "answer *.example. 3600 MX 10 host1.example.\n"
	    "additional host1.example. 3600 A c0000201\n");
	expect_end();
#undef SOA
}

/* The owner is the question's name byte for byte, 255 of them at the most. */
static void
dns_18_rfc_4592_3_3_1_at_any_depth(void **state)
{
	char name[300] = "", asked[400], answer[500];

	(void)state;
	for (unsigned labels = 1; labels <= 115; labels++) {
		memmove(name + 2, name, strlen(name) + 1);
		memcpy(name, labels % 2 == 0 ? "q." : "R.", 2);
		snprintf(asked, sizeof(asked), "%swild.Example", name);
		snprintf(answer, sizeof(answer), "answer %s. 3600 A c0000263\n",
		    asked);
		expect_data(asked, DNS_TYPE_A, answer);
	}
}

/* A wildcard's own name is found; as a label elsewhere it is one of many. */
static void
dns_21_rfc_4592_2_1_1_an_asterisk_is_a_label(void **state)
{
	(void)state;
	expect_data("*.wild.example", DNS_TYPE_A,
	    "answer *.wild.example. 3600 A c0000263\n");
	expect_data("*.walias.example", DNS_TYPE_CNAME,
	    "answer *.walias.example. 3600 CNAME www.example.\n");
	expect_data("x*.wild.example", DNS_TYPE_A,
	    "answer x*.wild.example. 3600 A c0000263\n");
	expect_data("*.x.wild.example", DNS_TYPE_A,
	    "answer *.x.wild.example. 3600 A c0000263\n");
	expect_nxdomain("*.www.example", DNS_TYPE_A, EXPECT_SOA);
	expect_nodata("*.wild.example", DNS_TYPE_MX, EXPECT_SOA);
}

/* A wildcard below a delegation is not ours to expand. */
static void
dns_19_rfc_4592_4_2_below_a_delegation(void **state)
{
	(void)state;
	expect_zone("example",
	    "$TTL 60\n@ SOA a. b 1 2 3 4 5\n@ NS a.\nsub NS a.\n"
	    "*.sub A 192.0.2.1\nd DNAME e\n* TXT x\n");
	expect_referral(
	    "x.sub.example", DNS_TYPE_A, "authority sub.example. 60 NS a.\n");
	expect_referral(
	    "*.sub.example", DNS_TYPE_A, "authority sub.example. 60 NS a.\n");
	/* And a DNAME is followed where a wildcard stands beside it. */
	expect_data("x.d.example", DNS_TYPE_TXT,
	    "answer d.example. 60 DNAME e.example.\n"
	    "answer x.d.example. 60 CNAME x.e.example.\n"
	    "answer x.e.example. 60 TXT 0178\n");
	expect_end();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dns_18_21_rfc_4592_3_3_1_wildcards),
	    cmocka_unit_test(dns_19_rfc_4592_2_2_1_what_blocks_a_wildcard),
	    cmocka_unit_test(dns_20_rfc_4592_4_9_a_wildcard_without_data),
	    cmocka_unit_test(dns_22_rfc_4592_3_3_3_wildcard_aliases),
	    cmocka_unit_test(dns_18_19_20_21_rfc_4592_2_2_1_the_example_zone),
	    cmocka_unit_test(dns_18_rfc_4592_3_3_1_at_any_depth),
	    cmocka_unit_test(dns_19_rfc_4592_4_2_below_a_delegation),
	    cmocka_unit_test(dns_21_rfc_4592_2_1_1_an_asterisk_is_a_label),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
