/* dns_answer_names_test.c — which names exist, and what is said of those that
 * do not. The numbers are those of the DNS requirements. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "expect_fixture.h"

static void
dns_13_rfc_1034_4_3_2_out_of_zone(void **state)
{
	(void)state;
	expect(
	    "www.elsewhere", DNS_TYPE_A, DNS_OUTCOME_REFUSED, "qr REFUSED", "");
	expect(".", DNS_TYPE_NS, DNS_OUTCOME_REFUSED, "qr REFUSED", "");
	expect("notexample", DNS_TYPE_A, DNS_OUTCOME_REFUSED, "qr REFUSED", "");
	expect(
	    "www.broken", DNS_TYPE_A, DNS_OUTCOME_SERVFAIL, "qr SERVFAIL", "");
}

static void
dns_14_15_rfc_2308_2_2_nodata(void **state)
{
	(void)state;
	expect_nodata("www.example", DNS_TYPE_MX, EXPECT_SOA);
	expect_nodata("example", DNS_TYPE_A, EXPECT_SOA);
	expect_nodata("ent.example", DNS_TYPE_TXT, EXPECT_SOA);
	expect_nodata("y.ent.example", DNS_TYPE_ANY, EXPECT_SOA);
	expect_nodata("wild.example", DNS_TYPE_A, EXPECT_SOA);
}

static void
dns_14_15_rfc_8020_2_nxdomain(void **state)
{
	(void)state;
	expect_nxdomain("nowhere.example", DNS_TYPE_A, EXPECT_SOA);
	expect_nxdomain("a.b.c.d.e.f.www.example", DNS_TYPE_A, EXPECT_SOA);
	expect_nxdomain("below.x.y.ent.example", DNS_TYPE_A, EXPECT_SOA);
}

static void
dns_16_rfc_4035_3_1_4_1_a_zone_within_a_zone(void **state)
{
	(void)state;
	expect_data("a.child.example", DNS_TYPE_A,
	    "answer a.child.example. 60 A c0000207\n");
	expect("x.child.example", DNS_TYPE_A, DNS_OUTCOME_NXDOMAIN,
	    "qr aa NXDOMAIN",
	    "authority child.example. 5 SOA a.child.example. "
	    "b.child.example. 1 2 3 4 5\n");
	/* The parent has no such name: it says so, for DS alone. */
	expect_nxdomain("child.example", DNS_TYPE_DS, EXPECT_SOA);
}

static void
dns_17_rfc_4035_3_1_4_1_ds_at_the_cut(void **state)
{
	(void)state;
	expect_data("sub.example", DNS_TYPE_DS,
	    "answer sub.example. 3600 DS 00010802"
	    "00000000000000000000000000000000"
	    "000000000000000000000000000000ff\n");
	expect("below.sub.example", DNS_TYPE_DS, DNS_OUTCOME_REFERRAL,
	    "qr NOERROR", EXPECT_SUB);
	expect_nodata("example", DNS_TYPE_DS, EXPECT_SOA);
}

static void
dns_32_34_rfc_2181_11_any_name_and_type(void **state)
{
	(void)state;
	expect_data("ns1.example", DNS_TYPE_AAAA,
	    "answer ns1.example. 3600 AAAA "
	    "20010db8000000000000000000000001\n");
	expect_data("example", DNS_TYPE_SOA,
	    "answer example. 3600 SOA ns1.example. host.example. 7 7200 3600 "
	    "604800 300\n");
	expect_data("unknown.example", 65280,
	    "answer unknown.example. 3600 TYPE65280 abcd\n");
	expect_data("\\000\\255\\..example", DNS_TYPE_A,
	    "answer \\000\\255\\..example. 3600 A c0000242\n");
}

/* Empty non-terminals exist, each of them, for every type. */
static void
dns_14_rfc_4592_2_2_2_empty_non_terminals(void **state)
{
	static const char *const names[] = {
	    "e.example", "d.e.example", "c.d.e.example", "b.c.d.e.example"};
	static const uint16_t types[] = {
	    DNS_TYPE_A, DNS_TYPE_NS, DNS_TYPE_ANY, DNS_TYPE_DS, 65535};
#define SOA "authority example. 5 SOA a. b.example. 1 2 3 4 5\n"

	(void)state;
	expect_zone("example", "$TTL 60\n@ SOA a. b 1 2 3 4 5\n@ NS a.\n"
	                       "a.b.c.d.e TXT x\n");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		for (size_t j = 0; j < sizeof(types) / sizeof(types[0]); j++)
			expect_nodata(names[i], types[j], SOA);
	expect_nxdomain("x.e.example", DNS_TYPE_A, SOA);
	expect_nxdomain("x.b.c.d.e.example", DNS_TYPE_A, SOA);
	expect_nxdomain("x.a.b.c.d.e.example", DNS_TYPE_A, SOA);
	expect_end();
#undef SOA
}

