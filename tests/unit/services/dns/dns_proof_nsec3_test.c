/* dns_proof_nsec3_test.c — signed zones: what NSEC3 proves (RFC 5155). The
 * numbers are those of the DNS requirements. */
#include "proof_fixture.h"

/* The closest encloser, the next closer name, the wildcard. */
static void
dns_60_rfc_5155_7_2_2_name_error(void **state)
{
	(void)state;
	proof_expect(NSEC3, "nope", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority @ NSEC3+\n"
	    "authority wild NSEC3+\n");
	proof_expect(NSEC3, "q.nope", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority @ NSEC3+\n"
	    "authority wild NSEC3+\n");
	proof_expect(NSEC3, "x.www", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority www NSEC3+\n"
	    "authority away NSEC3+\n"
	    "authority big NSEC3+\n");
	proof_expect(NSEC3, "q.x.y.ent", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority x.y.ent NSEC3+\n"
	    "authority *.went NSEC3+\n"
	    "authority y.ent NSEC3+\n");
	proof_expect(NSEC3, "q.b.wild", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority b.wild NSEC3+\n"
	    "authority opt NSEC3+\n"
	    "authority wild NSEC3+\n");
	proof_expect(NSEC3, "q.ent", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority ent NSEC3+\n"
	    "authority big NSEC3+\n"
	    "authority *.wlost NSEC3+\n");
	proof_expect(NSEC3, "x.*.wild", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority *.wild NSEC3+\n"
	    "authority *.wself NSEC3+\n"
	    "authority a.b.wild NSEC3+\n");
	proof_expect(OPT_OUT, "nope", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority @ NSEC3+\n"
	    "authority *.walias NSEC3+\n"
	    "authority nodata NSEC3+\n");
	proof_expect(OPT_OUT, "b.opt", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority @ NSEC3+\n"
	    "authority old NSEC3+\n"
	    "authority nodata NSEC3+\n");
}

