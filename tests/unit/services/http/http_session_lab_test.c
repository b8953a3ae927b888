/* Requests to a lab: bodies that are held, answers that are late or long;
 * locations that are moved or ask who it is; a site's own error page. */
#include "http_session_fixture.h"

#define LAB "POST /lab/anything HTTP/1.1\r\nHost: full\r\n"
#define GO_ON "HTTP/1.1 100 Continue\r\n\r\n"

/* TEXT gets one answer whose status line is LINE. */
static void
expect_line(const char *text, const char *line)
{
	struct peer peer = sent(text);
	char start[128];

	(void)snprintf(start, sizeof(start), "HTTP/1.1 %s\r\n", line);
	if (strncmp(peer.output, start, strlen(start)) != 0 ||
	    peer.answers != 1)
		fail_msg("%s: %s", text, peer.output);
	disconnect(&peer);
}

static void
http_36_rfc_9110_10_1_1_continue_before_a_body_that_is_wanted(void **state)
{
	const char head[] =
	    LAB "Expect: 100-Continue\r\nContent-Length: 3\r\n\r\n";
	struct peer peer;

	(void)state;
	connect_peer(&peer);
	struct stream_step made = step(&peer, STREAM_BYTES, head, strlen(head));

	assert_string_equal(peer.output, GO_ON);
	assert_int_equal(made.used, 0);
	assert_int_equal(made.outcome, OUTCOME_NONE);
	/* Once. */
	made = step(&peer, STREAM_BYTES, head, strlen(head));
	assert_int_equal(made.made, 0);
	const char all[] =
	    LAB "Expect: 100-Continue\r\nContent-Length: 3\r\n\r\nabc";

	made = step(&peer, STREAM_BYTES, all, strlen(all));
	assert_int_equal(made.used, strlen(all));
	assert_int_equal(made.outcome, HTTP_STATUS_OK);
	assert_int_equal(made.verdict, VERDICT_READ);
	assert_int_equal(count(&peer, "\"data\": \"abc\""), 1);
	assert_int_equal(count(&peer, "100 Continue"), 1);
	disconnect(&peer);
}

static void
http_36_rfc_9110_10_1_1_no_continue_without_need(void **state)
{
	(void)state;
	/* No body; a final answer is ready; nobody wants the body. */
	expect_line(LAB "Expect: 100-continue\r\n\r\n", "200 OK");
	expect_line(
	    LAB "Expect: 100-continue\r\nContent-Length: 0\r\n\r\n", "200 OK");
	expect_line("POST /lab/ip HTTP/1.1\r\nHost: full\r\n"
	            "Expect: 100-continue\r\nContent-Length: 1\r\n\r\n",
	    "405 Method Not Allowed");
	expect_line(LAB "Expect: 100-continue\r\nContent-Length: 32769\r\n\r\n",
	    "413 Content Too Large");
	expect_line("POST / HTTP/1.1\r\nHost: full\r\n"
	            "Expect: 100-continue\r\nContent-Length: 1\r\n\r\n",
	    "405 Method Not Allowed");
	expect_line(LAB "Expect: tea\r\nContent-Length: 1\r\n\r\n",
	    "417 Expectation Failed");
}

static void
http_37_rfc_9110_15_2_no_1xx_to_http_1_0(void **state)
{
	(void)state;
	expect_line("POST /lab/anything HTTP/1.0\r\nHost: full\r\n"
	            "Expect: 100-continue\r\nContent-Length: 3\r\n\r\nabc",
	    "200 OK");
	expect_line("POST /lab/anything HTTP/1.0\r\nHost: full\r\n"
	            "Expect: tea\r\nContent-Length: 3\r\n\r\nabc",
	    "200 OK");
}

