/* dns_text_zone_test.c — zones as text, of which the loader makes the same. */
#include "services/dns/dns_text_zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "load_fixture.h"
#include "signed_zones.h"

static uint8_t message[DNS_TEXT_ZONE_MESSAGE];

/* ZONE as text, which the caller frees. */
static char *
write_zone(const struct dns_zone *zone)
{
	static uint8_t line[DNS_TEXT_ZONE_RECORD_MAX];
	struct dns_text_zone walk = dns_text_zone_open(zone, message);
	char *all = NULL;
	size_t len = 0;

	for (;;) {
		struct dns_text text =
		    dns_text_open((struct space){line, sizeof(line)});

		if (!dns_text_zone_next(&walk, &text))
			break;
		assert_false(text.is_full);
		all = realloc(all, len + text.len + 1);
		assert_non_null(all);
		memcpy(all + len, text.out, text.len);
		len += text.len;
		all[len] = '\0';
	}
	return all;
}

/* The same block, but for what the file was. */
static void
assert_same(const struct dns_zone *a, const struct dns_zone *b)
{
	struct dns_zone heads[2] = {*a, *b};

	for (size_t i = 0; i < 2; i++)
		memset(heads[i].content, 0, sizeof(heads[i].content));
	assert_memory_equal(&heads[0], &heads[1], sizeof(heads[0]));
	assert_memory_equal(a + 1, b + 1, a->size - sizeof(*a));
}

/* Loads TEXT, writes it, loads that: the same block. EXPECTED, where given, is
 * what was written. */
static void
round_trip(const char *text, const char *expected)
{
	struct load_fixture *fixture = load_fixture_open();
	const struct dns_zone *zone = load_fixture_zone(fixture, text);

	if ((zone->flags & DNS_ZONE_FAILED) != 0)
		fail_msg("%s", fixture->said);
	char *written = write_zone(zone);
	struct dns_zone *first = aligned_alloc(DNS_ZONE_ALIGN, zone->size);

	assert_non_null(first);
	memcpy(first, zone, zone->size);
	if (expected != NULL)
		assert_string_equal(written, expected);
	zone = load_fixture_zone(fixture, written);
	if ((zone->flags & DNS_ZONE_FAILED) != 0)
		fail_msg("%s%s", fixture->said, written);
	assert_same(first, zone);
	char *again = write_zone(zone);

	assert_string_equal(written, again);
	free(again);
	free(first);
	free(written);
	load_fixture_close(fixture);
}

#define APEX "@ 60 SOA ns h 1 2 3 4 5\n@ 60 NS ns\nns 60 A 192.0.2.1\n"
#define APEX_TEXT                                                              \
	"example.\t60\tIN\tSOA\tns.example. h.example. 1 2 3 4 5\n"            \
	"example.\t60\tIN\tNS\tns.example.\n"

static void
records_come_in_canonical_order_behind_the_soa(void **state)
{
	(void)state;
	round_trip("z 60 A 192.0.2.4\na.b 60 A 192.0.2.3\n@ 60 TXT x\n"
	           "@ 60 A 192.0.2.9\nb 60 AAAA ::1\nb 60 A 192.0.2.2\n"
	           "b 60 A 192.0.2.1\n" APEX,
	    "example.\t60\tIN\tSOA\tns.example. h.example. 1 2 3 4 5\n"
	    "example.\t60\tIN\tA\t192.0.2.9\n"
	    "example.\t60\tIN\tNS\tns.example.\n"
	    "example.\t60\tIN\tTXT\t\"x\"\n"
	    "b.example.\t60\tIN\tA\t192.0.2.2\n"
	    "b.example.\t60\tIN\tA\t192.0.2.1\n"
	    "b.example.\t60\tIN\tAAAA\t::1\n"
	    "a.b.example.\t60\tIN\tA\t192.0.2.3\n"
	    "ns.example.\t60\tIN\tA\t192.0.2.1\n"
	    "z.example.\t60\tIN\tA\t192.0.2.4\n");
}

static void
names_keep_their_case_and_bytes(void **state)
{
	(void)state;
	round_trip(APEX "MiXed.Case 60 CNAME Target.ELSEWHERE.\n"
	                "a\\.b 60 MX 10 \\000\\255.Example.\n"
	                "\\032\\\" 60 PTR \\@.\\$.\n",
	    APEX_TEXT "\\032\\\".example.\t60\tIN\tPTR\t\\@.\\$.\n"
	              "a\\.b.example.\t60\tIN\tMX\t10 \\000\\255.example.\n"
	              "MiXed.Case.example.\t60\tIN\tCNAME\tTarget.ELSEWHERE."
	              "\n"
	              "ns.example.\t60\tIN\tA\t192.0.2.1\n");
}

static void
wildcards_empty_non_terminals_and_what_is_occluded(void **state)
{
	(void)state;
	round_trip(APEX "*.wild 60 MX 10 x.wild\n*.wild 60 MX 20 *.wild\n"
	                "a.b.c.d 60 A 192.0.2.1\n"
	                "cut 60 NS ns.cut\nns.cut 60 A 192.0.2.2\n"
	                "below.cut 60 TXT hidden\n"
	                "old 60 DNAME new\nnew 60 DNAME wild\n",
	    NULL);
}

