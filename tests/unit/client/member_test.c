/* member_test.c — what a peer says as JSON: always whole, never raw. */
#include "client/member.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* OBJECT, which is released, prints as EXPECTED. */
static void
assert_json(json_t *object, const char *expected)
{
	char *text = json_dumps(object, JSON_COMPACT | JSON_ENSURE_ASCII);

	assert_non_null(text);
	assert_string_equal(text, expected);
	free(text);
	json_decref(object);
}

static void
numbers_flags_and_texts(void **state)
{
	json_t *object = json_object();

	(void)state;
	member_text(object, "a", "x \"y\"");
	member_number(object, "b", INT64_MIN);
	member_flag(object, "c", 4);
	member_flag(object, "d", 0);
	assert_json(object, "{\"a\":\"x \\\"y\\\"\",\"b\":-9223372036854775808,"
	                    "\"c\":true,\"d\":false}");
}

static void
bytes_of_a_peer_are_harmless(void **state)
{
	static const uint8_t bytes[] = {'a', 0, 0x1b, 0xff, '\n', 0xc3, 0xbc};
	json_t *object = json_object();

	(void)state;
	member_bytes(object, "v", (struct span){bytes, sizeof(bytes)});
	member_bytes(object, "w", (struct span){bytes, 0});
	assert_json(object,
	    "{\"v\":\"a\\\\x00\\\\x1b\\\\xff\\\\x0a\\u00FC\",\"w\":\"\"}");
}

static void
hexadecimal_is_lower_case_and_whole(void **state)
{
	static const uint8_t bytes[] = {0x00, 0x0a, 0xff, 0x10};
	json_t *object = json_object();

	(void)state;
	member_hex(object, "v", (struct span){bytes, sizeof(bytes)});
	member_hex(object, "w", (struct span){bytes, 0});
	assert_json(object, "{\"v\":\"000aff10\",\"w\":\"\"}");
}

static void
no_memory_for_an_object_is_taken(void **state)
{
	static const uint8_t bytes[] = {1};

	(void)state;
	member_text(NULL, "a", "x");
	member_number(NULL, "b", 1);
	member_real(NULL, "c", 1.5);
	member_flag(NULL, "d", 1);
	member_bytes(NULL, "e", (struct span){bytes, 1});
	member_hex(NULL, "f", (struct span){bytes, 1});
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(numbers_flags_and_texts),
	    cmocka_unit_test(bytes_of_a_peer_are_harmless),
	    cmocka_unit_test(hexadecimal_is_lower_case_and_whole),
	    cmocka_unit_test(no_memory_for_an_object_is_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
