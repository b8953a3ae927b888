/* SHA-1 against the examples of FIPS 180-4's authors. */
#include "core/digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void
two_pieces_are_one_message(void **state)
{
	static const uint8_t abc[DIGEST_SHA1_SIZE] = {0xa9, 0x99, 0x3e, 0x36,
	    0x47, 0x06, 0x81, 0x6a, 0xba, 0x3e, 0x25, 0x71, 0x78, 0x50, 0xc2,
	    0x6c, 0x9c, 0xd0, 0xd8, 0x9d};
	struct digest *digest = digest_open();
	uint8_t out[DIGEST_SHA1_SIZE];

	(void)state;
	assert_non_null(digest);
	assert_true(digest_sha1(digest, span_of("abc"), span_of(""), out));
	assert_memory_equal(out, abc, sizeof(abc));
	memset(out, 0, sizeof(out));
	assert_true(digest_sha1(digest, span_of("a"), span_of("bc"), out));
	assert_memory_equal(out, abc, sizeof(abc));
	digest_close(digest);
}

static void
hashes_its_own_output(void **state)
{
	static const uint8_t twice[4] = {0x0d, 0x3c, 0xed, 0x9b};
	struct digest *digest = digest_open();
	uint8_t out[DIGEST_SHA1_SIZE];

	(void)state;
	assert_non_null(digest);
	assert_true(digest_sha1(digest, span_of("abc"), span_of(""), out));
	assert_true(digest_sha1(
	    digest, (struct span){out, sizeof(out)}, span_of(""), out));
	assert_memory_equal(out, twice, sizeof(twice));
	digest_close(digest);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(two_pieces_are_one_message),
	    cmocka_unit_test(hashes_its_own_output),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
