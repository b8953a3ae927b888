/* dns_proof_chain_test.c — signed zones: aliases in signed zones. The numbers
 * are those of the DNS requirements. */
#include "proof_fixture.h"

/* Each link is signed; the last name decides what is
 * proven beside the wildcards on the way. */
static void
dns_24_rfc_4035_3_1_3_chains(void **state)
{
	(void)state;
	proof_expect(NSEC, "lost", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "answer lost CNAME+\n"
	    "authority @ SOA+\n"
	    "authority nodata NSEC+\n"
	    "authority \\$bang NSEC+\n");
	proof_expect(NSEC, "nodata", DNS_TYPE_TXT,
	    "aa NOERROR\n"
	    "answer nodata CNAME+\n"
	    "authority @ SOA+\n"
	    "authority mail NSEC+\n");
	proof_expect(NSEC, "away", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer away CNAME+\n");
	proof_expect(NSEC, "into", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer into CNAME+\n"
	    "authority sub NS\n"
	    "authority sub NSEC+\n"
	    "additional ns.sub A\n"
	    "additional ns1 A+\n");
	proof_expect(NSEC, "tosafe", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer tosafe CNAME+\n"
	    "authority safe NS\n"
	    "authority safe DS+\n"
	    "additional ns1 A+\n");
	proof_expect(NSEC, "x.walias", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer x.walias CNAME+\n"
	    "answer www A+\n"
	    "authority *.walias NSEC+\n");
	proof_expect(NSEC, "x.walias", DNS_TYPE_TXT,
	    "aa NOERROR\n"
	    "answer x.walias CNAME+\n"
	    "authority @ SOA+\n"
	    "authority *.walias NSEC+\n"
	    "authority www NSEC+\n");
	proof_expect(NSEC, "x.wlost", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer x.wlost CNAME+\n"
	    "answer q.wild A+\n"
	    "authority *.wlost NSEC+\n"
	    "authority a.b.wild NSEC+\n");
	proof_expect(NSEC, "x.wlost", DNS_TYPE_TXT,
	    "aa NOERROR\n"
	    "answer x.wlost CNAME+\n"
	    "authority @ SOA+\n"
	    "authority *.wlost NSEC+\n"
	    "authority a.b.wild NSEC+\n"
	    "authority *.wild NSEC+\n");
	proof_expect(NSEC3, "lost", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "answer lost CNAME+\n"
	    "authority @ SOA+\n"
	    "authority @ NSEC3+\n"
	    "authority www NSEC3+\n"
	    "authority wild NSEC3+\n");
	proof_expect(NSEC3, "x.walias", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer x.walias CNAME+\n"
	    "answer www A+\n"
	    "authority *.wlost NSEC3+\n");
	proof_expect(NSEC3, "x.wlost", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer x.wlost CNAME+\n"
	    "answer q.wild A+\n"
	    "authority lost NSEC3+\n"
	    "authority wild NSEC3+\n");
	proof_expect(NSEC3, "x.wlost", DNS_TYPE_TXT,
	    "aa NOERROR\n"
	    "answer x.wlost CNAME+\n"
	    "authority @ SOA+\n"
	    "authority lost NSEC3+\n"
	    "authority wild NSEC3+\n"
	    "authority *.wild NSEC3+\n");
}

/* The DNAME is signed, the CNAME that it means is not. */
static void
dns_26_rfc_6672_5_3_dname(void **state)
{
	(void)state;
	proof_expect(NSEC, "a.old", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer old DNAME+\n"
	    "answer a.old CNAME\n"
	    "answer a.wild A+\n"
	    "authority *.wild NSEC+\n");
	proof_expect(NSEC, "a.old", DNS_TYPE_CNAME,
	    "aa NOERROR\n"
	    "answer old DNAME+\n"
	    "answer a.old CNAME\n");
	proof_expect(NSEC, "b.old", DNS_TYPE_TXT,
	    "aa NOERROR\n"
	    "answer old DNAME+\n"
	    "answer b.old CNAME\n"
	    "authority @ SOA+\n"
	    "authority *.wild NSEC+\n");
	proof_expect(NSEC, "q.b.old", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "answer old DNAME+\n"
	    "answer q.b.old CNAME\n"
	    "authority @ SOA+\n"
	    "authority a.b.wild NSEC+\n"
	    "authority *.wild NSEC+\n");
	proof_expect(NSEC, "old", DNS_TYPE_DNAME,
	    "aa NOERROR\n"
	    "answer old DNAME+\n");
	proof_expect(NSEC, "old", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority old NSEC+\n");
	proof_expect(NSEC3, "a.old", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer old DNAME+\n"
	    "answer a.old CNAME\n"
	    "answer a.wild A+\n"
	    "authority opt NSEC3+\n");
	proof_expect(NSEC3, "q.b.old", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "answer old DNAME+\n"
	    "answer q.b.old CNAME\n"
	    "authority @ SOA+\n"
	    "authority b.wild NSEC3+\n"
	    "authority opt NSEC3+\n"
	    "authority wild NSEC3+\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dns_24_rfc_4035_3_1_3_chains),
	    cmocka_unit_test(dns_26_rfc_6672_5_3_dname),
	};

	return cmocka_run_group_tests_name(
	    "dns_proof_chain", tests, proof_load_zones, proof_free_zones);
}
