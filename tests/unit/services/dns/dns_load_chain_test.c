/* dns_load_chain_test.c — zones signed with NSEC3 → chain and proofs. */
#include "load_fixture.h"
#include "signed_zones.h"

#include "core/bytes.h"
#include "services/dns/dns_base32.h"
#include "services/dns/dns_dnssec.h"
#include "services/dns/dns_nsec3.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct dns_zone *
load(struct load_fixture *fixture, const char *const *lines)
{
	char *text = signed_zones_text(lines);
	const struct dns_zone *zone = load_fixture_zone(fixture, text);

	free(text);
	assert_string_equal(fixture->said, "");
	assert_int_equal(zone->flags, DNS_ZONE_NSEC3);
	return zone;
}

/* The NSEC3 zone with OLD replaced by NEW, each time, and MORE behind it. */
static const struct dns_zone *
load_with(struct load_fixture *fixture, const char *old, const char *new,
    const char *more)
{
	char *text = signed_zones_text(signed_zones_nsec3);
	size_t cap = 2 * strlen(text) + strlen(more) + 1, len = 0;
	char *changed = calloc(1, cap);
	const char *at = text, *found;

	while ((found = strstr(at, old)) != NULL) {
		len += (size_t)snprintf(changed + len, cap - len, "%.*s%s",
		    (int)(found - at), at, new);
		at = found + strlen(old);
	}
	snprintf(changed + len, cap - len, "%s%s", at, more);
	const struct dns_zone *zone = load_fixture_zone(fixture, changed);

	free(text);
	free(changed);
	return zone;
}

static size_t
whole_name(
    const struct dns_zone *zone, const struct dns_node *node, uint8_t *out)
{
	memcpy(out, dns_node_name(node), node->name_len);
	memcpy(out + node->name_len, zone->name, zone->apex_len);
	return (size_t)node->name_len + zone->apex_len;
}

static struct dns_node_proof
proof_of(const struct dns_zone *zone, const char *name)
{
	const struct dns_node *node = load_fixture_node(zone, name);
	const struct dns_node_proof *proof =
	    node == NULL ? NULL : dns_node_proof(node);

	if (proof == NULL)
		fail_msg("%s has no proof", name);
	return proof == NULL ? (struct dns_node_proof){0} : *proof;
}

/* The link that matches or covers NAME, found by looking at each. */
static uint32_t
find(const struct dns_zone *zone, const uint8_t *name, size_t len,
    bool *is_match)
{
	struct digest *digest = digest_open();
	uint8_t hash[DNS_NSEC3_HASH_SIZE];
	uint32_t found = zone->proof_count - 1;
	struct span salt = {
	    dns_zone_at(zone, zone->nsec3_salt), zone->nsec3_salt_len};

	*is_match = false;
	assert_true(dns_nsec3_hash(
	    digest, name, len, zone->nsec3_iterations, salt, hash));
	digest_close(digest);
	for (uint32_t i = 0; i < zone->proof_count; i++) {
		int order =
		    memcmp(dns_zone_nsec3(zone, i)->hash, hash, sizeof(hash));

		if (order <= 0)
			found = i;
		if (order == 0)
			*is_match = true;
	}
	return found;
}

static void
assert_proof(const struct dns_zone *zone, const struct dns_node *node)
{
	const struct dns_node_proof *proof = dns_node_proof(node);
	uint8_t name[2 + DNS_NAME_MAX] = {1, '*'};
	size_t len = whole_name(zone, node, name + 2), at = 2, closer = 0;
	bool is_match;
	uint32_t link = find(zone, name + 2, len, &is_match), last = link;

	assert_int_equal(proof->match, is_match ? link : DNS_NODE_UNPROVEN);
	assert_int_equal(proof->wildcard, find(zone, name, len + 2, &is_match));
	link = find(zone, name + at, len, &is_match);
	while (!is_match) {
		last = link;
		closer = at;
		len -= 1 + (size_t)name[at];
		at += 1 + (size_t)name[at];
		link = find(zone, name + at, len, &is_match);
	}
	assert_int_equal(proof->encloser, link);
	assert_int_equal(
	    proof->next_closer, closer == 0 ? DNS_NODE_UNPROVEN : last);
}

