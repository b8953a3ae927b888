/* UTF-8: RFC 3629 §4. */
#include "core/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void
rfc_3629_4_every_length_and_its_limits(void **state)
{
	static const struct {
		const char *bytes;
		uint32_t code_point;
	} good[] = {
	    {"\x01", 1},
	    {"\x7f", 0x7f},
	    {"\xc2\x80", 0x80},
	    {"\xdf\xbf", 0x7ff},
	    {"\xe0\xa0\x80", 0x800},
	    {"\xed\x9f\xbf", 0xd7ff},
	    {"\xee\x80\x80", 0xe000},
	    {"\xef\xbf\xbf", 0xffff},
	    {"\xf0\x90\x80\x80", 0x10000},
	    {"\xf4\x8f\xbf\xbf", 0x10ffff},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct span span = span_of(good[i].bytes);
		uint8_t put[UTF8_MAX];

		assert_int_equal(utf8_len(span), span.len);
		assert_false(utf8_is_cut(span));
		assert_int_equal(
		    utf8_code_point(span.data, span.len), good[i].code_point);
		assert_int_equal(utf8_put(put, good[i].code_point), span.len);
		assert_memory_equal(put, span.data, span.len);
		for (size_t len = 1; len < span.len; len++) {
			struct span part = {span.data, len};

			assert_int_equal(utf8_len(part), 0);
			assert_true(utf8_is_cut(part));
		}
	}
}

static void
rfc_3629_4_what_begins_no_sequence(void **state)
{
	static const char *const bad[] = {"\x80", "\xbf", "\xc0", "\xc1\xbf",
	    "\xf5", "\xff", "\xc3z", "\xe0\x9f", "\xe0\x9f\xbf", "\xed\xa0",
	    "\xed\xa0\x80", "\xe2\x82z", "\xf0\x8f", "\xf0\x8f\xbf\xbf",
	    "\xf4\x90", "\xf4\x90\x80\x80", "\xf0\x9f\x98z", "\xf0\x9fz"};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(utf8_len(span_of(bad[i])), 0);
		assert_false(utf8_is_cut(span_of(bad[i])));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rfc_3629_4_every_length_and_its_limits),
	    cmocka_unit_test(rfc_3629_4_what_begins_no_sequence),
	};

	return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