/* The least of the SOA's own TTL and its MINIMUM, whichever that is. */
static void
dns_15_rfc_2308_3_the_least_ttl(void **state)
{
	(void)state;
	expect_zone("example", "$TTL 60\n@ SOA a. b 1 2 3 4 500\n@ NS a.\n");
	expect_nxdomain("x.example", DNS_TYPE_A,
	    "authority example. 60 SOA a. b.example. 1 2 3 4 500\n");
	expect_nodata("example", DNS_TYPE_A,
	    "authority example. 60 SOA a. b.example. 1 2 3 4 500\n");
	expect_zone("example", "$TTL 600\n@ SOA a. b 1 2 3 4 500\n@ NS a.\n");
	expect_nxdomain("x.example", DNS_TYPE_A,
	    "authority example. 500 SOA a. b.example. 1 2 3 4 500\n");
	/* Asked for by name it has its own. */
	expect_data("example", DNS_TYPE_SOA,
	    "answer example. 600 SOA a. b.example. 1 2 3 4 500\n");
	expect_zone("example", "$TTL 600\n@ SOA a. b 1 2 3 4 0\n@ NS a.\n");
	expect_nxdomain("x.example", DNS_TYPE_A,
	    "authority example. 0 SOA a. b.example. 1 2 3 4 0\n");
	expect_end();
}

/* With the parent served too, DS comes from there; all else from the child. */
static void
dns_16_rfc_4035_3_1_4_1_ds_comes_from_the_parent(void **state)
{
	static const struct zone_fixture zones[] = {
	    {"example", "$TTL 60\n@ SOA a. b 1 2 3 4 5\n@ NS a.\n"
	                "child NS a.\nchild DS 1 8 2 "
	                "000000000000000000000000000000000000000000000000000000"
	                "00000000ff\n"},
	    {"child.example", "$TTL 60\n@ SOA a. c 1 2 3 4 5\n@ NS a.\n"
	                      "x A 192.0.2.1\n"},
	    {"b.a.child.example", "$TTL 60\n@ SOA a. d 1 2 3 4 5\n@ NS a.\n"
	                          "@ A 192.0.2.2\n"},
	};

	(void)state;
	*expect_catalog() = zone_fixture_load(zones, 3);
	expect_data("child.example", DNS_TYPE_DS,
	    "answer child.example. 60 DS 00010802"
	    "00000000000000000000000000000000"
	    "000000000000000000000000000000ff\n");
	expect_data(
	    "child.example", DNS_TYPE_NS, "answer child.example. 60 NS a.\n");
	expect_data("x.child.example", DNS_TYPE_A,
	    "answer x.child.example. 60 A c0000201\n");
	expect_data("b.a.child.example", DNS_TYPE_A,
	    "answer b.a.child.example. 60 A c0000202\n");
	expect_nxdomain("y.a.child.example", DNS_TYPE_A,
	    "authority child.example. 5 SOA a. c.child.example. 1 2 3 4 5\n");
	/* The parent there has no such name. */
	expect_nxdomain("b.a.child.example", DNS_TYPE_DS,
	    "authority child.example. 5 SOA a. c.child.example. 1 2 3 4 5\n");
	expect_end();
}

static void
dns_17_rfc_4035_3_1_4_1_ds_at_the_own_apex(void **state)
{
	(void)state;
	expect_zone("c.example", "$TTL 60\n@ SOA a. b 1 2 3 4 5\n@ NS a.\n");
	expect_nodata("c.example", DNS_TYPE_DS,
	    "authority c.example. 5 SOA a. b.c.example. 1 2 3 4 5\n");
	expect_end();
}

static void
dns_31_rfc_2181_5_2_ttls(void **state)
{
	(void)state;
	expect_zone("example",
	    "$TTL 60\n@ SOA a. b 1 2 3 4 5\n@ NS a.\n"
	    "a 300 A 192.0.2.1\na 200 A 192.0.2.2\na 250 A 192.0.2.3\n"
	    "zero 0 A 192.0.2.1\nbig 2147483648 A 192.0.2.1\n"
	    "most 2147483647 A 192.0.2.1\n");
	expect_data("a.example", DNS_TYPE_A,
	    "answer a.example. 200 A c0000201\n"
	    "answer a.example. 200 A c0000202\n"
	    "answer a.example. 200 A c0000203\n");
	expect_data(
	    "zero.example", DNS_TYPE_A, "answer zero.example. 0 A c0000201\n");
	/* RFC 2181 §8. */
	expect_data(
	    "big.example", DNS_TYPE_A, "answer big.example. 0 A c0000201\n");
	expect_data("most.example", DNS_TYPE_A,
	    "answer most.example. 2147483647 A c0000201\n");
	expect_end();
}

