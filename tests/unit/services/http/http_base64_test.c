/* RFC 4648: what is written is read, and nothing else. */
#include "services/http/http_base64.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void
rfc_4648_10_the_examples(void **state)
{
	static const char *const pairs[][2] = {{"", ""}, {"f", "Zg=="},
	    {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="},
	    {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"},
	    {"\xff\xef\xbe", "/+++"}};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		uint8_t bytes[16];
		struct http_text text = {.space = {bytes, sizeof(bytes)}};
		uint8_t back[16];
		size_t len;

		http_base64_write(&text, span_of(pairs[i][0]));
		assert_int_equal(text.len, strlen(pairs[i][1]));
		assert_memory_equal(bytes, pairs[i][1], text.len);
		assert_int_equal(
		    text.len, http_base64_len(strlen(pairs[i][0])));
		assert_true(http_base64_read(span_of(pairs[i][1]),
		    (struct space){back, strlen(pairs[i][0])}, &len));
		assert_int_equal(len, strlen(pairs[i][0]));
		assert_memory_equal(back, pairs[i][0], len);
	}
}

static void
rfc_4648_3_anything_else_is_refused(void **state)
{
	static const char *const bad[] = {"Z", "Zg", "Zg=", "Zg===", "=",
	    "====", "Z===", "Zh==", "Zm9=", "Zg==Zg==", "Zm9v\n", "Zm 9",
	    "Zm-_", "Zm9vY=E=", "Zm9vYg==="};
	uint8_t out[16];
	size_t len;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (http_base64_read(span_of(bad[i]),
		        (struct space){out, sizeof(out)}, &len))
			fail_msg("%s", bad[i]);
	assert_false(
	    http_base64_read(span_of("Zm9v"), (struct space){out, 2}, &len));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rfc_4648_10_the_examples),
	    cmocka_unit_test(rfc_4648_3_anything_else_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
