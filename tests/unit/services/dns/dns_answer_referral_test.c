/* dns_answer_referral_test.c — referrals, glue and additional addresses. The
 * numbers are those of the DNS requirements. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "expect_fixture.h"

#define HEAD "$TTL 3600\n@ SOA a. b 1 2 3 4 5\n@ NS a.\n"

static void
dns_27_28_rfc_9471_3_referrals(void **state)
{
	(void)state;
	static const char *const names[] = {
	    "sub.example", "www.sub.example", "ns.sub.example"};
	static const uint16_t types[] = {
	    DNS_TYPE_A, DNS_TYPE_NS, DNS_TYPE_SOA, DNS_TYPE_ANY};
	for (size_t i = 0; i < 3; i++)
		for (size_t j = 0; j < 4; j++)
			expect(names[i], types[j], DNS_OUTCOME_REFERRAL,
			    "qr NOERROR", EXPECT_SUB);
}

static void
dns_1_rfc_1035_4_1_1_a_referral_behind_an_alias(void **state)
{
	(void)state;
	char text[1024];
	snprintf(text, sizeof(text), "%s%s",
	    "answer into.example. 3600 CNAME host.sub.example.\n", EXPECT_SUB);
	expect("into.example", DNS_TYPE_A, DNS_OUTCOME_REFERRAL,
	    "qr aa NOERROR", text);
}

static void
dns_28_rfc_9471_3_1_glue_or_truncation(void **state)
{
	(void)state;
	assert_int_equal(
	    expect_count("x.many.big.test", DNS_TYPE_A, TRANSPORT_UDP,
	        DNS_OUTCOME_TRUNCATED, "qr tc NOERROR"),
	    1);
	assert_int_equal(expect_count("x.many.big.test", DNS_TYPE_A,
	                     TRANSPORT_TCP, DNS_OUTCOME_REFERRAL, "additional"),
	    30);
}

/* The names behind 16384 bytes cannot be pointed to (RFC 1035 §4.1.4). */
static void
dns_28_rfc_9471_3_1_glue_of_names_that_lie_far_behind(void **state)
{
	enum { SERVERS = 900 };
	static char text[128 * SERVERS] = HEAD;
	size_t len = strlen(text);

	(void)state;
	for (int i = 0; i < SERVERS; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
		    "cut NS ns%d.Cut\nns%d.Cut A 192.0.2.1\n", i, i);
	expect_zone("example", text);
	assert_int_equal(
	    expect_count("x.cut.example", DNS_TYPE_A, TRANSPORT_TCP,
	        DNS_OUTCOME_REFERRAL, " A c0000201"),
	    SERVERS);
	assert_int_equal(expect_count("x.cut.example", DNS_TYPE_A,
	                     TRANSPORT_TCP, DNS_OUTCOME_REFERRAL,
	                     "additional ns899.Cut.example. 3600 A c0000201"),
	    1);
	expect_end();
}

static void
dns_29_rfc_2181_9_addresses_beside_data(void **state)
{
	(void)state;
	expect_data("example", DNS_TYPE_NS,
	    "answer example. 3600 NS ns1.example.\n"
	    "answer example. 3600 NS ns.elsewhere.\n"
	    "additional ns1.example. 3600 A c0000201\n"
	    "additional ns1.example. 3600 AAAA "
	    "20010db8000000000000000000000001\n");
	expect_data("example", DNS_TYPE_MX,
	    "answer example. 3600 MX 10 mail.example.\n"
	    "answer example. 3600 MX 20 mail.example.\n"
	    "additional mail.example. 3600 A c0000219\n");
	expect_data("_http._tcp.example", DNS_TYPE_SRV,
	    "answer _http._tcp.example. 3600 SRV 0 5 80 www.example.\n"
	    "additional www.example. 3600 A c0000250\n");
	expect_data("longer.wmx.example", DNS_TYPE_MX,
	    "answer longer.wmx.example. 3600 MX 5 mail.example.\n"
	    "additional mail.example. 3600 A c0000219\n");
}

static void
dns_29_rfc_2181_9_no_truncation_for_a_courtesy(void **state)
{
	(void)state;
	assert_in_range(expect_count("tight.big.test", DNS_TYPE_MX,
	                    TRANSPORT_UDP, DNS_OUTCOME_NOERROR, "additional"),
	    1, 19);
	assert_int_equal(expect_count("tight.big.test", DNS_TYPE_MX,
	                     TRANSPORT_TCP, DNS_OUTCOME_NOERROR, "additional"),
	    20);
}