static void
assert_proofs(const struct dns_zone *zone)
{
	for (uint32_t i = 0; i < zone->node_count; i++) {
		const struct dns_node *node = dns_zone_nth(zone, i);

		if ((node->flags & DNS_NODE_OCCLUDED) != 0)
			assert_null(dns_node_proof(node));
		else
			assert_proof(zone, node);
	}
}

/* ------------------------------------------------------------- the chain */

static void
dns_60_rfc_5155_7_the_chain_ascends_by_hash(void **state)
{
	const struct dns_zone *zone = load(*state, signed_zones_nsec3);

	assert_int_equal(zone->proof_count, 19);
	assert_int_equal(zone->spare_link_count, 0);
	assert_int_equal(zone->nsec3_iterations, 5);
	assert_int_equal(zone->nsec3_salt_len, 2);
	assert_memory_equal(dns_zone_at(zone, zone->nsec3_salt), "\xaa\xbb", 2);
	for (uint32_t i = 0; i < zone->proof_count; i++) {
		const struct dns_nsec3 *link = dns_zone_nsec3(zone, i);
		const struct dns_nsec3 *next =
		    dns_zone_nsec3(zone, (i + 1) % zone->proof_count);
		const uint8_t *rr = dns_rrset_wire(zone, &link->rrset);
		struct span rdata = {rr + 12, bytes_get16be(rr + 10)};

		assert_int_equal(link->rrset.type, DNS_TYPE_NSEC3);
		assert_int_equal(link->rrset.count, 1);
		assert_int_equal(link->rrset.sig_len, 12 + 18 + 9 + 64);
		assert_memory_equal(
		    dns_dnssec_nsec3(DNS_TYPE_NSEC3, rdata).next.data,
		    next->hash, sizeof(next->hash));
	}
}

static void
rfc_5155_7_2_8_owners_of_nsec3_do_not_exist(void **state)
{
	const struct dns_zone *zone = load(*state, signed_zones_nsec3);

	for (uint32_t i = 0; i < zone->proof_count; i++) {
		uint8_t name[DNS_NAME_MAX] = {DNS_NSEC3_LABEL};

		dns_base32_encode(name + 1, dns_zone_nsec3(zone, i)->hash,
		    DNS_NSEC3_HASH_SIZE);
		memcpy(name + 1 + DNS_NSEC3_LABEL, zone->name, zone->apex_len);
		assert_null(dns_zone_find(
		    zone, name, (size_t)1 + DNS_NSEC3_LABEL + zone->apex_len));
	}
}

static void
an_owner_of_nsec3_with_other_data_exists(void **state)
{
	static const char owner[] = "5e5lt45har2boe823b9eusg3orb1618o.example";
	char more[128];

	snprintf(more, sizeof(more), "%s. A 192.0.2.9\n", owner);
	const struct dns_zone *zone = load_with(*state, "~", "~", more);
	const struct dns_node *node = load_fixture_node(zone, owner);

	assert_int_equal(zone->proof_count, 19);
	assert_non_null(node);
	assert_int_equal(node->rrset_count, 1);
	assert_non_null(dns_node_find(node, DNS_TYPE_A));
	assert_proofs(zone);
}

/* Another chain is kept, but for no answer; NSEC3PARAM says which is which. */
static void
rfc_5155_7_3_the_chain_of_nsec3param_serves(void **state)
{
	static const char other[] =
	    "00000000000000000000000000000000.example. NSEC3 1 0 7 aabb "
	    "00000000000000000000000000000000 A\n"
	    "vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv.example. NSEC3 1 0 5 aabbcc "
	    "00000000000000000000000000000000 A\n"
	    "example. NSEC3PARAM 1 0 5 aabbcc\n"
	    "example. NSEC3PARAM 1 1 7 aabb\n";
	const struct dns_zone *zone = load_with(*state, "~", "~", other);

	assert_int_equal(zone->flags, DNS_ZONE_NSEC3);
	assert_int_equal(zone->proof_count, 19);
	assert_int_equal(zone->spare_link_count, 2);
	for (uint32_t i = 0; i < 2; i++)
		assert_int_equal(
		    dns_zone_spare_link(zone, i)->rrset.type, DNS_TYPE_NSEC3);
	assert_proofs(zone);
}

