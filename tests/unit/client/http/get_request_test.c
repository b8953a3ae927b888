/* The request of `netlab get`. */
#include "client/http/get_request.h"
#include "client/verb.h"
#include "core/version.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define HOST "Host: example:81\r\n"
#define AGENT "User-Agent: netlab/" NETLABD_VERSION "\r\n"
#define ACCEPT "Accept: */*\r\n"
#define CLOSE "Connection: close\r\n"

static struct get_request request;

static int
make(const struct options *options, bool is_elsewhere)
{
	struct get_url url;

	assert_int_equal(
	    get_url_read("example:81/x?y", options, &url), VERB_GOOD);
	return get_request_write(&request, &url, options, is_elsewhere);
}

static void
expect(const struct options *options, bool is_elsewhere, const char *wanted)
{
	assert_int_equal(make(options, is_elsewhere), VERB_GOOD);
	assert_int_equal(request.len, strlen(wanted));
	assert_memory_equal(request.bytes, wanted, request.len);
}

static void
ours(void **state)
{
	struct options options = {0};

	(void)state;
	expect(&options, false,
	    "GET /x?y HTTP/1.1\r\n" HOST AGENT ACCEPT CLOSE "\r\n");
	assert_false(request.is_head);
	options.given = OPTIONS_BIT(OPTIONS_HEAD);
	expect(&options, false,
	    "HEAD /x?y HTTP/1.1\r\n" HOST AGENT ACCEPT CLOSE "\r\n");
	assert_true(request.is_head);
}

static void
theirs(void **state)
{
	struct options options = {
	    .headers = {"X-A:b", "accept:  text/html ",
	        "user-agent:", "X-A: c"},
	    .header_count = 4,
	};

	(void)state;
	expect(&options, false,
	    "GET /x?y HTTP/1.1\r\n" HOST CLOSE
	    "X-A: b\r\naccept: text/html\r\nX-A: c\r\n\r\n");
}

/* What says who the user is stays with the server that he named. */
static void
elsewhere(void **state)
{
	struct options options = {
	    .headers = {"Host: other",
	        "Authorization: Basic eA==", "Cookie: a=b", "X-A: b"},
	    .header_count = 4,
	};

	(void)state;
	expect(&options, false,
	    "GET /x?y HTTP/1.1\r\n" AGENT ACCEPT CLOSE
	    "Host: other\r\nAuthorization: Basic eA==\r\nCookie: a=b\r\n"
	    "X-A: b\r\n\r\n");
	expect(&options, true,
	    "GET /x?y HTTP/1.1\r\n" HOST AGENT ACCEPT CLOSE "X-A: b\r\n\r\n");
}

static void
no_fields(void **state)
{
	static const char *const lines[] = {"", ":", "a", "a b: c", "a : b",
	    " a: b", "a: b\r\nc: d", "a: \x1b"};
	static char text[GET_REQUEST_MAX + 8];
	struct options options = {.header_count = 1};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		options.headers[0] = lines[i];
		if (make(&options, false) != VERB_USAGE)
			fail_msg("\"%s\" is taken", lines[i]);
	}
	memset(text, 'a', sizeof(text) - 1);
	text[1] = ':';
	options.headers[0] = text;
	assert_int_equal(make(&options, false), VERB_USAGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(ours),
	    cmocka_unit_test(theirs),
	    cmocka_unit_test(elsewhere),
	    cmocka_unit_test(no_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
