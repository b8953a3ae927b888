/* What a lab is asked for, and the bytes that it makes. */
#include "http_ask.h"
#include "services/http/http_lab.h"
#include "services/http/http_lab_status.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct http_lab_call
call(const char *method, const char *rest, const char *query)
{
	struct http_request request = http_ask_request(method, "");

	request.query = http_ask_span(query);
	return http_lab_read(&request, http_ask_span(rest));
}

static void
expect(const char *rest, enum http_status status)
{
	if (call("GET", rest, "").status != status)
		fail_msg("%s", rest);
}

static void
every_place_is_found(void **state)
{
	(void)state;
	assert_int_equal(call("GET", "", "").kind, HTTP_LAB_INDEX);
	assert_int_equal(call("GET", "/", "").kind, HTTP_LAB_INDEX);
	assert_int_equal(call("GET", "/headers", "").kind, HTTP_LAB_HEADERS);
	assert_int_equal(call("GET", "headers", "").kind, HTTP_LAB_HEADERS);
	assert_int_equal(call("GET", "/ip/", "").kind, HTTP_LAB_IP);
	assert_int_equal(
	    call("GET", "/anything/a/b", "").kind, HTTP_LAB_ANYTHING);
	expect("/headers/x", HTTP_STATUS_NOT_FOUND);
	expect("/nothing", HTTP_STATUS_NOT_FOUND);
	expect("/statu", HTTP_STATUS_NOT_FOUND);
	expect("/statuses/200", HTTP_STATUS_NOT_FOUND);
}

static void
a_status_is_three_digits_from_200_to_599(void **state)
{
	(void)state;
	assert_int_equal(call("GET", "/status/404", "").code, 404);
	assert_int_equal(call("GET", "/status/200", "").code, 200);
	assert_int_equal(call("GET", "/status/599", "").code, 599);
	expect("/status/100", HTTP_STATUS_BAD_REQUEST);
	expect("/status/199", HTTP_STATUS_BAD_REQUEST);
	expect("/status/600", HTTP_STATUS_BAD_REQUEST);
	expect("/status/0404", HTTP_STATUS_BAD_REQUEST);
	expect("/status/40", HTTP_STATUS_BAD_REQUEST);
	expect("/status/+40", HTTP_STATUS_BAD_REQUEST);
	expect("/status/", HTTP_STATUS_BAD_REQUEST);
	expect("/status", HTTP_STATUS_BAD_REQUEST);
	assert_string_equal(http_lab_status_reason(404), "Not Found");
	assert_string_equal(http_lab_status_reason(599), "");
}

static void
a_delay_is_ten_seconds_at_most(void **state)
{
	(void)state;
	assert_int_equal(call("GET", "/delay/10", "").delay_ms, 10000);
	assert_int_equal(call("GET", "/delay/0", "").delay_ms, 0);
	assert_int_equal(call("GET", "/delay/1.5", "").delay_ms, 1500);
	assert_int_equal(call("GET", "/delay/0.005", "").delay_ms, 5);
	assert_int_equal(call("GET", "/delay/10.000", "").delay_ms, 10000);
	expect("/delay/10.001", HTTP_STATUS_BAD_REQUEST);
	expect("/delay/11", HTTP_STATUS_BAD_REQUEST);
	expect("/delay/1.", HTTP_STATUS_BAD_REQUEST);
	expect("/delay/.5", HTTP_STATUS_BAD_REQUEST);
	expect("/delay/1.0000", HTTP_STATUS_BAD_REQUEST);
	expect("/delay/-1", HTTP_STATUS_BAD_REQUEST);
	expect("/delay/1e1", HTTP_STATUS_BAD_REQUEST);
	expect("/delay/99999999999999999999", HTTP_STATUS_BAD_REQUEST);
	expect("/delay", HTTP_STATUS_BAD_REQUEST);
}

static void
bytes_have_a_number_and_a_seed(void **state)
{
	struct http_lab_call asked =
	    call("GET", "/bytes/104857600", "?x=1&seed=18446744073709551615");

	(void)state;
	assert_int_equal(asked.status, HTTP_STATUS_OK);
	assert_int_equal(asked.len, HTTP_LAB_BYTES_MAX);
	assert_true(asked.seed == UINT64_MAX);
	assert_int_equal(call("GET", "/bytes/0", "").len, 0);
	expect("/bytes/104857601", HTTP_STATUS_BAD_REQUEST);
	expect("/bytes/x", HTTP_STATUS_BAD_REQUEST);
	expect("/bytes", HTTP_STATUS_BAD_REQUEST);
	assert_int_equal(
	    call("GET", "/bytes/1", "?seed=").status, HTTP_STATUS_BAD_REQUEST);
	assert_int_equal(
	    call("GET", "/bytes/1", "?seed=18446744073709551616").status,
	    HTTP_STATUS_BAD_REQUEST);
}

static void
bytes_are_the_same_however_they_are_asked_for(void **state)
{
	uint8_t whole[100], cut[100], other[100];

	(void)state;
	http_lab_bytes(7, 0, (struct space){whole, 100});
	http_lab_bytes(8, 0, (struct space){other, 100});
	assert_memory_not_equal(whole, other, 100);
	for (size_t at = 0; at <= 100; at++) {
		http_lab_bytes(7, 0, (struct space){cut, at});
		http_lab_bytes(7, at, (struct space){cut + at, 100 - at});
		assert_memory_equal(cut, whole, 100);
	}
	/* As published for splitmix64 from state 0. */
	const uint8_t first[] = {
	    0xaf, 0xcd, 0x1d, 0x7b, 0x39, 0xa8, 0x20, 0xe2};

	http_lab_bytes(0, 0, (struct space){whole, 8});
	assert_memory_equal(whole, first, 8);
}

static void
http_7_rfc_9110_15_5_6_methods_of_a_lab(void **state)
{
	static const char *const all[] = {
	    "/status/200", "/delay/1", "/anything"};
	static const char *const read[] = {"/", "/headers", "/ip", "/bytes/1"};

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		assert_int_equal(
		    call("DELETE", all[i], "").status, HTTP_STATUS_OK);
		assert_string_equal(call("GET", all[i], "").allow,
		    "GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE, TRACE");
	}
	for (size_t i = 0; i < sizeof(read) / sizeof(read[0]); i++) {
		assert_int_equal(
		    call("HEAD", read[i], "").status, HTTP_STATUS_OK);
		assert_int_equal(
		    call("POST", read[i], "").status, HTTP_STATUS_NOT_ALLOWED);
		assert_int_equal(call("OPTIONS", read[i], "").status,
		    HTTP_STATUS_NO_CONTENT);
		assert_string_equal(
		    call("GET", read[i], "").allow, "GET, HEAD, OPTIONS");
	}
	assert_int_equal(
	    call("OPTIONS", "/anything", "").status, HTTP_STATUS_OK);
	assert_int_equal(
	    call("POST", "/nothing", "").status, HTTP_STATUS_NOT_FOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_place_is_found),
	    cmocka_unit_test(a_status_is_three_digits_from_200_to_599),
	    cmocka_unit_test(a_delay_is_ten_seconds_at_most),
	    cmocka_unit_test(bytes_have_a_number_and_a_seed),
	    cmocka_unit_test(bytes_are_the_same_however_they_are_asked_for),
	    cmocka_unit_test(http_7_rfc_9110_15_5_6_methods_of_a_lab),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
