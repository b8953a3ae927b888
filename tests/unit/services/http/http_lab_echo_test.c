/* Requests as JSON, byte for byte. */
#include "http_ask.h"
#include "services/http/http_lab_echo.h"
#include "services/http/http_query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SPACE = 1 << 17 };

static const struct addr ipv4 = {.in4 = {.sin_family = AF_INET,
                                     .sin_port = 0x1234,
                                     .sin_addr = {0x0100007f}},
    .len = sizeof(struct sockaddr_in)};
static const struct addr ipv6 = {
    .in6 = {.sin6_family = AF_INET6,
        .sin6_addr = {{{[0] = 0x20, [1] = 0x01, [15] = 1}}}},
    .len = sizeof(struct sockaddr_in6)};

static char json[SPACE];

/* FIELDS, QUERY and a body of LEN bytes, as JSON. */
static const char *
echo(const char *fields, const char *query, const void *body, size_t len)
{
	struct http_request request = http_ask_request("PUT", fields);
	struct http_text text = {.space = {(uint8_t *)json, SPACE - 1}};
	const struct http_lab_echo echo = {
	    .request = &request,
	    .method = http_ask_span("PUT"),
	    .body = {body, len},
	    .peer = &ipv4,
	};

	request.query = http_ask_span(query);
	http_lab_echo_all(&text, &echo);
	assert_false(text.is_full);
	json[text.len] = '\0';
	return json;
}

static void
expect(const char *what, const char *part)
{
	if (strstr(what, part) == NULL)
		fail_msg("no %s in %s", part, what);
}

static void
all_of_a_request(void **state)
{
	(void)state;
	assert_string_equal(
	    echo("X: 1\r\nY:\r\nx:  2\t\r\n", "?b=2&a&b=%22+1", "\"a\n", 3),
	    "{\n"
	    "  \"method\": \"PUT\",\n"
	    "  \"url\": \"http://a/?b=2&a&b=%22+1\",\n"
	    "  \"path\": \"/\",\n"
	    "  \"query\": \"b=2&a&b=%22+1\",\n"
	    "  \"version\": \"HTTP/1.1\",\n"
	    "  \"args\": {\n"
	    "    \"b\": [\"2\", \"\\\" 1\"],\n"
	    "    \"a\": \"\"\n"
	    "  },\n"
	    "  \"headers\": {\n"
	    "    \"Host\": \"a\",\n"
	    "    \"X\": [\"1\", \"2\"],\n"
	    "    \"Y\": \"\"\n"
	    "  },\n"
	    "  \"data_length\": 3,\n"
	    "  \"data_encoding\": \"text\",\n"
	    "  \"data\": \"\\\"a\\n\",\n"
	    "  \"origin\": \"127.0.0.1\"\n"
	    "}\n");
}

static void
arguments_keep_their_case_and_fields_do_not(void **state)
{
	const char *what = echo(
	    "X: 1\r\nx: 2\r\nX: 3\r\n", "?a=1&A=2&%61=3&b%3Dc=d&=e&&", "", 0);

	(void)state;
	expect(what, "\"X\": [\"1\", \"2\", \"3\"]\n");
	expect(what, "\"a\": [\"1\", \"3\"],\n");
	expect(what, "\"A\": \"2\",\n");
	expect(what, "\"b=c\": \"d\",\n");
	expect(what, "\"\": \"e\"\n");
	/* A broken escape is shown as it came. */
	expect(echo("", "?a=%&b=%4&c=%zz", "", 0), "\"a\": \"%\",\n    \"b\": "
	                                           "\"%4\",\n    \"c\": "
	                                           "\"%zz\"\n");
	expect(echo("", "", "", 0), "\"args\": {},\n");
}

static void
what_is_no_text_is_base64(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		bool is_text;
	} bodies[] = {{"", 0, true}, {"a\r\n\tb", 5, true},
	    {"\xc3\xa9", 2, true}, {"\xc3", 1, false}, {"\0", 1, false},
	    {"a\x1b[0m", 5, false}, {"\x7f", 1, false},
	    {"\xed\xa0\x80", 3, false}, {"\xff\xfe", 2, false}};

	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++)
		expect(echo("", "", bodies[i].bytes, bodies[i].len),
		    bodies[i].is_text ? "\"data_encoding\": \"text\""
		                      : "\"data_encoding\": \"base64\"");
	expect(echo("", "", "\0\1", 2), "\"data\": \"AAE=\",\n");
	/* Text that would take more room than base64 does. */
	char *quotes = malloc(32768);

	assert_non_null(quotes);
	memset(quotes, '"', 32768);
	expect(echo("", "", quotes, 32768), "\"data_encoding\": \"base64\"");
	memset(quotes, 'a', 32768);
	expect(echo("", "", quotes, 32768), "\"data_encoding\": \"text\"");
	free(quotes);
}

static void
addresses_come_without_their_port(void **state)
{
	char bytes[128];
	struct http_text text = {.space = {(uint8_t *)bytes, sizeof(bytes)}};

	(void)state;
	http_lab_echo_ip(&text, &(struct http_lab_echo){.peer = &ipv6});
	bytes[text.len] = '\0';
	assert_string_equal(bytes, "{\n  \"origin\": \"2001::1\"\n}\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(all_of_a_request),
	    cmocka_unit_test(arguments_keep_their_case_and_fields_do_not),
	    cmocka_unit_test(what_is_no_text_is_base64),
	    cmocka_unit_test(addresses_come_without_their_port),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
