/* dns_answer_wire_test.c — how answers lie in a message: whole sets, pointers,
 * case. The numbers are those of the DNS requirements. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "expect_fixture.h"

#define HEAD "$TTL 60\n@ SOA a. b 1 2 3 4 5\n@ NS a.\n"

/* An RRset is in the answer whole, or not at all and TC is set, whatever the
 * client takes. */
static void
dns_30_rfc_2181_9_whole_or_truncated(void **state)
{
	char text[4096] = HEAD;

	(void)state;
	for (int i = 0; i < 60; i++)
		snprintf(text + strlen(text), 40, "a AAAA 2001:db8::%d\n", i);
	expect_zone("example", text);
	for (unsigned size = 512; size <= 2100; size++) {
		struct query_fixture *fixture = expect_fixture();
		struct query query = query_for("a.example", DNS_TYPE_AAAA);
		unsigned limit = size > DNS_UDP_MAX ? DNS_UDP_MAX : size;
		const size_t whole = 12 + 15 + 60 * 28 + 11;

		query_add_opt(&query, (uint16_t)size, 0);
		const char *got = query_answer(fixture, &query,
		    limit < whole ? DNS_OUTCOME_TRUNCATED
		                  : DNS_OUTCOME_NOERROR);

		assert_string_equal(
		    got, "qr aa tc NOERROR\n? a.example. AAAA\nopt 1232\n");
	}
	assert_int_equal(expect_count("a.example", DNS_TYPE_AAAA, TRANSPORT_TCP,
	                     DNS_OUTCOME_NOERROR, " AAAA "),
	    60);
	expect_end();
}

/* Is the LEN bytes at DATA somewhere in FIXTURE's reply behind its question? */
static bool
is_in_reply(const struct query_fixture *fixture, const void *data, size_t len)
{
	return memmem(fixture->reply + DNS_HEADER_SIZE,
	           fixture->reply_len - DNS_HEADER_SIZE, data, len) != NULL;
}

/* A name in RDATA behind QNAME: a pointer where the type is of RFC 1035, else
 * written in full (RFC 3597 §4, RFC 2782, RFC 6672 §2.5). */
static void
dns_35_rfc_3597_4_which_names_are_compressed(void **state)
{
	static const struct {
		const char *name;
		uint16_t type;
		bool is_compressed;
	} cases[] = {
	    {"ns.example", DNS_TYPE_NS, true},
	    {"cname.example", DNS_TYPE_CNAME, true},
	    {"example", DNS_TYPE_SOA, true},
	    {"mb.example", 7, true},
	    {"ptr.example", DNS_TYPE_PTR, true},
	    {"minfo.example", 14, true},
	    {"mx.example", DNS_TYPE_MX, true},
	    {"rp.example", 17, false},
	    {"afsdb.example", 18, false},
	    {"rt.example", 21, false},
	    {"srv.example", DNS_TYPE_SRV, false},
	    {"naptr.example", 35, false},
	    {"kx.example", 36, false},
	    {"dname.example", DNS_TYPE_DNAME, false},
	    {"svcb.example", 64, false},
	    {"https.example", 65, false},
	    {"unknown.example", 65280, false},
	};
	static const char in_full[] = "\4host\7example";

	(void)state;
	expect_zone("example",
	    "$TTL 60\n@ SOA host host 1 2 3 4 5\n@ NS a.\nns NS host\n"
	    "cname CNAME host\nmb TYPE7 \\# 14 04686f7374076578616d706c6500\n"
	    "ptr PTR host\nminfo MINFO host host\nmx MX 1 host\n"
	    "rp RP host host\nafsdb AFSDB 1 host\nrt RT 1 host\n"
	    "srv SRV 1 1 1 host\nnaptr NAPTR 1 1 \"\" \"\" \"\" host\n"
	    "kx KX 1 host\ndname DNAME host\nsvcb SVCB 1 host\n"
	    "https HTTPS 1 host\n"
	    "unknown TYPE65280 \\# 14 04686f7374076578616d706c6500\n");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct query_fixture *fixture = expect_fixture();
		struct query query = query_for(cases[i].name, cases[i].type);
		bool is_referral = cases[i].type == DNS_TYPE_NS;

		query_answer(fixture, &query,
		    is_referral ? DNS_OUTCOME_REFERRAL : DNS_OUTCOME_NOERROR);
		assert_int_equal(is_in_reply(fixture, in_full, sizeof(in_full)),
		    !cases[i].is_compressed);
	}
	expect_end();
}

