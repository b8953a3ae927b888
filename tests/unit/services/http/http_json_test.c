/* Strings of JSON: RFC 8259 §7; UTF-8: RFC 3629 §4. */
#include "services/http/http_json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void
expect(const char *bytes, size_t len, const char *json)
{
	uint8_t out[256];
	struct http_text text = {.space = {out, sizeof(out)}};

	http_json_string(&text, (struct span){(const uint8_t *)bytes, len});
	assert_false(text.is_full);
	assert_int_equal(text.len, strlen(json));
	assert_memory_equal(out, json, text.len);
}

static void
rfc_8259_7_what_is_escaped(void **state)
{
	(void)state;
	expect("", 0, "\"\"");
	expect("abc /<>&'", 9, "\"abc /<>&'\"");
	expect("\"\\", 2, "\"\\\"\\\\\"");
	expect("\0\b\x1f\x7f", 4, "\"\\u0000\\u0008\\u001f\\u007f\"");
	expect("\r\n\t", 3, "\"\\r\\n\\t\"");
	expect("\xc2\x80\xc2\x9b\xc2\xa0", 6, "\"\\u0080\\u009b\xc2\xa0\"");
}

static void
rfc_3629_4_every_length_and_its_limits(void **state)
{
	static const char *const good[] = {"\xc2\x80", "\xdf\xbf",
	    "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80", "\xef\xbf\xbf",
	    "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"};
	static const char *const bad[] = {"\x80", "\xbf", "\xc0", "\xc1\xbf",
	    "\xf5", "\xff", "\xc3", "\xc3z", "\xe0\x9f\xbf", "\xed\xa0\x80",
	    "\xe2\x82", "\xe2\x82z", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
	    "\xf0\x9f\x98"};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct span span = {(const uint8_t *)good[i], strlen(good[i])};

		assert_int_equal(http_json_utf8(span), span.len);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct span span = {(const uint8_t *)bad[i], strlen(bad[i])};

		assert_int_equal(http_json_utf8(span), 0);
	}
	/* U+FFFD for each byte that means nothing; what is behind it is read
	 * again from its own start. */
	expect("a\xe2\x82z\xc3\xa9\xff", 7,
	    "\"a\xef\xbf\xbd\xef\xbf\xbdz\xc3\xa9\xef\xbf\xbd\"");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rfc_8259_7_what_is_escaped),
	    cmocka_unit_test(rfc_3629_4_every_length_and_its_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
