/* dns_wire_text_test.c — rows of bytes. */
#include "services/dns/dns_wire_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
rows_are_of_sixteen_bytes(void **state)
{
	static const char *const rows[] = {
	    "00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f",
	    "10 11 12 13 14 15 16 17 18 19 1a 1b 1c 1d 1e 1f",
	    "ff",
	};
	uint8_t bytes[33];
	struct span left = {bytes, sizeof(bytes)};
	char row[DNS_WIRE_TEXT_ROW];

	(void)state;
	for (size_t i = 0; i < 32; i++)
		bytes[i] = (uint8_t)i;
	bytes[32] = 0xff;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t len = dns_wire_text_row(&left, row);

		assert_int_equal(len, strlen(rows[i]));
		assert_memory_equal(row, rows[i], len);
	}
	assert_int_equal(dns_wire_text_row(&left, row), 0);
	assert_int_equal(left.len, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rows_are_of_sixteen_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
