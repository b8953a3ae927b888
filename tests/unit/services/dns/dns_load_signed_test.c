/* dns_load_signed_test.c — signed zones → blocks, and what is said of those
 * that are not signed as they should be. */
#include "load_fixture.h"
#include "signed_zones.h"

#include "core/bytes.h"
#include "services/dns/dns_dnssec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* The zone of LINES, but for those that begin with WITHOUT, if any, and with
 * MORE behind them. */
static const struct dns_zone *
load_but(struct load_fixture *fixture, const char *const *lines,
    const char *without, const char *more)
{
	char *text = signed_zones_text(lines);
	size_t size = strlen(text) + strlen(more) + 1;
	char *changed = calloc(1, size);
	size_t len = 0;

	for (char *line = text, *end; *line != '\0'; line = end) {
		end = strchr(line, '\n') + 1;
		if (without != NULL &&
		    strncmp(line, without, strlen(without)) == 0)
			continue;
		memcpy(changed + len, line, (size_t)(end - line));
		len += (size_t)(end - line);
	}
	snprintf(changed + len, size - len, "%s", more);
	const struct dns_zone *zone = load_fixture_zone(fixture, changed);

	free(text);
	free(changed);
	return zone;
}

static const struct dns_zone *
load(struct load_fixture *fixture, const char *const *lines)
{
	const struct dns_zone *zone = load_but(fixture, lines, NULL, "");

	assert_string_equal(fixture->said, "");
	return zone;
}

static const struct dns_rrset *
rrset_of(const struct dns_zone *zone, const char *name, uint16_t type)
{
	const struct dns_node *node = load_fixture_node(zone, name);

	assert_non_null(node);
	return dns_node_find(node, type);
}

/* ------------------------------------------------------------ signatures */

static void
rfc_4034_3_signatures_lie_behind_their_set(void **state)
{
	const struct dns_zone *zone = load(*state, signed_zones_nsec);
	const struct dns_rrset *rrset = rrset_of(zone, "www.example", 1);
	const uint8_t *rr = dns_rrset_wire(zone, rrset) + rrset->wire_len;

	assert_int_equal(rrset->wire_len, 12 + 4);
	assert_int_equal(rrset->sig_len, 12 + 18 + 9 + 64);
	assert_int_equal(bytes_get16be(rr), 0xc00c);
	assert_int_equal(bytes_get16be(rr + 2), DNS_TYPE_RRSIG);
	assert_int_equal(bytes_get32be(rr + 6), 3600);
	assert_int_equal(bytes_get16be(rr + 10), rrset->sig_len - 12);
	assert_int_equal(dns_dnssec_covered(rr + 12), DNS_TYPE_A);
	assert_memory_equal(rr + 12 + 18, "\7example", 9);
	assert_null(rrset_of(zone, "www.example", DNS_TYPE_RRSIG));
}

static void
rfc_4034_3_signatures_have_the_ttl_of_their_set(void **state)
{
	const struct dns_zone *zone = load_but(*state, signed_zones_nsec,
	    "www.example. 3600 IN A", "www.example. 77 IN A 192.0.2.3\n");
	const struct dns_rrset *rrset = rrset_of(zone, "www.example", 1);
	const uint8_t *rr = dns_rrset_wire(zone, rrset) + rrset->wire_len;

	assert_int_equal(bytes_get32be(rr + 6), 77);
	assert_int_equal(bytes_get32be(rr + 12 + 4), 3600);
}

