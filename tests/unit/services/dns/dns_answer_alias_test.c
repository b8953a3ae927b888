/* dns_answer_alias_test.c — aliases, by CNAME and DNAME. The numbers are those
 * of the DNS requirements. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "expect_fixture.h"

static void
dns_23_rfc_1034_3_6_2_chains_in_order(void **state)
{
	(void)state;
	expect_data("chain.example", DNS_TYPE_A,
	    "answer chain.example. 3600 CNAME alias.example.\n"
	    "answer alias.example. 3600 CNAME www.example.\n"
	    "answer www.example. 3600 A c0000250\n");
	expect_data("down.example", DNS_TYPE_A,
	    "answer down.example. 3600 CNAME x.down2.example.\n"
	    "answer x.down2.example. 3600 CNAME y.x.down2.example.\n"
	    "answer y.x.down2.example. 3600 CNAME z.y.x.down2.example.\n"
	    "answer z.y.x.down2.example. 3600 A c0000221\n");
	expect_data("apex.example", DNS_TYPE_SOA,
	    "answer apex.example. 3600 CNAME example.\n"
	    "answer example. 3600 SOA ns1.example. host.example. 7 7200 3600 "
	    "604800 300\n");
}

static void
dns_23_rfc_1034_3_6_2_loops_end(void **state)
{
	(void)state;
	expect_data("loop1.example", DNS_TYPE_A,
	    "answer loop1.example. 3600 CNAME loop2.example.\n"
	    "answer loop2.example. 3600 CNAME loop1.example.\n");
	expect_data("self.example", DNS_TYPE_A,
	    "answer self.example. 3600 CNAME self.example.\n");
}

/* The longest chain that is followed, and one link more. */
static void
dns_23_no_more_than_16_links(void **state)
{
	(void)state;
	assert_int_equal(expect_count("q.grow.example", DNS_TYPE_A,
	                     TRANSPORT_TCP, DNS_OUTCOME_NOERROR, " CNAME "),
	    16);
}

static void
dns_24_rfc_2308_2_1_rfc_6604_3_the_last_name_decides(void **state)
{
	(void)state;
	char text[512];
	snprintf(text, sizeof(text), "%s%s",
	    "answer lost.example. 3600 CNAME nowhere.example.\n", EXPECT_SOA);
	expect("lost.example", DNS_TYPE_A, DNS_OUTCOME_NXDOMAIN,
	    "qr aa NXDOMAIN", text);
	snprintf(text, sizeof(text), "%s%s",
	    "answer nodata.example. 3600 CNAME mail.example.\n", EXPECT_SOA);
	expect("nodata.example", DNS_TYPE_TXT, DNS_OUTCOME_NODATA,
	    "qr aa NOERROR", text);
	expect_data("away.example", DNS_TYPE_A,
	    "answer away.example. 3600 CNAME www.elsewhere.\n");
}

static void
dns_25_rfc_1034_3_6_2_cname_and_any_are_not_chased(void **state)
{
	(void)state;
	static const char answer[] =
	    "answer chain.example. 3600 CNAME alias.example.\n";
	expect_data("chain.example", DNS_TYPE_CNAME, answer);
	expect_data("chain.example", DNS_TYPE_ANY, answer);
}

static void
dns_26_rfc_6672_3_1_dname_and_synthetic_cname(void **state)
{
	(void)state;
	expect_data("a.old.example", DNS_TYPE_A,
	    "answer old.example. 3600 DNAME wild.example.\n"
	    "answer a.old.example. 3600 CNAME a.wild.example.\n"
	    "answer a.wild.example. 3600 A c0000263\n");
	expect_data("a.old.example", DNS_TYPE_CNAME,
	    "answer old.example. 3600 DNAME wild.example.\n"
	    "answer a.old.example. 3600 CNAME a.wild.example.\n");
}

