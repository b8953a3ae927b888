/* Strings of JSON: RFC 8259 §7. */
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
bytes_that_mean_nothing(void **state)
{
	(void)state;
	/* U+FFFD for each of them; what is behind it is read again from its own
	 * start. */
	expect("a\xe2\x82z\xc3\xa9\xff", 7,
	    "\"a\xef\xbf\xbd\xef\xbf\xbdz\xc3\xa9\xef\xbf\xbd\"");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rfc_8259_7_what_is_escaped),
	    cmocka_unit_test(bytes_that_mean_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
