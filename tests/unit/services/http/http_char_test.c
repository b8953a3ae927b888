/* Comparing names a word at a time is the same as byte by byte. */
#include "services/http/http_char.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static void
names_are_equal_whatever_their_case(void **state)
{
	static const char *const names[] = {"host", "range", "accept",
	    "if-none", "if-range", "if-none-m", "connection", "authorization",
	    "content-length", "accept-encoding", "if-modified-sinc",
	    "if-modified-since", "if-unmodified-since",
	    "a-name-of-more-than-three-words"};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t len = strlen(names[i]);
		uint8_t name[32];

		memcpy(name, names[i], len);
		for (size_t at = 0; at < len; at++) {
			for (unsigned byte = 0; byte < 256; byte++) {
				if (!http_char_token[byte])
					continue;
				name[at] = (uint8_t)byte;
				struct span span = {name, len};

				if (http_char_token_equals(
				        span, names[i], len) !=
				    http_char_equals(span, names[i], len))
					fail_msg(
					    "%s: %zu: %x", names[i], at, byte);
			}
			/* Upper-case from here on, for the next bytes. */
			name[at] = (uint8_t)names[i][at];
			if (name[at] >= 'a')
				name[at] &= 0xdf;
		}
		assert_false(http_char_token_equals(
		    (struct span){name, len - 1}, names[i], len));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(names_are_equal_whatever_their_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
