/* dns_unpack_test.c — names as messages have them. */
#include "services/dns/dns_unpack.h"

#include "services/dns/dns_name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static enum dns_unpack_result
unpack(const char *message, size_t len, size_t at, struct dns_unpack *out)
{
	struct span bytes = {(const uint8_t *)message, len};

	return dns_unpack(bytes, at, len, out);
}

/* The name at AT of the string literal MESSAGE, without its NUL. */
#define UNPACK(message, at, out) unpack(message, sizeof(message) - 1, at, out)

static void
assert_name(const struct dns_unpack *out, const char *expected)
{
	char text[DNS_NAME_TEXT_MAX];

	assert_int_equal(out->len, dns_name_length(out->name));
	assert_string_equal(dns_name_format(out->name, text), expected);
}

static void
names_without_pointers(void **state)
{
	struct dns_unpack out;

	(void)state;
	assert_int_equal(UNPACK("\1a\2bc\0x", 0, &out), DNS_UNPACK_DONE);
	assert_name(&out, "a.bc.");
	assert_int_equal(out.end, 6);
	assert_int_equal(out.labels_end, 6);
	assert_false(out.is_pointed);
	assert_int_equal(UNPACK("\0", 0, &out), DNS_UNPACK_DONE);
	assert_name(&out, ".");
	assert_int_equal(out.end, 1);
}

static void
pointers_lead_back(void **state)
{
	struct dns_unpack out;

	(void)state;
	assert_int_equal(
	    UNPACK("\2bc\0\1a\xc0\0\1d\xc0\4??", 8, &out), DNS_UNPACK_DONE);
	assert_name(&out, "d.a.bc.");
	assert_true(out.is_pointed);
	assert_int_equal(out.labels_end, 10);
	assert_int_equal(out.target, 4);
	assert_int_equal(out.end, 12);
}

static void
bad_pointers_are_told_and_passed_over(void **state)
{
	struct dns_unpack out;

	(void)state;
	assert_int_equal(UNPACK("\xc0\0", 0, &out), DNS_UNPACK_FORWARD);
	assert_int_equal(out.end, 2);
	assert_int_equal(UNPACK("\1a\xc0\0", 0, &out), DNS_UNPACK_FORWARD);
	assert_int_equal(out.end, 4);
	assert_int_equal(out.labels_end, 2);
	assert_int_equal(UNPACK("\xc0\2\0", 0, &out), DNS_UNPACK_FORWARD);
	/* Two that lead to one another. */
	assert_int_equal(UNPACK("\xc0\2\xc0\0", 2, &out), DNS_UNPACK_FORWARD);
	assert_int_equal(out.end, 4);
	/* What it leads to is no name. */
	assert_int_equal(UNPACK("\x80\0\xc0\0", 2, &out), DNS_UNPACK_LABEL);
	assert_int_equal(out.end, 4);
}

static void
what_ends_too_early_is_cut(void **state)
{
	struct dns_unpack out;

	(void)state;
	assert_int_equal(UNPACK("", 0, &out), DNS_UNPACK_CUT);
	assert_int_equal(UNPACK("\1a", 0, &out), DNS_UNPACK_CUT);
	assert_int_equal(out.end, 0);
	assert_int_equal(out.labels_end, 2);
	assert_int_equal(UNPACK("\1", 0, &out), DNS_UNPACK_CUT);
	assert_int_equal(UNPACK("\1a\xc0", 0, &out), DNS_UNPACK_CUT);
	assert_int_equal(UNPACK("\x40", 0, &out), DNS_UNPACK_LABEL);
	assert_int_equal(out.end, 0);
}

static void
a_name_has_255_bytes_at_most(void **state)
{
	char message[300];
	struct dns_unpack out;

	(void)state;
	for (size_t i = 0; i < sizeof(message); i += 2)
		memcpy(message + i, "\1a", 2);
	message[254] = 0;
	assert_int_equal(
	    unpack(message, sizeof(message), 0, &out), DNS_UNPACK_DONE);
	assert_int_equal(out.len, DNS_NAME_MAX);
	message[254] = 1;
	message[256] = 0;
	assert_int_equal(
	    unpack(message, sizeof(message), 0, &out), DNS_UNPACK_LONG);
}

static void
a_chain_of_pointers_ends(void **state)
{
	uint8_t message[2 + 2 * 200] = {0};
	struct dns_unpack out;

	(void)state;
	for (size_t at = 2; at < sizeof(message); at += 2) {
		message[at] = 0xc0 | (uint8_t)((at - 2) >> 8);
		message[at + 1] = (uint8_t)(at - 2);
	}
	struct span bytes = {message, sizeof(message)};

	assert_int_equal(
	    dns_unpack(bytes, 2 * DNS_LABEL_COUNT_MAX, sizeof(message), &out),
	    DNS_UNPACK_DONE);
	assert_int_equal(dns_unpack(bytes, 2 * DNS_LABEL_COUNT_MAX + 2,
	                     sizeof(message), &out),
	    DNS_UNPACK_HOPS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(names_without_pointers),
	    cmocka_unit_test(pointers_lead_back),
	    cmocka_unit_test(bad_pointers_are_told_and_passed_over),
	    cmocka_unit_test(what_ends_too_early_is_cut),
	    cmocka_unit_test(a_name_has_255_bytes_at_most),
	    cmocka_unit_test(a_chain_of_pointers_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