/* Every byte is found as itself, but that ASCII letters have no case. */
static void
dns_32_rfc_2181_11_rfc_4343_3_every_byte(void **state)
{
	char text[16384] = "$TTL 60\n@ SOA a. b 1 2 3 4 5\n@ NS a.\n";

	(void)state;
	for (unsigned byte = 0; byte < 256; byte++)
		if (byte < 'a' || byte > 'z')
			snprintf(text + strlen(text), 40,
			    "x\\%03u A 192.0.2.%u\n", byte, byte);
	expect_zone("example", text);
	for (unsigned byte = 0; byte < 256; byte++) {
		struct query_fixture *fixture = expect_fixture();
		bool is_small = byte >= 'a' && byte <= 'z';
		char name[32];

		snprintf(name, sizeof(name), "X\\%03u.EXAMPLE", byte);
		struct query query = query_for(name, DNS_TYPE_A);

		query_answer(fixture, &query, DNS_OUTCOME_NOERROR);
		assert_memory_equal(
		    fixture->reply + 12, query.bytes + 12, query.len - 12);
		assert_int_equal(fixture->reply[fixture->reply_len - 1],
		    is_small ? byte - 'a' + 'A' : byte);
	}
	expect_end();
}

static void
dns_33_rfc_2181_5_duplicates_are_one(void **state)
{
	(void)state;
	expect_zone("example",
	    "$TTL 60\n@ SOA a. b 1 2 3 4 5\n@ NS a.\nd A 192.0.2.1\n"
	    "d A 192.0.2.2\nd A 192.0.2.1\nm MX 1 MAIL.x.\nm MX 1 mail.X.\n"
	    "t TXT a\nt TXT A\nt TXT a\n");
	expect_data("d.example", DNS_TYPE_A,
	    "answer d.example. 60 A c0000201\n"
	    "answer d.example. 60 A c0000202\n");
	expect_data(
	    "m.example", DNS_TYPE_MX, "answer m.example. 60 MX 1 MAIL.x.\n");
	expect_data("t.example", DNS_TYPE_TXT,
	    "answer t.example. 60 TXT 0161\nanswer t.example. 60 TXT 0141\n");
	expect_end();
}

/* RFC 3597: a type unknown to us is data like any other; a known one may be
 * written as unknown and is the same. */
static void
dns_34_rfc_3597_5_unknown_types(void **state)
{
	(void)state;
	expect_zone("example",
	    "$TTL 60\n@ SOA a. b 1 2 3 4 5\n@ NS a.\n"
	    "u TYPE65280 \\# 5 00c00cff20\nu TYPE65534 \\# 0\n"
	    "k TYPE1 \\# 4 c0000201\nk A 192.0.2.1\nk A \\# 4 c0000202\n"
	    "c TYPE5 \\# 3 016b00\nw.* TYPE731 \\# 1 aa\n* TYPE731 \\# 1 bb\n");
	expect_data(
	    "u.example", 65280, "answer u.example. 60 TYPE65280 00c00cff20\n");
	expect_data("u.example", 65534, "answer u.example. 60 TYPE65534 \n");
	expect_nodata("u.example", 65281,
	    "authority example. 5 SOA a. b.example. 1 2 3 4 5\n");
	expect_data("k.example", DNS_TYPE_A,
	    "answer k.example. 60 A c0000201\n"
	    "answer k.example. 60 A c0000202\n");
	expect_data(
	    "c.example", DNS_TYPE_TXT, "answer c.example. 60 CNAME k.\n");
	expect_data("any.example", 731, "answer any.example. 60 TYPE731 bb\n");
	expect_end();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dns_13_rfc_1034_4_3_2_out_of_zone),
	    cmocka_unit_test(dns_14_15_rfc_2308_2_2_nodata),
	    cmocka_unit_test(dns_14_15_rfc_8020_2_nxdomain),
	    cmocka_unit_test(dns_16_rfc_4035_3_1_4_1_a_zone_within_a_zone),
	    cmocka_unit_test(dns_17_rfc_4035_3_1_4_1_ds_at_the_cut),
	    cmocka_unit_test(dns_32_34_rfc_2181_11_any_name_and_type),
	    cmocka_unit_test(dns_14_rfc_4592_2_2_2_empty_non_terminals),
	    cmocka_unit_test(dns_15_rfc_2308_3_the_least_ttl),
	    cmocka_unit_test(dns_16_rfc_4035_3_1_4_1_ds_comes_from_the_parent),
	    cmocka_unit_test(dns_17_rfc_4035_3_1_4_1_ds_at_the_own_apex),
	    cmocka_unit_test(dns_31_rfc_2181_5_2_ttls),
	    cmocka_unit_test(dns_32_rfc_2181_11_rfc_4343_3_every_byte),
	    cmocka_unit_test(dns_33_rfc_2181_5_duplicates_are_one),
	    cmocka_unit_test(dns_34_rfc_3597_5_unknown_types),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