/* What reads the replies checks that each pointer goes backward and below
 * 16384 (message_text.h): here they are long enough to go wrong. */
static void
dns_36_rfc_1035_4_1_4_pointers_of_large_answers(void **state)
{
	enum { COUNT = 1200 };
	char *text = malloc(COUNT * 200), name[32];
	size_t len = (size_t)sprintf(text, "%s", HEAD);

	(void)state;
	for (int i = 0; i < COUNT; i++)
		len += (size_t)sprintf(text + len,
		    "m MX %d h%d.some.other.place\n"
		    "h%d.some.other.place A 192.0.2.1\n"
		    "n NS h%d.n\nh%d.n A 192.0.2.2\n",
		    i, i, i, i, i);
	len +=
	    (size_t)sprintf(text + len, "c CNAME m\nd DNAME e\nm.e MX 1 m\n");
	expect_zone("example", text);
	free(text);
	assert_int_equal(expect_count("m.example", DNS_TYPE_MX, TRANSPORT_TCP,
	                     DNS_OUTCOME_NOERROR, " MX "),
	    COUNT);
	assert_true(expect_fixture()->reply_len > 24000);
	assert_int_equal(expect_count("c.example", DNS_TYPE_MX, TRANSPORT_TCP,
	                     DNS_OUTCOME_NOERROR, "answer m.example. 60 MX "),
	    COUNT);
	/* A referral with 1200 servers, the last of whose names no pointer
	 * reaches. */
	for (int i = 0; i < 4; i++) {
		snprintf(name, sizeof(name), "%.*sn.example", 2 * i, "x.x.x.");
		assert_int_equal(
		    expect_count(name, DNS_TYPE_A, TRANSPORT_TCP,
		        DNS_OUTCOME_REFERRAL, "authority n.example. 60 NS "),
		    COUNT);
	}
	expect_end();
}

/* The question as it was asked, names of the zone as it spells them, and what
 * they share with the question as asked: pointers have no case of their own
 * (RFC 4343 §4.1). */
static void
dns_37_rfc_4343_4_1_case_of_both_sides(void **state)
{
	(void)state;
	expect_zone("example",
	    "$TTL 60\n@ SOA a. b 1 2 3 4 5\n@ NS a.\nWWW CNAME Host.Sub\n"
	    "Host.Sub A 192.0.2.1\n*.Wild MX 1 Host.Other.\n");
	expect_data("www.EXAMPLE", DNS_TYPE_A,
	    "answer www.EXAMPLE. 60 CNAME Host.Sub.EXAMPLE.\n"
	    "answer Host.Sub.EXAMPLE. 60 A c0000201\n");
	expect_data("a.wILD.example", DNS_TYPE_MX,
	    "answer a.wILD.example. 60 MX 1 Host.Other.\n");
	expect_nxdomain("x.eXAMPLE", DNS_TYPE_A,
	    "authority eXAMPLE. 5 SOA a. b.eXAMPLE. 1 2 3 4 5\n");
	expect_end();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dns_30_rfc_2181_9_whole_or_truncated),
	    cmocka_unit_test(dns_35_rfc_3597_4_which_names_are_compressed),
	    cmocka_unit_test(dns_36_rfc_1035_4_1_4_pointers_of_large_answers),
	    cmocka_unit_test(dns_37_rfc_4343_4_1_case_of_both_sides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