static void
dns_60_rfc_5155_7_2_3_nodata(void **state)
{
	(void)state;
	proof_expect(NSEC3, "www", DNS_TYPE_MX,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority www NSEC3+\n");
	proof_expect(NSEC3, "ent", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority ent NSEC3+\n");
	proof_expect(NSEC3, "opt", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority opt NSEC3+\n");
	proof_expect(NSEC3, "wild", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority wild NSEC3+\n");
	proof_expect(OPT_OUT, "opt", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority @ NSEC3+\n"
	    "authority old NSEC3+\n");
}

/* Opt-out: nothing matches, the closest provable encloser stands in. */
static void
dns_60_rfc_5155_7_2_4_no_ds(void **state)
{
	(void)state;
	proof_expect(OPT_OUT, "sub", DNS_TYPE_DS,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority @ NSEC3+\n");
	proof_expect(OPT_OUT, "a.opt", DNS_TYPE_DS,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority @ NSEC3+\n"
	    "authority old NSEC3+\n");
	proof_expect(NSEC3, "a.opt", DNS_TYPE_DS,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority a.opt NSEC3+\n");
}

static void
dns_60_rfc_5155_7_2_5_wildcard_nodata(void **state)
{
	(void)state;
	proof_expect(NSEC3, "a.wild", DNS_TYPE_MX,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority wild NSEC3+\n"
	    "authority opt NSEC3+\n"
	    "authority *.wild NSEC3+\n");
	proof_expect(NSEC3, "q.r.wild", DNS_TYPE_MX,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority wild NSEC3+\n"
	    "authority www NSEC3+\n"
	    "authority *.wild NSEC3+\n");
	proof_expect(NSEC3, "x.went", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority went NSEC3+\n"
	    "authority www NSEC3+\n"
	    "authority *.went NSEC3+\n");
	proof_expect(OPT_OUT, "a.wild", DNS_TYPE_MX,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority wild NSEC3+\n"
	    "authority *.wild NSEC3+\n");
}

static void
dns_60_rfc_5155_7_2_6_wildcard_answer(void **state)
{
	(void)state;
	proof_expect(NSEC3, "a.wild", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer a.wild A+\n"
	    "authority opt NSEC3+\n");
	proof_expect(NSEC3, "q.r.wild", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer q.r.wild A+\n"
	    "authority www NSEC3+\n");
	proof_expect(OPT_OUT, "x.wmx", DNS_TYPE_MX,
	    "aa NOERROR\n"
	    "answer x.wmx MX+\n"
	    "authority old NSEC3+\n"
	    "additional mail A+\n");
}

static void
dns_60_rfc_5155_7_2_7_referral(void **state)
{
	(void)state;
	proof_expect(NSEC3, "sub", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority sub NS\n"
	    "authority sub NSEC3+\n"
	    "additional ns.sub A\n"
	    "additional ns1 A+\n");
	proof_expect(NSEC3, "safe", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority safe NS\n"
	    "authority safe DS+\n"
	    "additional ns1 A+\n");
	proof_expect(NSEC3, "a.opt", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority a.opt NS\n"
	    "authority a.opt NSEC3+\n"
	    "additional ns1 A+\n");
	proof_expect(OPT_OUT, "sub", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority sub NS\n"
	    "authority @ NSEC3+\n"
	    "additional ns.sub A\n"
	    "additional ns1 A+\n");
	proof_expect(OPT_OUT, "q.a.opt", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority a.opt NS\n"
	    "authority @ NSEC3+\n"
	    "authority old NSEC3+\n"
	    "additional ns1 A+\n");
	proof_expect(OPT_OUT, "safe", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority safe NS\n"
	    "authority safe DS+\n"
	    "additional ns1 A+\n");
}

/* The hash of a name that does not exist is that of one that does: nothing can
 * be proven, and SERVFAIL says so. (Here the chain is made to match, since no
 * such names are known.) */
static void
dns_60_rfc_5155_7_2_9_collision(void **state)
{
	(void)state;
	static const uint8_t name[] = "\4nope\7example";
	const struct dns_zone *zone =
	    dns_catalog_zone(proof_zones[NSEC3].catalog, 0);
	struct dns_nsec3 *chain =
	    (struct dns_nsec3 *)(uintptr_t)dns_zone_nsec3(zone, 0);
	uint8_t hash[DNS_NSEC3_HASH_SIZE];
	bool is_match;

	assert_true(dns_nsec3_hash(
	    proof_digest, name, sizeof(name), 0, (struct span){0}, hash));
	uint32_t number =
	    dns_nsec3_find(chain, zone->proof_count, hash, &is_match);
	struct dns_nsec3 kept = chain[number];

	assert_false(is_match);
	memcpy(chain[number].hash, hash, sizeof(hash));
	proof_expect(NSEC3, "nope", DNS_TYPE_A, "SERVFAIL\n");
	proof_expect_plain(
	    NSEC3, "nope", DNS_TYPE_A, "aa NXDOMAIN\nauthority @ SOA\n");
	chain[number] = kept;
	/* The owner of an NSEC3 is itself no name that exists (§7.2.8). */
	char owner[] = "00000000000000000000000000000000";

	dns_base32_encode((uint8_t *)owner, kept.hash, sizeof(kept.hash));
	struct proof_asked asked = {NSEC3, owner, DNS_TYPE_NSEC3, true, 0};

	assert_memory_equal(
	    proof_ask(&asked), "aa NXDOMAIN\nauthority @ SOA+\n", 29);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dns_60_rfc_5155_7_2_2_name_error),
	    cmocka_unit_test(dns_60_rfc_5155_7_2_3_nodata),
	    cmocka_unit_test(dns_60_rfc_5155_7_2_4_no_ds),
	    cmocka_unit_test(dns_60_rfc_5155_7_2_5_wildcard_nodata),
	    cmocka_unit_test(dns_60_rfc_5155_7_2_6_wildcard_answer),
	    cmocka_unit_test(dns_60_rfc_5155_7_2_7_referral),
	    cmocka_unit_test(dns_60_rfc_5155_7_2_9_collision),
	};

	return cmocka_run_group_tests_name(
	    "dns_proof_nsec3", tests, proof_load_zones, proof_free_zones);
}
