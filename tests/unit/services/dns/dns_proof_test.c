/* dns_proof_test.c — signed zones: signatures, and who gets them. The numbers
 * are those of the DNS requirements. */
#include "proof_fixture.h"

/* Each set of ANSWER and ADDITIONAL has its own, glue has none. */
static void
dns_60_rfc_4035_3_1_1_signatures(void **state)
{
	(void)state;
	proof_expect(NSEC, "www", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer www A+\n");
	proof_expect(NSEC, "@", DNS_TYPE_MX,
	    "aa NOERROR\n"
	    "answer @ MX+\n"
	    "additional mail A+\n");
	proof_expect(NSEC, "@", DNS_TYPE_DNSKEY,
	    "aa NOERROR\n"
	    "answer @ DNSKEY+\n");
	proof_expect(NSEC3, "@", DNS_TYPE_NSEC3PARAM,
	    "aa NOERROR\n"
	    "answer @ NSEC3PARAM+\n");
	proof_expect(NSEC, "alias", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer alias CNAME+\n"
	    "answer www A+\n");
}

static void
dns_60_rfc_4035_3_1_1_without_do(void **state)
{
	(void)state;
	proof_expect_plain(NSEC, "www", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer www A\n");
	proof_expect_plain(NSEC, "@", DNS_TYPE_MX,
	    "aa NOERROR\n"
	    "answer @ MX\n"
	    "additional mail A\n");
	proof_expect_plain(NSEC, "nope", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA\n");
	proof_expect_plain(NSEC3, "nope", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA\n");
	proof_expect_plain(NSEC, "a.wild", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer a.wild A\n");
	proof_expect_plain(NSEC, "sub", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority sub NS\n"
	    "additional ns.sub A\n"
	    "additional ns1 A\n");
	proof_expect_plain(NSEC, "safe", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority safe NS\n"
	    "additional ns1 A\n");
	proof_expect_plain(NSEC3, "sub", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority sub NS\n"
	    "additional ns.sub A\n"
	    "additional ns1 A\n");
}

/* With DO or without: who asks for signatures or NSEC gets them. */
static void
dns_60_rfc_4035_3_1_asked_by_type(void **state)
{
	(void)state;
	proof_expect_plain(NSEC, "www", DNS_TYPE_RRSIG,
	    "aa NOERROR\n"
	    "answer www RRSIG(A)\n"
	    "answer www RRSIG(AAAA)\n"
	    "answer www RRSIG(NSEC)\n");
	proof_expect(NSEC, "www", DNS_TYPE_RRSIG,
	    "aa NOERROR\n"
	    "answer www RRSIG(A)\n"
	    "answer www RRSIG(AAAA)\n"
	    "answer www RRSIG(NSEC)\n");
	proof_expect(NSEC, "a.wild", DNS_TYPE_RRSIG,
	    "aa NOERROR\n"
	    "answer a.wild RRSIG(A)\n"
	    "answer a.wild RRSIG(NSEC)\n"
	    "authority *.wild NSEC+\n");
	proof_expect_plain(NSEC, "www", DNS_TYPE_NSEC,
	    "aa NOERROR\n"
	    "answer www NSEC\n");
	proof_expect(NSEC, "alias", DNS_TYPE_NSEC,
	    "aa NOERROR\n"
	    "answer alias NSEC+\n");
	proof_expect(NSEC, "alias", DNS_TYPE_RRSIG,
	    "aa NOERROR\n"
	    "answer alias RRSIG(CNAME)\n"
	    "answer alias RRSIG(NSEC)\n");
	proof_expect(NSEC, "sub", DNS_TYPE_NSEC,
	    "NOERROR\n"
	    "authority sub NS\n"
	    "authority sub NSEC+\n"
	    "additional ns.sub A\n"
	    "additional ns1 A+\n");
	proof_expect(NSEC, "nope", DNS_TYPE_NSEC,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority nodata NSEC+\n"
	    "authority \\$bang NSEC+\n");
	proof_expect(NSEC, "www", DNS_TYPE_NSEC3,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority www NSEC+\n");
	proof_expect(NSEC3, "www", DNS_TYPE_RRSIG,
	    "aa NOERROR\n"
	    "answer www RRSIG(A)\n"
	    "answer www RRSIG(AAAA)\n");
	proof_expect(NSEC3, "www", DNS_TYPE_NSEC,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority www NSEC3+\n");
}

/* One RRset, with its signature. */
static void
dns_60_rfc_8482_4_1_any(void **state)
{
	(void)state;
	proof_expect(NSEC, "www", DNS_TYPE_ANY,
	    "aa NOERROR\n"
	    "answer www A+\n");
	proof_expect(NSEC3, "alias", DNS_TYPE_ANY,
	    "aa NOERROR\n"
	    "answer alias CNAME+\n");
}

/* DS is the parent's, all else the child's, which is unsigned here. */
static void
dns_16_rfc_4035_3_1_4_1_parent_and_child(void **state)
{
	(void)state;
	proof_expect(NESTED, "safe", DNS_TYPE_DS,
	    "aa NOERROR\n"
	    "answer safe DS+\n");
	proof_expect(NESTED, "sub", DNS_TYPE_DS,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority sub NSEC+\n");
	proof_expect(NESTED, "safe", DNS_TYPE_SOA,
	    "aa NOERROR\n"
	    "answer safe SOA\n");
	proof_expect(NESTED, "sub", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority sub SOA\n");
	proof_expect(NESTED, "x.safe", DNS_TYPE_DS,
	    "aa NXDOMAIN\n"
	    "authority safe SOA\n");
}

/* Less room than the answer takes sets TC, and no set is split from its
 * signature. */
static void
dns_60_rfc_4035_3_1_1_truncation(void **state)
{
	(void)state;
	struct proof_asked asked = {NSEC, "big", DNS_TYPE_TXT, true, 0};

	assert_string_equal(proof_ask(&asked), "aa NOERROR\nanswer big TXT+\n");
	asked.size = (uint16_t)(proof_reply_len - 1);
	assert_string_equal(proof_ask(&asked), "aa tc NOERROR\n");
	asked = (struct proof_asked){NSEC, "nope", DNS_TYPE_A, true, 0};
	proof_ask(&asked);
	for (size_t size = proof_reply_len; size-- > DNS_UDP_PLAIN_MAX;) {
		asked.size = (uint16_t)size;
		assert_memory_equal(proof_ask(&asked), "aa tc NXDOMAIN\n", 15);
	}
}

/* What is additional loses its signatures first, then all, never with TC. */
static void
dns_60_rfc_4035_3_1_1_additional_signatures(void **state)
{
	(void)state;
	struct proof_asked asked = {NSEC,
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
	    "wmx",
	    DNS_TYPE_MX, true, 0};

	proof_ask(&asked);
	size_t whole = proof_reply_len;

	assert_in_range(whole, DNS_UDP_PLAIN_MAX + 1, 600);
	asked.size = (uint16_t)(whole - 1);
	assert_non_null(strstr(proof_ask(&asked), "additional mail A\n"));
	assert_memory_equal(proof_ask(&asked), "aa NOERROR\n", 11);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dns_60_rfc_4035_3_1_1_signatures),
	    cmocka_unit_test(dns_60_rfc_4035_3_1_1_without_do),
	    cmocka_unit_test(dns_60_rfc_4035_3_1_asked_by_type),
	    cmocka_unit_test(dns_60_rfc_8482_4_1_any),
	    cmocka_unit_test(dns_16_rfc_4035_3_1_4_1_parent_and_child),
	    cmocka_unit_test(dns_60_rfc_4035_3_1_1_truncation),
	    cmocka_unit_test(dns_60_rfc_4035_3_1_1_additional_signatures),
	};

	return cmocka_run_group_tests_name(
	    "dns_proof", tests, proof_load_zones, proof_free_zones);
}