static void
a_chain_without_parameters_serves_nothing(void **state)
{
	struct load_fixture *fixture = *state;
	const struct dns_zone *zone =
	    load_with(fixture, "IN NSEC3PARAM", "IN TYPE65534 \\# 0 ;", "");

	assert_int_equal(zone->flags, 0);
	assert_int_equal(zone->proof_count, 0);
	assert_int_equal(zone->spare_link_count, 19);
	assert_non_null(strstr(fixture->said,
	    "the zone is signed, but its apex has neither NSEC nor"));
}

static void
a_chain_without_a_signed_soa_serves_nothing(void **state)
{
	const struct dns_zone *zone =
	    load_with(*state, "IN RRSIG SOA", "IN RRSIG TYPE65534", "");

	assert_int_equal(zone->flags, 0);
	assert_int_equal(zone->proof_count, 0);
	assert_int_equal(zone->spare_link_count, 19);
}

/* ------------------------------------------------------------ the proofs */

static void
dns_60_rfc_5155_7_2_each_node_has_its_proof(void **state)
{
	assert_proofs(load(*state, signed_zones_nsec3));
	assert_proofs(load(*state, signed_zones_opt_out));
}

static void
dns_60_rfc_5155_6_names_that_opt_out_have_no_match(void **state)
{
	static const char *const unmatched[] = {
	    "sub.example", "opt.example", "y.opt.example", "x.y.opt.example"};
	static const char *const matched[] = {"example", "safe.example",
	    "c.example", "new.example", "wild.example", "*.wild.example"};
	const struct dns_zone *zone = load(*state, signed_zones_opt_out);
	uint32_t apex = proof_of(zone, "example").match;
	uint32_t opt = proof_of(zone, "opt.example").next_closer;

	for (size_t i = 0; i < sizeof(unmatched) / sizeof(unmatched[0]); i++) {
		struct dns_node_proof proof = proof_of(zone, unmatched[i]);

		assert_int_equal(proof.match, DNS_NODE_UNPROVEN);
		assert_int_equal(proof.encloser, apex);
		assert_int_not_equal(proof.next_closer, DNS_NODE_UNPROVEN);
		if (i > 0)
			assert_int_equal(proof.next_closer, opt);
	}
	for (size_t i = 0; i < sizeof(matched) / sizeof(matched[0]); i++) {
		struct dns_node_proof proof = proof_of(zone, matched[i]);

		assert_int_not_equal(proof.match, DNS_NODE_UNPROVEN);
		assert_int_equal(proof.encloser, proof.match);
	}
}

/* "*" below a name of 254 bytes would be too long to exist. */
static void
a_name_too_long_for_a_wildcard_has_none(void **state)
{
#define LABEL(c) c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c
#define LONG LABEL("ab") "."
	static const char name[] = LONG LONG LONG LABEL("ab") ".example";
	char more[400];

	snprintf(more, sizeof(more), "%s. A 192.0.2.9\n", name);
	const struct dns_zone *zone = load_with(*state, "~", "~", more);

	assert_int_not_equal(proof_of(zone, name).wildcard, DNS_NODE_UNPROVEN);
	snprintf(more, sizeof(more), "x%s. A 192.0.2.9\n", name);
	zone = load_with(*state, "~", "~", more);
	snprintf(more, sizeof(more), "x%s", name);
	assert_int_equal(proof_of(zone, more).wildcard, DNS_NODE_UNPROVEN);
}

/* ---------------------------------------------------------- what is told */

static const struct dns_zone *
assert_said(struct load_fixture *fixture, const char *old, const char *new,
    const char *more, const char *said)
{
	const struct dns_zone *zone = load_with(fixture, old, new, more);

	if (strstr(fixture->said, said) == NULL)
		fail_msg("not said: %s\nbut: %s", said, fixture->said);
	assert_int_equal(zone->flags & DNS_ZONE_FAILED, 0);
	assert_int_equal(fixture->report.errors, 0);
	return zone;
}