static void
http_35_rfc_9110_7_8_upgrades_are_not_taken_up(void **state)
{
	(void)state;
	expect_line("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket, h2c\r\n"
	            "Connection: Upgrade\r\n\r\n",
	    "200 OK");
	expect_line("GET / HTTP/1.0\r\nUpgrade: h2c\r\n"
	            "Connection: Upgrade\r\n\r\n",
	    "200 OK");
	expect_line("OPTIONS * HTTP/1.1\r\nHost: a\r\nUpgrade: TLS/1.2\r\n"
	            "Connection: Upgrade\r\n\r\n",
	    "204 No Content");
}

static void
output_does_not_depend_on_how_input_is_cut(void **state)
{
	static const char *const inputs[] = {LAB
	    "Content-Length: 5\r\n\r\nhello" GET END,
	    "\r\n\r\n" LAB "Content-Length: 5\r\n\r\nhello" LAB "\r\n",
	    LAB "Transfer-Encoding: chunked\r\n\r\n"
	        "3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nX: y\r\n\r\n" LAB "\r\n",
	    LAB "Transfer-Encoding: chunked\r\n\r\n3\r\nhelx",
	    LAB "Transfer-Encoding: chunked\r\n\r\n8001\r\nx",
	    LAB "Expect: 100-continue\r\nContent-Length: 5\r\n\r\nhello" LAB
	        "\r\n",
	    LAB "Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n"
	        "2\r\nlo\r\n0\r\n\r\n" LAB "\r\n",
	    LAB "Content-Length: 5\r\n\r\nhel",
	    "GET /lab/delay/0.5 HTTP/1.1\r\nHost: full\r\n\r\n" LAB "\r\n",
	    "PUT /lab/delay/0.5 HTTP/1.1\r\nHost: full\r\n"
	    "Transfer-Encoding: chunked\r\n\r\n2\r\nlo\r\n0\r\n\r\n" LAB "\r\n",
	    "GET /lab/bytes/150000 HTTP/1.1\r\nHost: full\r\n\r\n" LAB "\r\n",
	    "GET /lab/bytes/9 HTTP/1.0\r\nHost: full\r\n\r\n",
	    "PUT /lab/bytes/9 HTTP/1.1\r\nHost: full\r\n"
	    "Content-Length: 2\r\n\r\nab" LAB "\r\n",
	    "PUT /lab/nowhere HTTP/1.1\r\nHost: full\r\n"
	    "Transfer-Encoding: chunked\r\n\r\n2\r\nlo\r\n0\r\n\r\n" LAB "\r\n",
	    "POST /moved HTTP/1.1\r\nHost: full\r\n"
	    "Transfer-Encoding: chunked\r\n\r\n2\r\nlo\r\n0\r\n\r\n" LAB "\r\n",
	    "POST /shut/ HTTP/1.1\r\nHost: full\r\n"
	    "Content-Length: 2\r\n\r\nab" LAB "\r\n"};

	(void)state;
	for (size_t i = 0; i < sizeof(inputs) / sizeof(inputs[0]); i++) {
		struct peer whole;
		size_t len = strlen(inputs[i]);

		connect_peer(&whole);
		feed(&whole, inputs[i], len, len + 1, true);
		for (size_t piece = 1; piece <= len; piece++) {
			struct peer cut;

			connect_peer(&cut);
			feed(&cut, inputs[i], len, piece, true);
			assert_int_equal(cut.len, whole.len);
			assert_memory_equal(cut.output, whole.output, cut.len);
			assert_memory_equal(
			    cut.outcomes, whole.outcomes, sizeof(cut.outcomes));
			disconnect(&cut);
		}
		disconnect(&whole);
	}
}

static void
http_26_rfc_9112_9_3_a_body_ends_where_it_ends(void **state)
{
	struct peer peer =
	    sent(LAB "Content-Length: 18\r\n\r\nGET / HTTP/1.1\r\n\r\n" LAB
	             "Transfer-Encoding: chunked\r\n\r\n"
	             "12\r\nGET / HTTP/1.1\r\n\r\n\r\n0\r\n\r\n" GET END);

	(void)state;
	assert_int_equal(peer.answers, 3);
	assert_int_equal(
	    count(&peer, "\"data\": \"GET / HTTP/1.1\\r\\n\\r\\n\""), 2);
	assert_int_equal(count(&peer, "0123456789"), 1);
	disconnect(&peer);
}

