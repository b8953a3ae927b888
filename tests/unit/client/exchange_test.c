/* exchange_test.c — the messages of a verb, on the screen and as JSON. */
#include "client/exchange.h"

#include "client/dissect/dissect_dns.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const uint8_t bytes[] = {0x1a, 0x2b, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0};

/* What a query and a response print with OPTIONS; "wire" goes to OBJECT. */
static char *
run(const struct options *options, json_t *object)
{
	struct screen screen = {.width = 80, .is_utf8 = true};
	struct span message = {bytes, sizeof(bytes)};
	struct exchange exchange;
	char *text;
	size_t len;

	screen.out = open_memstream(&text, &len);
	assert_non_null(screen.out);
	exchange_open(&exchange, options, &screen);
	exchange_sent(&exchange, "Query", "h:53, UDP", message, dissect_dns);
	exchange_received(
	    &exchange, "Response", "h:53, UDP", message, dissect_dns);
	exchange_end(&exchange, object);
	fclose(screen.out);
	return text;
}

static void
nothing_is_shown_unless_asked_for(void **state)
{
	struct options options = {.is_json = true};
	json_t *object = json_object();
	char *text = run(&options, object);

	(void)state;
	assert_string_equal(text, "");
	assert_null(json_object_get(object, "wire"));
	free(text);
	json_decref(object);
}

static void
rows_of_bytes(void **state)
{
	struct options options = {.hex = OPTIONS_HEX_PLAIN};
	char *text = run(&options, NULL);

	(void)state;
	assert_string_equal(text, "Query to h:53, UDP, 12 bytes\n"
	                          "1a 2b 01 00 00 00 00 00 00 00 00 00\n"
	                          "\n"
	                          "Response from h:53, UDP, 12 bytes\n"
	                          "1a 2b 01 00 00 00 00 00 00 00 00 00\n");
	free(text);
}

static void
bytes_and_fields_are_apart(void **state)
{
	struct options options = {
	    .hex = OPTIONS_HEX_PLAIN, .is_explained = true};
	char *text = run(&options, NULL);

	(void)state;
	assert_non_null(strstr(text, "00 00 00\n\nDNS message  bytes 0 to 11"));
	free(text);
}

static void
as_json_nothing_is_printed(void **state)
{
	struct options options = {
	    .is_json = true, .hex = OPTIONS_HEX_FIELDS, .is_explained = true};
	json_t *object = json_object();
	char *text = run(&options, object);
	json_t *wire = json_object_get(object, "wire");
	json_t *second = json_array_get(wire, 1);

	(void)state;
	assert_string_equal(text, "");
	assert_int_equal(json_array_size(wire), 2);
	assert_string_equal(
	    json_string_value(json_object_get(second, "title")), "Response");
	assert_true(json_is_false(json_object_get(second, "sent")));
	assert_string_equal(
	    json_string_value(json_object_get(second, "place")), "h:53, UDP");
	assert_string_equal(json_string_value(json_object_get(second, "bytes")),
	    "1a2b01000000000000000000");
	assert_string_equal(
	    json_string_value(json_object_get(
	        json_array_get(json_object_get(second, "fields"), 2), "name")),
	    "ID");
	free(text);
	json_decref(object);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(nothing_is_shown_unless_asked_for),
	    cmocka_unit_test(rows_of_bytes),
	    cmocka_unit_test(bytes_and_fields_are_apart),
	    cmocka_unit_test(as_json_nothing_is_printed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