static void
rfc_4035_2_2_what_the_zone_does_not_own_has_no_signature(void **state)
{
	static const struct {
		const char *name;
		uint16_t type;
		bool is_signed;
	} sets[] = {
	    {"example", DNS_TYPE_SOA, true},
	    {"example", DNS_TYPE_NS, true},
	    {"example", DNS_TYPE_DNSKEY, true},
	    {"old.example", DNS_TYPE_DNAME, true},
	    {"*.wild.example", DNS_TYPE_MX, true},
	    {"sub.example", DNS_TYPE_NS, false},
	    {"sub.example", DNS_TYPE_NSEC, true},
	    {"ns.sub.example", DNS_TYPE_A, false},
	    {"safe.example", DNS_TYPE_NS, false},
	    {"safe.example", DNS_TYPE_DS, true},
	};
	static const char more[] =
	    "sub.example. RRSIG NS 13 2 3600 20851231235959 20200101000000 "
	    "45253 example. AAAA\n"
	    "ns.sub.example. RRSIG A 13 3 3600 20851231235959 20200101000000 "
	    "45253 example. AAAA\n";
	const struct dns_zone *zone =
	    load_but(*state, signed_zones_nsec, NULL, more);

	for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
		const struct dns_rrset *rrset =
		    rrset_of(zone, sets[i].name, sets[i].type);

		assert_non_null(rrset);
		assert_int_equal(rrset->sig_len != 0, sets[i].is_signed);
	}
}

static void
rfc_2308_3_the_soa_of_negative_answers_is_signed(void **state)
{
	const struct dns_zone *zone = load(*state, signed_zones_nsec);
	const struct dns_rrset *soa = rrset_of(zone, "example", DNS_TYPE_SOA);
	const struct dns_rrset *negative = &zone->negative;
	const uint8_t *rr = dns_rrset_wire(zone, negative);
	const uint8_t *rrsig = rr + negative->wire_len;

	assert_int_equal(negative->wire_len, soa->wire_len);
	assert_int_equal(negative->sig_len, soa->sig_len);
	assert_int_equal(bytes_get32be(rr + 6), 300);
	assert_int_equal(bytes_get32be(rrsig + 6), 300);
	assert_memory_equal(rrsig + 12,
	    dns_rrset_wire(zone, soa) + soa->wire_len + 12, soa->sig_len - 12);
}

static void
signatures_of_nothing_are_dropped(void **state)
{
	struct load_fixture *fixture = *state;
	const struct dns_zone *zone =
	    load_but(fixture, signed_zones_nsec, "www.example. 3600 IN TXT",
	        "lone.example. RRSIG A 13 2 3600 20851231235959 20200101000000 "
	        "45253 example. AAAA\n");

	assert_string_equal(fixture->said,
	    "warning: zone:65: zone example: lone.example. has an RRSIG for "
	    "its A, but no such data\n"
	    "warning: zone:62: zone example: www.example. has an RRSIG for "
	    "its TXT, but no such data\n");
	assert_null(load_fixture_node(zone, "lone.example"));
	assert_non_null(rrset_of(zone, "www.example", DNS_TYPE_A));
}

static void
equal_signatures_are_one(void **state)
{
	static const char rrsig[] =
	    "www.example. RRSIG TXT 13 2 3600 20851231235959 20200101000000 "
	    "45253 example. AAAA\n";
	char more[sizeof(rrsig) * 40] = "";
	const struct dns_zone *zone =
	    load_but(*state, signed_zones_nsec, NULL, rrsig);
	unsigned sig_len = rrset_of(zone, "www.example", DNS_TYPE_TXT)->sig_len;

	for (unsigned i = 0; i < 40; i++)
		strcat(more, rrsig);
	zone = load_but(*state, signed_zones_nsec, NULL, more);
	assert_int_equal(
	    rrset_of(zone, "www.example", DNS_TYPE_TXT)->sig_len, sig_len);
}

/* ------------------------------------------------------------------ NSEC */

static void
dns_60_rfc_4034_4_nodes_with_nsec_are_listed_in_order(void **state)
{
	static const char *const names[] = {"example", "alias.example",
	    "deep.a.b.c.example", "mail.example", "x.new.example",
	    "ns1.example", "old.example", "x.y.opt.example", "safe.example",
	    "sub.example", "*.wild.example", "www.example"};
	const struct dns_zone *zone = load(*state, signed_zones_nsec);

	assert_int_equal(zone->flags, DNS_ZONE_NSEC);
	assert_int_equal(zone->proof_count, sizeof(names) / sizeof(names[0]));
	for (uint32_t i = 0; i < zone->proof_count; i++)
		assert_ptr_equal(
		    dns_zone_nsec(zone, i), load_fixture_node(zone, names[i]));
}