/* A body of LEN bytes, in chunks of PIECE or in one piece (0); *END: behind it.
 */
static char *
make_body(size_t len, size_t piece, char **end)
{
	char *text = malloc(20 * len + 1024), *at = text;

	assert_non_null(text);
	at += sprintf(at,
	    piece == 0 ? LAB "Content-Length: %zu\r\n\r\n"
	               : LAB "Transfer-Encoding: chunked\r\n\r\n",
	    len);
	for (size_t done = 0; done < len;) {
		size_t part =
		    piece == 0 || len - done < piece ? len - done : piece;

		if (piece > 0)
			at += sprintf(at, "%zx\r\n", part);
		memset(at, 'x', part);
		at += part;
		done += part;
		if (piece > 0)
			at += sprintf(at, "\r\n");
	}
	if (piece > 0)
		at += sprintf(at, "0\r\n\r\n");
	*end = at;
	return text;
}

static void
http_27_rfc_9110_15_5_14_a_body_to_echo_has_its_limit(void **state)
{
	static const struct {
		size_t len, piece;
		enum http_status status;
	} cases[] = {
	    {32768, 0, HTTP_STATUS_OK},
	    {32769, 0, HTTP_STATUS_BODY_TOO_LARGE},
	    {32768, 32768, HTTP_STATUS_OK},
	    {32768, 1000, HTTP_STATUS_OK},
	    {32769, 1000, HTTP_STATUS_BODY_TOO_LARGE},
	    /* Small, but for its framing. */
	    {10000, 1, HTTP_STATUS_BODY_TOO_LARGE},
	    {5000, 1, HTTP_STATUS_OK},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *end;
		char *text = make_body(cases[i].len, cases[i].piece, &end);

		for (size_t piece = 1500; piece <= 60000; piece *= 40) {
			struct peer peer;

			connect_peer(&peer);
			feed(&peer, text, (size_t)(end - text), piece, false);
			assert_int_equal(peer.answers, 1);
			assert_int_equal(peer.outcomes[cases[i].status], 1);
			assert_int_equal(peer.verdict,
			    cases[i].status == HTTP_STATUS_OK ? VERDICT_READ
			                                      : VERDICT_CLOSE);
			disconnect(&peer);
		}
		free(text);
	}
}

static void
http_33_rfc_9112_9_5_a_body_to_echo_is_not_waited_for_for_ever(void **state)
{
	const char text[] = LAB "Content-Length: 3\r\n\r\nab";
	struct peer peer;

	(void)state;
	connect_peer(&peer);
	(void)step(&peer, STREAM_BYTES, text, strlen(text));
	assert_int_equal(peer.deadline_ms, 1000 + 12000);
	(void)step(&peer, STREAM_TIMEOUT, text, strlen(text));
	assert_int_equal(peer.outcomes[HTTP_STATUS_TIMEOUT], 1);
	assert_int_equal(peer.verdict, VERDICT_CLOSE);
	disconnect(&peer);
}

static void
a_delay_is_waited_for(void **state)
{
	const char text[] =
	    "HEAD /lab/delay/1.25 HTTP/1.1\r\nHost: full\r\n\r\n" GET END;
	struct peer peer;

	(void)state;
	connect_peer(&peer);
	struct stream_step made = step(&peer, STREAM_BYTES, text, strlen(text));

	assert_int_equal(made.verdict, VERDICT_WAIT);
	assert_int_equal(made.timeout_ms, 1250);
	assert_int_equal(made.used, 0);
	assert_int_equal(made.made, 0);
	made = step(&peer, STREAM_TIMEOUT, text, strlen(text));
	assert_int_equal(made.outcome, HTTP_STATUS_OK);
	assert_int_equal(made.used, strlen(text) - strlen(GET END));
	assert_int_equal(made.verdict, VERDICT_READ);
	disconnect(&peer);
	expect_line(
	    "GET /lab/delay/0 HTTP/1.1\r\nHost: full\r\n\r\n", "200 OK");
	/* The last answer may be late, too. */
	peer = sent("GET /lab/delay/1 HTTP/1.0\r\nHost: full\r\n\r\n");
	assert_int_equal(peer.verdict, VERDICT_DONE);
	disconnect(&peer);
}