static void
a_broken_chain_is_told(void **state)
{
	assert_said(*state, "aabb 5e5lt45har2boe823b9eusg3orb1618o",
	    "aabb 5e5lt45har2boe823b9eusg3orb1618p", "",
	    "zone example: 5e5lt45har2boe823b9eusg3orb1618p is the next hash "
	    "as this NSEC3 says, but that is "
	    "5e5lt45har2boe823b9eusg3orb1618o\n");
}

static void
a_name_without_nsec3_is_told(void **state)
{
	assert_said(*state, "~", "~", "more.example. A 192.0.2.1\n",
	    "zone example: more.example. has no NSEC3\n");
	assert_said(*state, "~", "~", "x.more.example. A 192.0.2.1\n",
	    "zone example: more.example. has no NSEC3\n");
	assert_said(*state, "~", "~", "more.example. NS ns.more.example.\n",
	    "zone example: more.example. has no NSEC3\n");
}

static void
rfc_9276_3_many_iterations_are_told(void **state)
{
	const struct dns_zone *zone =
	    load_with(*state, "1 0 5 aabb", "1 0 100 aabb", "");

	assert_null(strstr(((struct load_fixture *)*state)->said, "RFC 9276"));
	assert_int_equal(zone->nsec3_iterations, 100);
	assert_said(*state, "1 0 5 aabb", "1 0 101 aabb", "",
	    "NSEC3 with 101 iterations: above 100 many take the zone for one "
	    "that is not signed; it should be 0 (RFC 9276 §3.1)\n");
}

static void
rfc_5155_10_3_more_iterations_are_not_used(void **state)
{
	const struct dns_zone *zone = assert_said(*state, "1 0 5 aabb",
	    "1 0 2501 aabb", "",
	    "NSEC3 with 2501 iterations, more than 2500 (RFC 5155 §10.3): its "
	    "chain is not used\n");

	assert_int_equal(zone->flags, 0);
	assert_int_equal(zone->proof_count, 0);
}

static void
other_algorithms_are_told(void **state)
{
	assert_said(*state, "1 0 5 aabb", "2 0 5 aabb", "",
	    "NSEC3 with algorithm 2 is not known: its chain is not used\n");
}

static void
nsec3param_without_a_chain_is_told(void **state)
{
	assert_said(*state, "~", "~", "example. NSEC3PARAM 1 0 9 -\n",
	    "no NSEC3 has the parameters of this NSEC3PARAM\n");
}

static void
nsec3_of_no_hash_is_told(void **state)
{
	static const char *const owners[] = {"short", "example.",
	    "0123456789abcdef0123456789abcdew",
	    "5e5lt45har2boe823b9eusg3orb1618o.a",
	    "5e5lt45har2boe823b9eusg3orb1618o0000"};
	char more[256];

	for (size_t i = 0; i < sizeof(owners) / sizeof(owners[0]); i++) {
		snprintf(more, sizeof(more),
		    "$ORIGIN example.\n%s NSEC3 1 0 5 aabb "
		    "00000000000000000000000000000000 A\n",
		    owners[i]);
		assert_said(*state, "~", "~", more,
		    "an NSEC3 whose owner is not a hash and the zone's name "
		    "is of no use: it is left out\n");
	}
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(                                       \
	    name, load_fixture_set_up, load_fixture_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(dns_60_rfc_5155_7_the_chain_ascends_by_hash),
	    TEST(rfc_5155_7_2_8_owners_of_nsec3_do_not_exist),
	    TEST(an_owner_of_nsec3_with_other_data_exists),
	    TEST(rfc_5155_7_3_the_chain_of_nsec3param_serves),
	    TEST(a_chain_without_parameters_serves_nothing),
	    TEST(a_chain_without_a_signed_soa_serves_nothing),
	    TEST(dns_60_rfc_5155_7_2_each_node_has_its_proof),
	    TEST(dns_60_rfc_5155_6_names_that_opt_out_have_no_match),
	    TEST(a_name_too_long_for_a_wildcard_has_none),
	    TEST(a_broken_chain_is_told),
	    TEST(a_name_without_nsec3_is_told),
	    TEST(rfc_9276_3_many_iterations_are_told),
	    TEST(rfc_5155_10_3_more_iterations_are_not_used),
	    TEST(other_algorithms_are_told),
	    TEST(nsec3param_without_a_chain_is_told),
	    TEST(nsec3_of_no_hash_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
