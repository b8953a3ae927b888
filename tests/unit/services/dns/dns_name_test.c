/* dns_name_test.c — names: text, wire, hash. */
#include "services/dns/dns_name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void
round_trip(const char *text, const char *expected)
{
	uint8_t wire[DNS_NAME_MAX];
	char out[DNS_NAME_TEXT_MAX];
	size_t len = dns_name_parse(text, wire);

	assert_int_not_equal(len, 0);
	assert_int_equal(dns_name_length(wire), len);
	assert_string_equal(dns_name_format(wire, out), expected);
}

static void
names_are_read_and_written(void **state)
{
	(void)state;
	round_trip(".", ".");
	round_trip("example.org", "example.org.");
	round_trip("Example.ORG.", "Example.ORG.");
	round_trip("*.a", "*.a.");
	round_trip("a\\.b.c", "a\\.b.c.");
	round_trip("a\\000\\255\\032.", "a\\000\\255\\032.");
	round_trip("\\\"\\;\\(\\@", "\\\"\\;\\(\\@.");
	round_trip("_a-b/c+d", "_a-b/c\\+d.");
	round_trip("#.a#", "\\035.a\\035.");
}

static void
bad_names_are_refused(void **state)
{
	static const char *const bad[] = {
	    "", "..", ".a", "a..b", "a\\", "a\\25", "a\\256", "a.."};
	uint8_t wire[DNS_NAME_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(dns_name_parse(bad[i], wire), 0);
}

static void
lengths_are_limited(void **state)
{
	uint8_t wire[DNS_NAME_MAX];
	char text[300], long_label[65];

	(void)state;
	memset(long_label, 'x', 64);
	long_label[64] = '\0';
	assert_int_equal(dns_name_parse(long_label, wire), 0);
	assert_int_equal(dns_name_parse(long_label + 1, wire), 65);
	/* 127 labels of one byte are 255 bytes with the root. */
	for (size_t i = 0; i < 128; i++)
		memcpy(text + 2 * i, "a.", 3);
	assert_int_equal(dns_name_parse(text, wire), 0);
	text[254] = '\0';
	assert_int_equal(dns_name_parse(text, wire), 255);
	assert_int_equal(dns_name_labels(wire), 127);
	text[253] = '\0'; /* without the final dot */
	assert_int_equal(dns_name_parse(text, wire), 255);
}

static void
case_is_folded_for_ascii_only(void **state)
{
	uint8_t lower[4];

	(void)state;
	dns_name_lower(lower, (const uint8_t *)"\x02Z\xc0", 3);
	assert_memory_equal(lower, "\x02z\xc0", 3);
	assert_true(dns_name_is_equal((const uint8_t *)"\x02"
	                                               "aB",
	    (const uint8_t *)"\x02"
	                     "Ab",
	    3));
	assert_false(dns_name_is_equal(
	    (const uint8_t *)"\x01[", (const uint8_t *)"\x01{", 2));
}

/* Eight bytes are folded at once: every byte at every place of every length,
 * and not one behind the end. */
static void
bytes_are_folded_wherever_they_are(void **state)
{
	uint8_t name[DNS_NAME_MAX], lower[DNS_NAME_MAX + 1];

	(void)state;
	for (size_t len = 0; len <= sizeof(name); len++) {
		for (unsigned byte = 0; byte < 256; byte++) {
			for (size_t i = 0; i < len; i++)
				name[i] = (uint8_t)(byte + i);
			lower[len] = 0xee;
			dns_name_lower(lower, name, len);
			for (size_t i = 0; i < len; i++)
				assert_int_equal(
				    lower[i], dns_name_lower_byte(name[i]));
			assert_int_equal(lower[len], 0xee);
		}
	}
}

/* Neighbours in every length differ in both halves of the hash. */
static void
hashes_differ_in_both_halves(void **state)
{
	uint8_t name[64] = {0};

	(void)state;
	for (size_t len = 1; len <= sizeof(name); len++) {
		for (size_t i = 0; i < len; i++) {
			uint64_t before = dns_name_hash(name, len);

			name[i] ^= 1;
			uint64_t after = dns_name_hash(name, len);

			name[i] ^= 1;
			assert_int_not_equal((uint32_t)before, (uint32_t)after);
			assert_int_not_equal(before >> 32, after >> 32);
		}
		assert_int_not_equal(
		    dns_name_hash(name, len), dns_name_hash(name, len - 1));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    {"RFC 1035 §5.1: names are read and written",
	        names_are_read_and_written, NULL, NULL, NULL},
	    {"bad names are refused", bad_names_are_refused, NULL, NULL, NULL},
	    {"RFC 1035 §2.3.4: lengths are limited", lengths_are_limited, NULL,
	        NULL, NULL},
	    {"DNS 32, RFC 4343 §3: case is folded for ASCII only",
	        case_is_folded_for_ascii_only, NULL, NULL, NULL},
	    {"bytes are folded wherever they are",
	        bytes_are_folded_wherever_they_are, NULL, NULL, NULL},
	    {"hashes differ in both halves", hashes_differ_in_both_halves, NULL,
	        NULL, NULL},
	};

	return cmocka_run_group_tests_name("dns_name", tests, NULL, NULL);
}