/* What lies below a delegation or a DNAME is in the zone, and no answer. */
static void
dns_27_rfc_5936_3_5_occluded_names(void **state)
{
	static const char *const names[] = {"a.sub.example", "x.a.sub.example",
	    "deep.sub.example", "sub.sub.example", "ent.sub.example"};

	(void)state;
	expect_zone("example",
	    "$TTL 60\n@ SOA a. b 1 2 3 4 5\n@ NS a.\nsub NS a.sub\n"
	    "a.sub A 192.0.2.1\na.sub TXT x\ndeep.sub NS a.deep.sub\n"
	    "a.deep.sub A 192.0.2.2\nsub.sub DNAME c\nx.ent.sub CNAME www\n");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		for (uint16_t type = 1; type < 70; type++)
			if (type != DNS_TYPE_OPT)
				expect_referral(names[i], type,
				    "authority sub.example. 60 NS "
				    "a.sub.example.\n"
				    "additional a.sub.example. 60 A "
				    "c0000201\n");
	/* There for whoever takes the whole zone. */
	const struct dns_zone *zone = dns_catalog_zone(*expect_catalog(), 0);
	uint8_t name[DNS_NAME_MAX];
	size_t len = dns_name_parse("a.deep.sub.example", name);
	const struct dns_node *node = dns_zone_find(zone, name, len);

	assert_non_null(node);
	assert_non_null(dns_node_find(node, DNS_TYPE_A));
	expect_end();
}

/* RFC 9471 §3.1: of glue that is in the delegated domain all is given, and TC
 * says that it is not; §3.2: of other glue what fits. */
static void
dns_28_rfc_9471_3_2_sibling_glue_as_it_fits(void **state)
{
	char text[8192] = "$TTL 60\n@ SOA a. b 1 2 3 4 5\n@ NS a.\n"
	                  "sub NS ns.sub\nns.sub A 192.0.2.1\n";

	(void)state;
	for (int i = 0; i < 13; i++)
		snprintf(text + strlen(text), 200,
		    "sub NS ns%d.a-long-sibling\nns%d.a-long-sibling AAAA "
		    "2001:db8::%d\n",
		    i, i, i);
	strcat(text, "a-long-sibling NS ns0.a-long-sibling\n");
	expect_zone("example", text);
	unsigned additional = expect_count("x.sub.example", DNS_TYPE_A,
	    TRANSPORT_UDP, DNS_OUTCOME_REFERRAL, "additional");

	assert_in_range(additional, 1, 13);
	assert_int_equal(
	    expect_count("x.sub.example", DNS_TYPE_A, TRANSPORT_UDP,
	        DNS_OUTCOME_REFERRAL, "additional ns.sub.example. 60 A"),
	    1);
	assert_int_equal(expect_count("x.sub.example", DNS_TYPE_A,
	                     TRANSPORT_TCP, DNS_OUTCOME_REFERRAL, "additional"),
	    14);
	expect_end();
}

/* SVCB is not looked into (RFC 9460 §4.1: MAY); what MX and SRV name in another
 * zone or nowhere has no addresses to give. */
static void
dns_29_rfc_9460_4_1_no_addresses_to_give(void **state)
{
	(void)state;
	expect_zone("example",
	    "$TTL 60\n@ SOA a. b 1 2 3 4 5\n@ NS a.\nm MX 1 nil\n"
	    "n MX 0 .\no MX 1 w.other.\ns SRV 0 0 0 sub.sub\nsub NS a.\n"
	    "sub.sub A 192.0.2.1\nwww A 192.0.2.2\n");
	expect_data("m.example", DNS_TYPE_MX,
	    "answer m.example. 60 MX 1 nil.example.\n");
	expect_data("n.example", DNS_TYPE_MX, "answer n.example. 60 MX 0 .\n");
	expect_data(
	    "o.example", DNS_TYPE_MX, "answer o.example. 60 MX 1 w.other.\n");
	/* Nor what lies below a delegation. */
	expect_data("s.example", DNS_TYPE_SRV,
	    "answer s.example. 60 SRV 0 0 0 sub.sub.example.\n");
	expect_end();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dns_27_28_rfc_9471_3_referrals),
	    cmocka_unit_test(dns_1_rfc_1035_4_1_1_a_referral_behind_an_alias),
	    cmocka_unit_test(dns_28_rfc_9471_3_1_glue_or_truncation),
	    cmocka_unit_test(
	        dns_28_rfc_9471_3_1_glue_of_names_that_lie_far_behind),
	    cmocka_unit_test(dns_29_rfc_2181_9_addresses_beside_data),
	    cmocka_unit_test(dns_29_rfc_2181_9_no_truncation_for_a_courtesy),
	    cmocka_unit_test(dns_27_rfc_5936_3_5_occluded_names),
	    cmocka_unit_test(dns_28_rfc_9471_3_2_sibling_glue_as_it_fits),
	    cmocka_unit_test(dns_29_rfc_9460_4_1_no_addresses_to_give),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