static void
bytes_are_made_a_step_at_a_time(void **state)
{
	const char text[] = "GET /lab/bytes/200000?seed=5 HTTP/1.1\r\n"
	                    "Host: full\r\n\r\n";
	struct peer peer = sent(text);
	uint8_t *bytes = malloc(200000);
	const char *body = strstr(peer.output, "\r\n\r\n") + 4;

	(void)state;
	assert_non_null(bytes);
	http_lab_bytes(5, 0, (struct space){bytes, 200000});
	assert_int_equal(peer.len, body - peer.output + 200000);
	assert_memory_equal(body, bytes, 200000);
	assert_int_equal(peer.answers, 1);
	assert_int_equal(peer.verdict, VERDICT_READ);
	assert_non_null(strstr(peer.output, "Content-Length: 200000\r\n"));
	disconnect(&peer);
	peer = sent("HEAD /lab/bytes/200000 HTTP/1.1\r\nHost: full\r\n\r\n");
	assert_string_equal(peer.output + peer.len - 4, "\r\n\r\n");
	assert_non_null(strstr(peer.output, "Content-Length: 200000\r\n"));
	disconnect(&peer);
	peer = sent("GET /lab/bytes/10 HTTP/1.1\r\nHost: full\r\n"
	            "Connection: close\r\n\r\n");
	assert_int_equal(peer.verdict, VERDICT_CLOSE);
	disconnect(&peer);
	free(bytes);
}

static void
only_where_there_is_a_lab(void **state)
{
	(void)state;
	expect_line("POST /lab/anything HTTP/1.1\r\nHost: other\r\n\r\n",
	    "405 Method Not Allowed");
	expect_line("GET /lab/anything HTTP/1.1\r\nHost: other\r\n\r\n",
	    "404 Not Found");
	expect_line("POST http://full/lab/anything HTTP/1.1\r\n"
	            "Host: other\r\n\r\n",
	    "200 OK");
	expect_line("POST /other HTTP/1.1\r\nHost: full\r\n\r\n",
	    "405 Method Not Allowed");
	expect_line(
	    "OPTIONS * HTTP/1.1\r\nHost: full\r\n\r\n", "204 No Content");
}

static void
a_location_that_is_moved_is_so_for_every_method(void **state)
{
	static const char *const methods[] = {
	    "GET", "HEAD", "POST", "PUT", "DELETE"};

	(void)state;
	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
		char text[128];

		(void)snprintf(text, sizeof(text),
		    "%s /moved HTTP/1.1\r\nHost: full\r\n\r\n", methods[i]);
		expect_line(text, "308 Permanent Redirect");
	}
	struct peer peer = sent("POST /moved?a=b HTTP/1.1\r\nHost: full\r\n"
	                        "Content-Length: 2\r\n\r\nab" GET END);

	assert_int_equal(count(&peer, "Location: /there?a=b\r\n"), 1);
	assert_int_equal(peer.answers, 2);
	disconnect(&peer);
}