static void
dns_26_rfc_6672_2_3_the_owner_itself(void **state)
{
	(void)state;
	expect_data(
	    "old.example", DNS_TYPE_TXT, "answer old.example. 3600 TXT 0178\n");
	expect_data("old.example", DNS_TYPE_DNAME,
	    "answer old.example. 3600 DNAME wild.example.\n");
	expect_nodata("old.example", DNS_TYPE_A, EXPECT_SOA);
}

static void
dns_26_no_dname_twice(void **state)
{
	(void)state;
	expect_data("a.round.example", DNS_TYPE_A,
	    "answer round.example. 3600 DNAME back.example.\n"
	    "answer a.round.example. 3600 CNAME a.back.example.\n"
	    "answer back.example. 3600 DNAME round.example.\n"
	    "answer a.back.example. 3600 CNAME a.round.example.\n");
}

static void
dns_26_rfc_6672_2_2_overflow(void **state)
{
	(void)state;
	static const char dname_record[] =
	    "answer long.example. 3600 DNAME aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "aaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
	    "bbbbbbbbbbbbbbbbbb."
	    "cccccccccccccccccccccccccccccccccccccccccccccccc"
	    "cccccccccc.dddddddddddddddddddddddddddddddddddddddddddddddddddddd."
	    "example.\n";
	expect("oooooooooooooooo.long.example", DNS_TYPE_A,
	    DNS_OUTCOME_YXDOMAIN, "qr aa YXDOMAIN", dname_record);
}

/* Sixteen links are followed, from wherever the question starts. */
static void
dns_23_the_answer_ends_behind_16_links(void **state)
{
	char text[2048] = "$TTL 60\n@ SOA a. b 1 2 3 4 5\n@ NS a.\n"
	                  "l0 A 192.0.2.1\n";

	(void)state;
	for (int i = 0; i < 20; i++)
		snprintf(text + strlen(text), 40, "l%d CNAME l%d\n", i + 1, i);
	expect_zone("example", text);
	assert_int_equal(expect_count("l16.example", DNS_TYPE_A, TRANSPORT_UDP,
	                     DNS_OUTCOME_NOERROR, " CNAME "),
	    16);
	assert_int_equal(expect_count("l16.example", DNS_TYPE_A, TRANSPORT_UDP,
	                     DNS_OUTCOME_NOERROR, " A c0000201"),
	    1);
	assert_int_equal(expect_count("l17.example", DNS_TYPE_A, TRANSPORT_UDP,
	                     DNS_OUTCOME_NOERROR, " CNAME "),
	    16);
	assert_int_equal(expect_count("l17.example", DNS_TYPE_A, TRANSPORT_UDP,
	                     DNS_OUTCOME_NOERROR, " A c0000201"),
	    0);
	expect_end();
}

/* RFC 6604 §3: by DNAME and wildcard, too, the last name decides. */
static void
dns_24_rfc_6604_3_by_every_way(void **state)
{
	(void)state;
#define SOA "authority example. 5 SOA a. b.example. 1 2 3 4 5\n"
	expect_zone("example",
	    "$TTL 60\n@ SOA a. b 1 2 3 4 5\n@ NS a.\nd DNAME e\n"
	    "out DNAME other.\n*.w CNAME nil\n*.v CNAME x.other.\nx.e TXT x\n"
	    "sub NS a.\ninto CNAME x.sub\n*.deep CNAME m.n.o\nm.n.o TXT x\n"
	    "ent CNAME o\n");
	expect_nxdomain("y.d.example", DNS_TYPE_A,
	    "answer d.example. 60 DNAME e.example.\n"
	    "answer y.d.example. 60 CNAME y.e.example.\n" SOA);
	expect_nodata("x.d.example", DNS_TYPE_A,
	    "answer d.example. 60 DNAME e.example.\n"
	    "answer x.d.example. 60 CNAME x.e.example.\n" SOA);
	expect_data("x.out.example", DNS_TYPE_A,
	    "answer out.example. 60 DNAME other.\n"
	    "answer x.out.example. 60 CNAME x.other.\n");
	expect_nxdomain("q.w.example", DNS_TYPE_A,
	    "answer q.w.example. 60 CNAME nil.example.\n" SOA);
	expect_data("q.v.example", DNS_TYPE_A,
	    "answer q.v.example. 60 CNAME x.other.\n");
	expect_nodata("q.deep.example", DNS_TYPE_A,
	    "answer q.deep.example. 60 CNAME m.n.o.example.\n" SOA);
	expect_nodata("ent.example", DNS_TYPE_A,
	    "answer ent.example. 60 CNAME o.example.\n" SOA);
	expect("into.example", DNS_TYPE_A, DNS_OUTCOME_REFERRAL,
	    "qr aa NOERROR",
	    "answer into.example. 60 CNAME x.sub.example.\n"
	    "authority sub.example. 60 NS a.\n");
	expect_end();
#undef SOA
}

