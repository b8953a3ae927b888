/* dns_base32_test.c — base32 with the extended hex alphabet. */
#include "services/dns/dns_base32.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void
round_trip(const char *bytes, const char *text)
{
	uint8_t encoded[16], decoded[16];
	size_t len = strlen(bytes), text_len = strlen(text);

	assert_int_equal(dns_base32_length(len), text_len);
	dns_base32_encode(encoded, (const uint8_t *)bytes, len);
	assert_memory_equal(encoded, text, text_len);
	assert_int_equal(
	    dns_base32_decode(decoded, (const uint8_t *)text, text_len), len);
	assert_memory_equal(decoded, bytes, len);
}

static void
the_examples_of_rfc_4648_10(void **state)
{
	(void)state;
	round_trip("f", "co");
	round_trip("fo", "cpng");
	round_trip("foo", "cpnmu");
	round_trip("foob", "cpnmuog");
	round_trip("fooba", "cpnmuoj1");
	round_trip("foobar", "cpnmuoj1e8");
}

static void
upper_case_is_read_too(void **state)
{
	uint8_t bytes[8];

	(void)state;
	assert_int_equal(
	    dns_base32_decode(bytes, (const uint8_t *)"CPNMUOG", 7), 4);
	assert_memory_equal(bytes, "foob", 4);
}

static void
other_texts_are_refused(void **state)
{
	static const char *const bad[] = {
	    "",       /* nothing */
	    "c",      /* a digit that makes no byte */
	    "cp0",    /* a digit too many */
	    "cpnmuo", /* the same behind whole bytes */
	    "cp",     /* bits left over that are not zero */
	    "cw",     /* no digits */
	    "c=",
	    "c\xe1",
	};
	uint8_t bytes[8];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(dns_base32_decode(bytes,
		                     (const uint8_t *)bad[i], strlen(bad[i])),
		    0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_examples_of_rfc_4648_10),
	    cmocka_unit_test(upper_case_is_read_too),
	    cmocka_unit_test(other_texts_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