static void
ttls_are_those_that_are_served_rfc_2181(void **state)
{
	(void)state;
	round_trip(APEX "a 1d A 192.0.2.1\na 60 A 192.0.2.2\n"
	                "b 2147483648 A 192.0.2.3\nc 0 A 192.0.2.4\n"
	                "d 2147483647 A 192.0.2.5\n",
	    APEX_TEXT "a.example.\t60\tIN\tA\t192.0.2.1\n"
	              "a.example.\t60\tIN\tA\t192.0.2.2\n"
	              "b.example.\t0\tIN\tA\t192.0.2.3\n"
	              "c.example.\t0\tIN\tA\t192.0.2.4\n"
	              "d.example.\t2147483647\tIN\tA\t192.0.2.5\n"
	              "ns.example.\t60\tIN\tA\t192.0.2.1\n");
}

static void
large_sets_point_into_themselves(void **state)
{
	static char text[1 << 20];
	size_t len = (size_t)snprintf(text, sizeof(text), APEX);

	(void)state;
	for (unsigned i = 0; i < 1500; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
		    "many 60 NS n%u.Suffix%u.elsewhere.\n", i, i % 50);
	round_trip(text, NULL);
}

static size_t
count_lines(const char *text)
{
	size_t lines = 0;

	for (; *text != '\0'; text++)
		lines += *text == '\n';
	return lines;
}

/* NSEC, NSEC3, NSEC3 with opt-out: no record is lost, and each link of the
 * chain stands where its name is in canonical order. */
static void
signed_zones_keep_signatures_and_chains(void **state)
{
	static const char *const *const all[] = {
	    signed_zones_nsec, signed_zones_nsec3, signed_zones_opt_out};

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		char *text = signed_zones_text(all[i]);
		struct load_fixture *fixture = load_fixture_open();
		char *written = write_zone(load_fixture_zone(fixture, text));

		assert_int_equal(count_lines(written), count_lines(text));
		round_trip(text, NULL);
		free(written);
		free(text);
		load_fixture_close(fixture);
	}
}

/* Chains that come or go, and those of a zone that is not signed. */
static void
nsec3_without_a_use_stay_rfc_5155_7_3(void **state)
{
	static const char other[] =
	    "00000000000000000000000000000000.example. 300 NSEC3 1 0 7 aabb "
	    "00000000000000000000000000000000 A\n"
	    "vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv.example. 300 NSEC3 1 0 5 - "
	    "00000000000000000000000000000000 A\n"
	    "00000000000000000000000000000001.example. 300 A 192.0.2.1\n";
	char *text = signed_zones_text(signed_zones_nsec3);
	char *more = calloc(1, strlen(text) + sizeof(other));

	(void)state;
	assert_non_null(more);
	snprintf(more, strlen(text) + sizeof(other), "%s%s", text, other);
	round_trip(more, NULL);
	char *param = strstr(more, "IN NSEC3PARAM");

	assert_non_null(param);
	memcpy(param, "IN TXT 1 ", 9);
	memcpy(param + 9, "    ", 4);
	round_trip(more, NULL);
	free(more);
	free(text);
}

static void
hashes_stand_among_the_names(void **state)
{
	char *text = signed_zones_text(signed_zones_nsec3);
	struct load_fixture *fixture = load_fixture_open();
	char *written = write_zone(load_fixture_zone(fixture, text));
	uint8_t key[2][DNS_NAME_MAX], name[DNS_NAME_MAX];
	char owner[DNS_NAME_TEXT_MAX] = "";
	size_t hashes = 0;

	(void)state;
	memset(key, 0, sizeof(key));
	for (const char *line = written; *line != '\0';
	     line = strchr(line, '\n') + 1) {
		size_t len = strcspn(line, "\t"), at = 0;

		hashes += len == 32 + strlen(".example.");
		memcpy(owner, line, len);
		owner[len] = '\0';
		len = dns_name_parse(owner, name);
		assert_true(len > 0);
		/* Labels from the last to the first, each ended by a zero. */
		memset(key[1], 0, sizeof(key[1]));
		for (unsigned label = dns_name_labels(name); label-- > 0;) {
			const uint8_t *p = name;

			for (unsigned i = 0; i < label; i++)
				p += 1 + p[0];
			dns_name_lower(key[1] + at, p + 1, p[0]);
			at += 1U + p[0];
		}
		assert_true(memcmp(key[0], key[1], sizeof(key[0])) <= 0);
		memcpy(key[0], key[1], sizeof(key[0]));
	}
	assert_true(hashes > 10);
	free(written);
	free(text);
	load_fixture_close(fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(records_come_in_canonical_order_behind_the_soa),
	    cmocka_unit_test(names_keep_their_case_and_bytes),
	    cmocka_unit_test(
	        wildcards_empty_non_terminals_and_what_is_occluded),
	    cmocka_unit_test(ttls_are_those_that_are_served_rfc_2181),
	    cmocka_unit_test(large_sets_point_into_themselves),
	    cmocka_unit_test(signed_zones_keep_signatures_and_chains),
	    cmocka_unit_test(nsec3_without_a_use_stay_rfc_5155_7_3),
	    cmocka_unit_test(hashes_stand_among_the_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