/* The longest name that a DNAME may make has 255 bytes; one more is too long,
 * and the DNAME that says so is in the answer (RFC 6672 §2.2). */
static void
dns_26_rfc_6672_2_2_up_to_255_bytes(void **state)
{
	char text[1024], label[64], name[300], target[250] = "";

	(void)state;
	/* Four labels of 46 bytes, "example" and the root: 197 bytes. */
	for (int i = 0; i < 4; i++)
		strcat(
		    target, "tttttttttttttttttttttttttttttttttttttttttttttt.");
	snprintf(text, sizeof(text),
	    "$TTL 60\n@ SOA a. b 1 2 3 4 5\n@ NS a.\nd DNAME %sexample.\n",
	    target);
	expect_zone("example", text);
	for (size_t len = 57; len <= 58; len++) {
		memset(label, 'x', len);
		label[len] = '\0';
		snprintf(name, sizeof(name), "%s.d.example", label);
		unsigned outcome =
		    len == 57 ? DNS_OUTCOME_NXDOMAIN : DNS_OUTCOME_YXDOMAIN;

		assert_int_equal(expect_count(name, DNS_TYPE_A, TRANSPORT_TCP,
		                     outcome, "answer d.example. 60 DNAME "),
		    1);
		assert_int_equal(expect_count(name, DNS_TYPE_A, TRANSPORT_TCP,
		                     outcome, " CNAME "),
		    len == 57);
	}
	expect_end();
}

/* The synthetic CNAME has the DNAME's TTL, and the case that was asked. */
static void
dns_26_rfc_6672_3_1_ttl_and_case(void **state)
{
	(void)state;
	expect_zone("example", "$TTL 60\n@ SOA a. b 1 2 3 4 5\n@ NS a.\n"
	                       "d 77 DNAME Other.\n");
	expect_data("X.y.D.example", DNS_TYPE_AAAA,
	    "answer D.example. 77 DNAME Other.\n"
	    "answer X.y.D.example. 77 CNAME X.y.Other.\n");
	expect_end();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dns_23_rfc_1034_3_6_2_chains_in_order),
	    cmocka_unit_test(dns_23_rfc_1034_3_6_2_loops_end),
	    cmocka_unit_test(dns_23_no_more_than_16_links),
	    cmocka_unit_test(
	        dns_24_rfc_2308_2_1_rfc_6604_3_the_last_name_decides),
	    cmocka_unit_test(
	        dns_25_rfc_1034_3_6_2_cname_and_any_are_not_chased),
	    cmocka_unit_test(dns_26_rfc_6672_3_1_dname_and_synthetic_cname),
	    cmocka_unit_test(dns_26_rfc_6672_2_3_the_owner_itself),
	    cmocka_unit_test(dns_26_no_dname_twice),
	    cmocka_unit_test(dns_26_rfc_6672_2_2_overflow),
	    cmocka_unit_test(dns_23_the_answer_ends_behind_16_links),
	    cmocka_unit_test(dns_24_rfc_6604_3_by_every_way),
	    cmocka_unit_test(dns_26_rfc_6672_2_2_up_to_255_bytes),
	    cmocka_unit_test(dns_26_rfc_6672_3_1_ttl_and_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
