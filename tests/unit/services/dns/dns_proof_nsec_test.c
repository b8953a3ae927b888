/* dns_proof_nsec_test.c — signed zones: what NSEC proves. The numbers are
 * those of the DNS requirements. */
#include "proof_fixture.h"

static void
dns_60_rfc_4035_3_1_3_1_nodata(void **state)
{
	(void)state;
	proof_expect(NSEC, "www", DNS_TYPE_MX,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority www NSEC+\n");
	proof_expect(NSEC, "@", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority @ NSEC+\n");
	proof_expect(NSEC, "y.ent", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority big NSEC+\n");
	proof_expect(NSEC, "ent", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority big NSEC+\n");
	proof_expect(NSEC, "opt", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority old NSEC+\n");
	proof_expect(NSEC, "wild", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority f.*.went NSEC+\n");
}

/* The name and the wildcard at its closest encloser, by one
 * NSEC where it covers both. */
static void
dns_60_rfc_4035_3_1_3_2_name_error(void **state)
{
	(void)state;
	proof_expect(NSEC, "nope", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority nodata NSEC+\n"
	    "authority \\$bang NSEC+\n");
	proof_expect(NSEC, "q.nope", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority nodata NSEC+\n"
	    "authority \\$bang NSEC+\n");
	proof_expect(NSEC, "zzz", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority WWW NSEC+\n"
	    "authority \\$bang NSEC+\n");
	proof_expect(NSEC, "mai", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority lost NSEC+\n"
	    "authority \\$bang NSEC+\n");
	proof_expect(NSEC, "mailx", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority mail NSEC+\n"
	    "authority \\$bang NSEC+\n");
	proof_expect(NSEC, "\\$aaa", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority @ NSEC+\n"
	    "authority \\$bang NSEC+\n");
	proof_expect(NSEC, "x.www", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority www NSEC+\n");
	proof_expect(NSEC, "q.x.y.ent", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority x.y.ent NSEC+\n");
	proof_expect(NSEC, "q.b.wild", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority a.b.wild NSEC+\n"
	    "authority *.wild NSEC+\n");
	proof_expect(NSEC, "q.ent", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority big NSEC+\n");
	proof_expect(NSEC, "x.*.wild", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority *.wild NSEC+\n");
}

static void
dns_60_rfc_4035_3_1_3_3_wildcard_answer(void **state)
{
	(void)state;
	proof_expect(NSEC, "a.wild", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer a.wild A+\n"
	    "authority *.wild NSEC+\n");
	proof_expect(NSEC, "q.r.wild", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer q.r.wild A+\n"
	    "authority a.b.wild NSEC+\n");
	proof_expect(NSEC, "*.wild", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer *.wild A+\n");
	proof_expect(NSEC, "x.wmx", DNS_TYPE_MX,
	    "aa NOERROR\n"
	    "answer x.wmx MX+\n"
	    "authority *.wmx NSEC+\n"
	    "additional mail A+\n");
}

static void
dns_60_rfc_4035_3_1_3_4_wildcard_nodata(void **state)
{
	(void)state;
	proof_expect(NSEC, "a.wild", DNS_TYPE_MX,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority *.wild NSEC+\n");
	proof_expect(NSEC, "q.r.wild", DNS_TYPE_MX,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority a.b.wild NSEC+\n"
	    "authority *.wild NSEC+\n");
	proof_expect(NSEC, "x.went", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority f.*.went NSEC+\n"
	    "authority *.walias NSEC+\n");
	proof_expect(NSEC, "*.went", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority *.walias NSEC+\n");
}

static void
dns_60_rfc_4035_3_1_4_referral(void **state)
{
	(void)state;
	proof_expect(NSEC, "safe", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority safe NS\n"
	    "authority safe DS+\n"
	    "additional ns1 A+\n");
	proof_expect(NSEC, "x.safe", DNS_TYPE_DS,
	    "NOERROR\n"
	    "authority safe NS\n"
	    "authority safe DS+\n"
	    "additional ns1 A+\n");
	proof_expect(NSEC, "sub", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority sub NS\n"
	    "authority sub NSEC+\n"
	    "additional ns.sub A\n"
	    "additional ns1 A+\n");
	proof_expect(NSEC, "q.x.sub", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority sub NS\n"
	    "authority sub NSEC+\n"
	    "additional ns.sub A\n"
	    "additional ns1 A+\n");
	proof_expect(NSEC, "ns.sub", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority sub NS\n"
	    "authority sub NSEC+\n"
	    "additional ns.sub A\n"
	    "additional ns1 A+\n");
	proof_expect(NSEC, "a.opt", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority a.opt NS\n"
	    "authority a.opt NSEC+\n"
	    "additional ns1 A+\n");
}

static void
dns_17_rfc_4035_3_1_4_1_ds(void **state)
{
	(void)state;
	proof_expect(NSEC, "safe", DNS_TYPE_DS,
	    "aa NOERROR\n"
	    "answer safe DS+\n");
	proof_expect(NSEC, "sub", DNS_TYPE_DS,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority sub NSEC+\n");
	proof_expect(NSEC, "@", DNS_TYPE_DS,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority @ NSEC+\n");
	proof_expect(NSEC3, "safe", DNS_TYPE_DS,
	    "aa NOERROR\n"
	    "answer safe DS+\n");
	proof_expect(NSEC3, "sub", DNS_TYPE_DS,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority sub NSEC3+\n");
	proof_expect(NSEC3, "@", DNS_TYPE_DS,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority @ NSEC3+\n");
	proof_expect(OPT_OUT, "safe", DNS_TYPE_DS,
	    "aa NOERROR\n"
	    "answer safe DS+\n");
	proof_expect(OPT_OUT, "sub", DNS_TYPE_DS,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority @ NSEC3+\n");
}

/* The NSEC that proves the expansion is that of the target. */
static void
dns_60_rfc_4035_3_1_3_3_alias_to_its_proof(void **state)
{
	(void)state;
	proof_expect(NSEC, "x.wself", DNS_TYPE_NSEC,
	    "aa NOERROR\n"
	    "answer x.wself NSEC+\n"
	    "authority a.wself NSEC+\n");
	proof_expect(NSEC, "x.wself", DNS_TYPE_TXT,
	    "aa NOERROR\n"
	    "answer x.wself CNAME+\n"
	    "answer a.wself TXT+\n"
	    "authority a.wself NSEC+\n");
	proof_expect(NSEC3, "x.wself", DNS_TYPE_TXT,
	    "aa NOERROR\n"
	    "answer x.wself CNAME+\n"
	    "answer a.wself TXT+\n"
	    "authority tosafe NSEC3+\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dns_60_rfc_4035_3_1_3_1_nodata),
	    cmocka_unit_test(dns_60_rfc_4035_3_1_3_2_name_error),
	    cmocka_unit_test(dns_60_rfc_4035_3_1_3_3_wildcard_answer),
	    cmocka_unit_test(dns_60_rfc_4035_3_1_3_4_wildcard_nodata),
	    cmocka_unit_test(dns_60_rfc_4035_3_1_4_referral),
	    cmocka_unit_test(dns_17_rfc_4035_3_1_4_1_ds),
	    cmocka_unit_test(dns_60_rfc_4035_3_1_3_3_alias_to_its_proof),
	};

	return cmocka_run_group_tests_name(
	    "dns_proof_nsec", tests, proof_load_zones, proof_free_zones);
}