static void
a_zone_without_signatures_has_no_proofs(void **state)
{
	const struct dns_zone *zone = load_fixture_zone(*state,
	    "@ 60 SOA ns hostmaster 1 2 3 4 5\n@ NS ns.other.\n"
	    "@ NSEC a NS SOA\na A 1.1.1.1\n");

	assert_int_equal(zone->flags, 0);
	assert_int_equal(zone->proof_count, 0);
}

/* ------------------------------------------------------- what is told */

static void
assert_said(struct load_fixture *fixture, const char *without, const char *more,
    const char *said)
{
	const struct dns_zone *zone =
	    load_but(fixture, signed_zones_nsec, without, more);

	assert_string_equal(fixture->said, said);
	assert_int_equal(zone->flags & DNS_ZONE_FAILED, 0);
	assert_int_equal(fixture->report.errors, 0);
}

static void
keys_without_signatures_are_told(void **state)
{
	assert_said(*state, "example. 3600 IN RRSIG SOA", "",
	    "warning: zone:7: zone example: a DNSKEY, but the "
	    "SOA has no RRSIG: the zone is served as one that is not "
	    "signed\n");
}

static void
signatures_without_keys_are_told(void **state)
{
	struct load_fixture *fixture = *state;

	load_but(fixture, signed_zones_nsec, "example. 3600 IN DNSKEY", "");
	assert_non_null(strstr(fixture->said,
	    "zone:1: zone example: the zone is signed, but has "
	    "no DNSKEY\n"));
}

static void
a_missing_signature_is_told(void **state)
{
	assert_said(*state, "www.example. 3600 IN RRSIG A", "",
	    "warning: zone:60: zone example: www.example. has no RRSIG for "
	    "its A\n");
}

static void
a_missing_nsec_is_told(void **state)
{
	assert_said(*state, NULL, "new.example. A 192.0.2.1\n",
	    "warning: zone:66: zone example: new.example. has no NSEC\n"
	    "warning: zone:66: zone example: new.example. has no RRSIG for "
	    "its A\n");
}

static void
a_broken_chain_is_told(void **state)
{
	assert_said(*state, "mail.example. ", "",
	    "warning: zone:19: zone example: mail.example. is the next name "
	    "as this NSEC says, but that is x.new.example.\n"
	    "warning: zone:6: zone example: example. MX: mail.example. does "
	    "not exist in the zone; a record is missing, or a final dot\n");
	assert_said(*state, "www.example. ", "",
	    "warning: zone:58: zone example: www.example. is the next name "
	    "as this NSEC says, but that is example.\n"
	    "warning: zone:13: zone example: alias.example. is an alias of "
	    "www.example., which does not exist in the zone; a record is "
	    "missing, or a final dot\n");
}

/* One signature that holds is enough; else the last one's fault is told. */
static void
a_signature_that_does_not_hold_is_told(void **state)
{
	static const struct {
		const char *rrsig, *what;
	} bad[] = {
	    {"13 2 3600 20200201000000 20200101000000 45253 example.",
	        "has expired"},
	    {"13 2 3600 20851231235959 20800101000000 45253 example.",
	        "is not valid yet"},
	    {"13 3 3600 20851231235959 20200101000000 45253 example.",
	        "was made for a name of another length"},
	    {"13 2 3600 20851231235959 20200101000000 45253 sub.example.",
	        "was not made by the zone, as its signer's name says"},
	    {"13 2 3600 20851231235959 20200101000000 45254 example.",
	        "was made by a key that is not in the zone's DNSKEY"},
	    {"8 2 3600 20851231235959 20200101000000 45253 example.",
	        "was made by a key that is not in the zone's DNSKEY"},
	};
	char more[256], said[256];

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		snprintf(more, sizeof(more), "www.example. RRSIG A %s AAAA\n",
		    bad[i].rrsig);
		assert_said(*state, NULL, more, "");
		snprintf(said, sizeof(said),
		    "warning: zone:65: zone example: www.example.: the RRSIG "
		    "for its A %s\n",
		    bad[i].what);
		assert_said(*state, "www.example. 3600 IN RRSIG A", more, said);
	}
}

