/* dns_rrset_test.c — the numbers are those of the DNS requirements. */
#include "services/dns/dns_rrset.h"

#include "core/bytes.h"
#include "proof_zones.h"
#include "zone_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct dns_zone *zone;
static uint8_t message[DNS_TCP_MAX];

/* The NSEC of www, which has one signature. */
static const struct dns_rrset *
nsec(void)
{
	static const uint8_t www[] = "\3www\7example";

	return dns_node_find(
	    dns_zone_find(zone, www, sizeof(www)), DNS_TYPE_NSEC);
}

/* The set and its signature lie at AT, with owners of FIRST_LEN and SECOND_LEN
 * bytes. Returns the second's. */
static const uint8_t *
check_records(size_t at, size_t first_len, size_t second_len)
{
	const struct dns_rrset *rrset = nsec();
	const uint8_t *wire = dns_rrset_wire(zone, rrset);
	const uint8_t *first = message + at + first_len;
	const uint8_t *second = first + rrset->wire_len - 2 + second_len;

	assert_memory_equal(first, wire + 2, rrset->wire_len - 2U);
	assert_memory_equal(
	    second, wire + rrset->wire_len + 2, rrset->sig_len - 2U);
	return second - second_len;
}

static void
dns_36_rfc_1035_4_1_4_spelled_owner(void **state)
{
	static const uint8_t www[] = "\3www";
	struct dns_spelled_owner owner = {www, 4, 17};
	size_t size = dns_rrset_spelled_size(zone, nsec(), 300, &owner);

	(void)state;
	assert_int_equal(
	    dns_rrset_place_spelled(zone, nsec(), message, 300, &owner), size);
	assert_int_equal(size, nsec()->wire_len + nsec()->sig_len + 4);
	assert_memory_equal(message + 300, "\3www\xc0\x11", 6);
	assert_int_equal(
	    bytes_get16be(check_records(300, 6, 2)), DNS_POINTER | 300);
}

/* The whole name lies in the message already. */
static void
dns_36_rfc_1035_4_1_4_owner_that_is_there(void **state)
{
	static const uint8_t nothing[1];
	struct dns_spelled_owner owner = {nothing, 0, 12};
	size_t size = dns_rrset_spelled_size(zone, nsec(), 300, &owner);

	(void)state;
	assert_int_equal(
	    dns_rrset_place_spelled(zone, nsec(), message, 300, &owner), size);
	assert_int_equal(size, nsec()->wire_len + nsec()->sig_len);
	assert_int_equal(bytes_get16be(message + 300), DNS_POINTER | 12);
	assert_int_equal(
	    bytes_get16be(check_records(300, 2, 2)), DNS_POINTER | 12);
}

/* Behind the first 16 KiB nothing can be pointed to. */
static void
dns_36_rfc_1035_4_1_4_owner_far_behind(void **state)
{
	static const uint8_t www[] = "\3www";
	struct dns_spelled_owner owner = {www, 4, 17};
	size_t at = DNS_POINTER_LIMIT;
	size_t size = dns_rrset_spelled_size(zone, nsec(), at, &owner);

	(void)state;
	assert_int_equal(
	    dns_rrset_place_spelled(zone, nsec(), message, at, &owner), size);
	assert_int_equal(size, nsec()->wire_len + nsec()->sig_len + 8);
	assert_memory_equal(message + at, "\3www\xc0\x11", 6);
	assert_memory_equal(check_records(at, 6, 6), "\3www\xc0\x11", 6);
}

static void
dns_60_rfc_4034_3_signatures(void **state)
{
	struct dns_owner owner = {.owner = 40, .tail = 40};

	(void)state;
	assert_int_equal(dns_rrset_signatures(zone, nsec()), 1);
	assert_int_equal(
	    dns_rrset_place_signatures(zone, nsec(), message, 500, &owner),
	    nsec()->sig_len);
	assert_int_equal(bytes_get16be(message + 500), DNS_POINTER | 40);
	assert_int_equal(bytes_get16be(message + 502), DNS_TYPE_RRSIG);
	assert_int_equal(bytes_get16be(message + 512), DNS_TYPE_NSEC);
}

static int
load_zone(void **state)
{
	char *text = proof_zones_text(proof_zones_nsec);
	struct zone_fixture fixture = {"example", text};

	(void)state;
	(void)proof_zones_nsec3;
	(void)proof_zones_opt_out;
	zone = dns_catalog_zone(zone_fixture_load(&fixture, 1), 0);
	free(text);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dns_36_rfc_1035_4_1_4_spelled_owner),
	    cmocka_unit_test(dns_36_rfc_1035_4_1_4_owner_that_is_there),
	    cmocka_unit_test(dns_36_rfc_1035_4_1_4_owner_far_behind),
	    cmocka_unit_test(dns_60_rfc_4034_3_signatures),
	};
	return cmocka_run_group_tests_name("dns_rrset", tests, load_zone, NULL);
}
