/* Accept-Encoding: weights, order, refusals. */
#include "services/http/http_coding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* The codings of a request with FIELDS, as "zstd br -identity". */
static const char *
codings(const char *fields)
{
	static char text[128];
	char head[1024];
	struct http_request request;
	int len = snprintf(
	    head, sizeof(head), "GET / HTTP/1.1\r\nHost: a\r\n%s\r\n", fields);

	assert_true(len > 0 && (size_t)len < sizeof(head));
	assert_int_equal(
	    http_request_parse(
	        (struct span){(uint8_t *)head, (size_t)len}, false, &request),
	    HTTP_REQUEST_DONE);
	assert_int_equal(request.status, HTTP_STATUS_OK);
	uint8_t read = http_coding_read(&request);

	text[0] = '\0';
	for (unsigned place = 0; place < 3; place++) {
		enum http_coding coding = http_coding_at(read, place);

		if (coding == HTTP_CODING_NONE)
			break;
		strcat(text, text[0] != '\0' ? " " : "");
		strcat(text, http_coding_name(coding));
	}
	if ((read & HTTP_CODING_NO_IDENTITY) != 0)
		strcat(text, " -identity");
	return text;
}

#define AE "Accept-Encoding: "

static void
http_46_rfc_9110_12_5_3_order_of_weights(void **state)
{
	(void)state;
	assert_string_equal(codings(AE "gzip\r\n"), "gzip");
	assert_string_equal(
	    codings(AE "gzip, deflate, br, zstd\r\n"), "zstd br gzip");
	assert_string_equal(
	    codings(AE "gzip;q=1.0, br;q=0.8, zstd;q=0.801\r\n"),
	    "gzip zstd br");
	assert_string_equal(
	    codings(AE "br ; q=0.5 ,gzip;Q=0.50,zstd;q=0.001\r\n"),
	    "br gzip zstd");
	assert_string_equal(codings(AE "GZip, BR\r\n"), "br gzip");
	assert_string_equal(codings(AE "x-gzip\r\n"), "gzip");
	assert_string_equal(
	    codings(AE "br\r\n" AE "gzip;q=0.2\r\n"), "br gzip");
}

static void
http_46_rfc_9110_12_5_3_zero_is_a_refusal(void **state)
{
	(void)state;
	assert_string_equal(codings(AE "gzip;q=0, br\r\n"), "br");
	assert_string_equal(codings(AE "gzip;q=0.000\r\n"), "");
	assert_string_equal(codings(AE "*;q=0\r\n"), " -identity");
	assert_string_equal(codings(AE "identity;q=0\r\n"), " -identity");
	assert_string_equal(
	    codings(AE "gzip, identity;q=0\r\n"), "gzip -identity");
	assert_string_equal(
	    codings(AE "gzip;q=0.1, *;q=0\r\n"), "gzip -identity");
	assert_string_equal(codings(AE "identity, *;q=0\r\n"), "");
}

static void
http_46_rfc_9110_12_5_3_star_is_what_is_not_named(void **state)
{
	(void)state;
	assert_string_equal(codings(AE "*\r\n"), "zstd br gzip");
	assert_string_equal(codings(AE "gzip, *;q=0.5\r\n"), "gzip zstd br");
	assert_string_equal(codings(AE "br;q=0, *\r\n"), "zstd gzip");
}

/* A coding that is liked less than the plain bytes is no use to anybody. */
static void
http_46_rfc_9110_12_5_3_identity_that_is_preferred(void **state)
{
	(void)state;
	assert_string_equal(codings(AE "identity, gzip;q=0.5\r\n"), "");
	assert_string_equal(
	    codings(AE "identity;q=0.5, gzip;q=0.5, br;q=0.4\r\n"), "gzip");
	assert_string_equal(codings(AE "gzip;q=0.3, *;q=0.5\r\n"), "zstd br");
}

static void
http_46_rfc_9110_12_5_3_nothing_said_is_identity(void **state)
{
	(void)state;
	assert_string_equal(codings(""), "");
	assert_string_equal(codings(AE "\r\n"), "");
	assert_string_equal(codings(AE " , ,\r\n"), "");
	assert_string_equal(codings(AE "deflate, compress\r\n"), "");
}

static void
http_46_rfc_9110_12_4_2_broken_elements_are_not_there(void **state)
{
	static const char *const broken[] = {"gzip;q=2", "gzip;q=1.001",
	    "gzip;q=0.0001", "gzip;q=", "gzip;q", "gzip;", "gzip;q=-1",
	    "gzip;q=.5", "gzip;q=0,5x", "gzip;q=0.5;a=b", "gzip;level=9",
	    "gzip;q=1x", "gz ip", "gzip;q =1", "gzip;q= 1"};

	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		char fields[64];

		snprintf(fields, sizeof(fields), AE "%s, br\r\n", broken[i]);
		if (strcmp(codings(fields), "br") != 0)
			fail_msg("%s: %s", fields, codings(fields));
	}
	assert_string_equal(codings(AE "gzip;q=1., br;q=0.\r\n"), "gzip");
}

static void
http_46_names_and_suffixes(void **state)
{
	(void)state;
	assert_null(http_coding_name(HTTP_CODING_NONE));
	assert_string_equal(http_coding_suffix(HTTP_CODING_NONE), "");
	assert_string_equal(http_coding_suffix(HTTP_CODING_ZSTD), ".zst");
	assert_string_equal(http_coding_suffix(HTTP_CODING_BR), ".br");
	assert_string_equal(http_coding_suffix(HTTP_CODING_GZIP), ".gz");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(http_46_rfc_9110_12_5_3_order_of_weights),
	    cmocka_unit_test(http_46_rfc_9110_12_5_3_zero_is_a_refusal),
	    cmocka_unit_test(http_46_rfc_9110_12_5_3_star_is_what_is_not_named),
	    cmocka_unit_test(
	        http_46_rfc_9110_12_5_3_identity_that_is_preferred),
	    cmocka_unit_test(http_46_rfc_9110_12_5_3_nothing_said_is_identity),
	    cmocka_unit_test(
	        http_46_rfc_9110_12_4_2_broken_elements_are_not_there),
	    cmocka_unit_test(http_46_names_and_suffixes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