static void
expired_signatures_are_told_once_and_counted(void **state)
{
	struct load_fixture *fixture = *state;
	char *text = signed_zones_text(signed_zones_nsec);

	for (char *at = text; (at = strstr(at, "20851231235959")) != NULL;)
		memcpy(at, "2021", 4);
	const struct dns_zone *zone = load_fixture_zone(fixture, text);

	free(text);
	assert_int_equal(zone->flags, DNS_ZONE_NSEC);
	assert_string_equal(fixture->said,
	    "warning: zone:5: zone example: example.: the RRSIG for its NS "
	    "has expired\n"
	    "warning: zone: zone example: the signatures of 28 RRsets have "
	    "expired\n");
}

/* ----------------------------------------------------------------- RDATA */

static void
malformed_rdata_is_refused(void **state)
{
	static const char *const bad[] = {
	    "RRSIG \\# 17 0001080200000e10ffffffff0000000000",
	    "RRSIG \\# 19 0001080200000e10ffffffff000000000000 00",
	    "RRSIG \\# 20 0001080200000e10ffffffff000000000000 4000",
	    "RRSIG \\# 20 0001088000000e10ffffffff000000000000 00ff",
	    "NSEC \\# 0",
	    "NSEC \\# 2 0000",
	    "NSEC \\# 3 000000",
	    "NSEC \\# 4 00000280",
	    "NSEC \\# 7 00010180000180",
	    "NSEC \\# 7 00000180000180",
	    "NSEC3PARAM \\# 4 01000000",
	    "NSEC3PARAM \\# 6 010000000011",
	    "NSEC3PARAM \\# 5 0100000001",
	    "NSEC3 \\# 5 0100000000",
	    "NSEC3 \\# 6 010000000000",
	    "NSEC3 \\# 8 0100000000011100",
	    "DNSKEY \\# 4 01000308",
	    "CDNSKEY \\# 4 01000308",
	    "DS \\# 4 00000801",
	    "DS \\# 5 0000080100",
	    "CDS \\# 5 0000080200",
	};
	struct load_fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		char text[256];

		snprintf(text, sizeof(text),
		    "@ 60 SOA ns hostmaster 1 2 3 4 5\n@ NS ns.other.\n"
		    "a %s\n",
		    bad[i]);
		load_fixture_zone(fixture, text);
		if (strstr(fixture->said, "zone:3: zone example: ") == NULL)
			fail_msg("%s is taken", bad[i]);
	}
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(                                       \
	    name, load_fixture_set_up, load_fixture_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(rfc_4034_3_signatures_lie_behind_their_set),
	    TEST(rfc_4034_3_signatures_have_the_ttl_of_their_set),
	    TEST(rfc_4035_2_2_what_the_zone_does_not_own_has_no_signature),
	    TEST(rfc_2308_3_the_soa_of_negative_answers_is_signed),
	    TEST(signatures_of_nothing_are_dropped),
	    TEST(equal_signatures_are_one),
	    TEST(dns_60_rfc_4034_4_nodes_with_nsec_are_listed_in_order),
	    TEST(a_zone_without_signatures_has_no_proofs),
	    TEST(keys_without_signatures_are_told),
	    TEST(signatures_without_keys_are_told),
	    TEST(a_missing_signature_is_told),
	    TEST(a_missing_nsec_is_told),
	    TEST(a_broken_chain_is_told),
	    TEST(a_signature_that_does_not_hold_is_told),
	    TEST(expired_signatures_are_told_once_and_counted),
	    TEST(malformed_rdata_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