static void
a_login_is_asked_for_before_anything_else(void **state)
{
	(void)state;
	expect_line(
	    "GET /shut/ HTTP/1.1\r\nHost: full\r\n\r\n", "401 Unauthorized");
	expect_line("GET /shut/none HTTP/1.1\r\nHost: full\r\n\r\n",
	    "401 Unauthorized");
	expect_line("GET /shut/ HTTP/1.1\r\nHost: full\r\n"
	            "If-None-Match: *\r\nRange: bytes=0-1\r\n\r\n",
	    "401 Unauthorized");
	expect_line("GET /shut/ HTTP/1.1\r\nHost: full\r\n"
	            "Authorization: 3\r\n\r\n",
	    "401 Unauthorized");
	expect_line("GET /shut/none HTTP/1.1\r\nHost: full\r\n"
	            "Authorization: 1\r\n\r\n",
	    "404 Not Found");
	struct peer peer = sent("GET /shut/ HTTP/1.1\r\nHost: full\r\n\r\n");

	assert_int_equal(count(&peer, "WWW-Authenticate: Basic realm=\"the "
	                              "\\\"lab\\\"\", charset=\"UTF-8\"\r\n"),
	    1);
	assert_int_equal(count(&peer, "0123456789"), 0);
	disconnect(&peer);
	peer = sent("GET /shut/ HTTP/1.1\r\nHost: full\r\n"
	            "Authorization: 2\r\n\r\n" GET END);
	assert_int_equal(peer.outcomes[HTTP_STATUS_UNAVAILABLE], 1);
	assert_int_equal(count(&peer, "Retry-After: 1\r\n"), 1);
	assert_int_equal(peer.outcomes[HTTP_STATUS_OK], 1);
	disconnect(&peer);
}

static void
http_47_rfc_9110_15_5_a_site_has_its_own_page(void **state)
{
	struct peer peer = sent("GET /none HTTP/1.1\r\nHost: full\r\n\r\n");

	(void)state;
	assert_int_equal(count(&peer, "404 Not Found\r\n"), 1);
	assert_int_equal(count(&peer, "Content-Length: 3\r\n"), 1);
	assert_int_equal(count(&peer, "Content-Type: text/plain\r\n"), 1);
	assert_int_equal(count(&peer, "ETag"), 0);
	assert_string_equal(peer.output + peer.len - 7, "\r\n\r\nown");
	disconnect(&peer);
	peer = sent("HEAD /none HTTP/1.1\r\nHost: full\r\n\r\n");
	assert_int_equal(count(&peer, "Content-Length: 3\r\n"), 1);
	assert_string_equal(peer.output + peer.len - 4, "\r\n\r\n");
	disconnect(&peer);
	/* Another site, another status: ours. */
	peer = sent("GET /none HTTP/1.1\r\nHost: other\r\n\r\n");
	assert_int_equal(count(&peer, "<h1>404 Not Found</h1>"), 1);
	disconnect(&peer);
	peer = sent("POST / HTTP/1.1\r\nHost: full\r\n\r\n");
	assert_int_equal(count(&peer, "<h1>405 Method Not Allowed</h1>"), 1);
	disconnect(&peer);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
	        http_36_rfc_9110_10_1_1_continue_before_a_body_that_is_wanted),
	    cmocka_unit_test(http_36_rfc_9110_10_1_1_no_continue_without_need),
	    cmocka_unit_test(http_37_rfc_9110_15_2_no_1xx_to_http_1_0),
	    cmocka_unit_test(http_35_rfc_9110_7_8_upgrades_are_not_taken_up),
	    cmocka_unit_test(output_does_not_depend_on_how_input_is_cut),
	    cmocka_unit_test(http_26_rfc_9112_9_3_a_body_ends_where_it_ends),
	    cmocka_unit_test(
	        http_27_rfc_9110_15_5_14_a_body_to_echo_has_its_limit),
	    cmocka_unit_test(
	        http_33_rfc_9112_9_5_a_body_to_echo_is_not_waited_for_for_ever),
	    cmocka_unit_test(a_delay_is_waited_for),
	    cmocka_unit_test(bytes_are_made_a_step_at_a_time),
	    cmocka_unit_test(only_where_there_is_a_lab),
	    cmocka_unit_test(a_location_that_is_moved_is_so_for_every_method),
	    cmocka_unit_test(a_login_is_asked_for_before_anything_else),
	    cmocka_unit_test(http_47_rfc_9110_15_5_a_site_has_its_own_page),
	};

	return cmocka_run_group_tests(tests, build, NULL);
}
