/* SipHash-2-4 against its authors' own vectors. */
#include "core/siphash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* The first 0 … 15 bytes of 00 01 02 …, under the key 00 01 … 0f. */
static void
the_authors_vectors(void **state)
{
	static const uint64_t key[2] = {0x0706050403020100, 0x0f0e0d0c0b0a0908};
	static const uint64_t expected[16] = {0x726fdb47dd0e0e31,
	    0x74f839c593dc67fd, 0x0d6c8009d9a94f5a, 0x85676696d7fb7e2d,
	    0xcf2794e0277187b7, 0x18765564cd99a68d, 0xcbc9466e58fee3ce,
	    0xab0200f58b01d137, 0x93f5f5799a932462, 0x9e0082df0ba9e4b0,
	    0x7a5dbbc594ddb9f3, 0xf4b32f46226bada7, 0x751e8fbc860ee5fb,
	    0x14ea5627c0843d90, 0xf723ca908e7af2ee, 0xa129ca6149be45e5};
	uint8_t bytes[16];

	(void)state;
	for (uint8_t i = 0; i < 16; i++) {
		assert_int_equal(
		    siphash(key, (struct span){bytes, i}), expected[i]);
		bytes[i] = i;
	}
}

static void
fifteen_bytes_in_registers_are_the_same(void **state)
{
	static const uint64_t key[2] = {0x0706050403020100, 0x0f0e0d0c0b0a0908};

	(void)state;
	assert_int_equal(siphash_15(key, 0x0706050403020100, 0x0e0d0c0b0a0908),
	    0xa129ca6149be45e5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_authors_vectors),
	    cmocka_unit_test(fifteen_bytes_in_registers_are_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
