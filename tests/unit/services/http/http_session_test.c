/* Connections over a site of two files in memory: framing, pipelining,
 * persistence, deadlines, long files. */
#include "http_session_fixture.h"

static void
http_38_44_rfc_9110_8_fields_of_a_file(void **state)
{
	struct peer peer = sent(GET END);

	(void)state;
	assert_string_equal(peer.output,
	    "HTTP/1.1 200 OK\r\n"
	    "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
	    "Server: netlabd\r\n"
	    "Last-Modified: Sun, 06 Nov 1994 08:32:57 GMT\r\n"
	    "ETag: \"ae1b898e7a3fa00-a-0\"\r\n"
	    "Accept-Ranges: bytes\r\n"
	    "Content-Type: text/plain\r\n"
	    "Content-Length: 10\r\n\r\n"
	    "0123456789");
	disconnect(&peer);
}

static void
http_39_rfc_9110_8_8_2_1_no_date_in_the_future(void **state)
{
	uint8_t block[HTTP_RESOURCE_HEAD_MAX];
	struct http_resource resource = {0};
	struct http_resource_meta meta = {
	    .type = "a/b", .mtime = NOW + 5000, .now = NOW};

	(void)state;
	http_resource_build(
	    &resource, &meta, (struct space){block, sizeof(block)});
	assert_int_equal(resource.mtime, NOW);
	assert_non_null(memmem(block, resource.head_len,
	    "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n", 46));
}

static void
http_40_rfc_9110_8_8_1_weak_while_fresh(void **state)
{
	uint8_t block[HTTP_RESOURCE_HEAD_MAX];
	struct http_resource resource = {0};
	struct http_resource_meta meta = {
	    .type = "a/b", .mtime = NOW - 1, .now = NOW};

	(void)state;
	http_resource_build(
	    &resource, &meta, (struct space){block, sizeof(block)});
	assert_memory_equal(resource.etag.data, "W/\"", 3);
	meta.mtime = NOW - 2;
	http_resource_build(
	    &resource, &meta, (struct space){block, sizeof(block)});
	assert_memory_equal(resource.etag.data, "\"", 1);
}

static void
http_42_rfc_9110_9_3_2_head_is_get_without_body(void **state)
{
	static const char *const paths[] = {"/", "/large", "/none", "/dir"};
	char text[128];

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		(void)snprintf(text, sizeof(text),
		    "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", paths[i]);
		struct peer get = sent(text);

		(void)snprintf(text, sizeof(text),
		    "HEAD %s HTTP/1.1\r\nHost: a\r\n\r\n", paths[i]);
		struct peer head = sent(text);
		const char *end = strstr(get.output, "\r\n\r\n");

		assert_non_null(end);
		assert_int_equal(head.len, end - get.output + 4);
		assert_memory_equal(head.output, get.output, head.len);
		assert_int_equal(head.body.len, 0);
		disconnect(&get);
		disconnect(&head);
	}
	struct peer peer =
	    sent("HEAD / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");

	assert_string_equal(peer.output + peer.len - 4, "\r\n\r\n");
	assert_int_equal(count(&peer, "<html"), 0);
	disconnect(&peer);
}

static void
http_7_13_rfc_9110_15_5_6_methods(void **state)
{
	struct peer peer = sent("POST / HTTP/1.1\r\nHost: a\r\n\r\n");

	(void)state;
	assert_int_equal(peer.outcomes[HTTP_STATUS_NOT_ALLOWED], 1);
	assert_int_equal(count(&peer, "Allow: GET, HEAD, OPTIONS\r\n"), 1);
	disconnect(&peer);
	peer = sent("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
	assert_int_equal(peer.outcomes[HTTP_STATUS_NO_CONTENT], 1);
	assert_int_equal(count(&peer, "Allow: GET, HEAD, OPTIONS\r\n"), 1);
	assert_int_equal(count(&peer, "Content-Length"), 0);
	assert_string_equal(peer.output + peer.len - 4, "\r\n\r\n");
	disconnect(&peer);
	expect("CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n",
	    HTTP_STATUS_NOT_ALLOWED, VERDICT_READ);
	expect("BREW / HTTP/1.1\r\nHost: a\r\n\r\n",
	    HTTP_STATUS_NOT_IMPLEMENTED, VERDICT_CLOSE);
}

static void
http_29_30_rfc_9112_9_3_persistence(void **state)
{
	(void)state;
	expect(GET END, HTTP_STATUS_OK, VERDICT_READ);
	/* The client asks no more and nothing is left unread: no lingering. */
	expect(GET "Connection: close\r\n\r\n", HTTP_STATUS_OK, VERDICT_DONE);
	expect(
	    GET "Connection: x, Close\r\n\r\n", HTTP_STATUS_OK, VERDICT_DONE);
	expect("GET / HTTP/1.0\r\n\r\n", HTTP_STATUS_OK, VERDICT_DONE);
	expect("GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n",
	    HTTP_STATUS_OK, VERDICT_DONE);
	expect(GET "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
	           "0\r\n\r\n",
	    HTTP_STATUS_OK, VERDICT_DONE);
	/* RFC 9112 §9.6: something is or may be. */
	expect(
	    GET "Connection: close\r\n\r\n\r\n", HTTP_STATUS_OK, VERDICT_CLOSE);
	expect(GET "Connection: close\r\nContent-Length: 1\r\n\r\n",
	    HTTP_STATUS_OK, VERDICT_CLOSE);
	expect("GET /none HTTP/1.1\r\nHost: a\r\n\r\n", HTTP_STATUS_NOT_FOUND,
	    VERDICT_READ);
	struct peer peer =
	    sent("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");

	assert_int_equal(peer.verdict, VERDICT_READ);
	assert_int_equal(count(&peer, "Connection: keep-alive\r\n"), 1);
	disconnect(&peer);
	/* Nothing after "close" is looked at. */
	peer = sent(GET "Connection: close\r\n\r\n" GET END "garbage");
	assert_int_equal(peer.answers, 1);
	disconnect(&peer);
}

static void
http_31_rfc_9112_9_3_2_an_error_ends_the_pipeline(void **state)
{
	struct peer peer = sent(GET END "GET /none HTTP/1.1\r\nHost: a\r\n\r\n"
	                                "GET / HTTP/1.1\r\n\r\n" GET END);

	(void)state;
	assert_int_equal(peer.answers, 3);
	assert_int_equal(peer.outcomes[HTTP_STATUS_OK], 1);
	assert_int_equal(peer.outcomes[HTTP_STATUS_NOT_FOUND], 1);
	assert_int_equal(peer.outcomes[HTTP_STATUS_BAD_REQUEST], 1);
	assert_int_equal(peer.verdict, VERDICT_CLOSE);
	assert_true(
	    strstr(peer.output, "200 OK") < strstr(peer.output, "404 Not"));
	assert_true(
	    strstr(peer.output, "404 Not") < strstr(peer.output, "400 Bad"));
	disconnect(&peer);
}

/* However the input is cut, the output is the same. */
static void
output_does_not_depend_on_how_input_is_cut(void **state)
{
	static const char *const inputs[] = {GET END GET END
	    "\r\n\r\nHEAD / HTTP/1.1\r\nHost: a\r\n\r\n",
	    GET "Content-Length: 5\r\n\r\nhello" GET END,
	    GET
	    "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n" GET END,
	    GET "Transfer-Encoding: chunked\r\n\r\n5\r\nhello!\r\n0\r\n\r\n",
	    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc" GET
	        END,
	    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
	    "3\r\nabc\r\n0\r\nX: y\r\n\r\n" GET END,
	    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
	    "3\r\nabcd" GET END,
	    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
	    "fffffff\r\n",
	    "GET /large HTTP/1.1\r\nHost: a\r\n\r\n" GET END GET "Range: x\r\n"
	    "If-None-Match: *\r\n\r\n",
	    "GET /large HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc" GET
	        END,
	    GET "Connection: close\r\n\r\n" GET END,
	    "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
	    "Content-Length: 3\r\n\r\nabc" GET END,
	    GET END "\x16\x03\x01", GET END "GET / HTTP/1.1\n",
	    GET END "GET / HT", "", "\r\n\r\n",
	    GET "Content-Length: 9\r\n\r\nx"};

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
			if (strcmp(cut.output, whole.output) != 0)
				fail_msg("%s in pieces of %zu:\n%s\nnot\n%s",
				    inputs[i], piece, cut.output, whole.output);
			/* What follows the last request may not be there yet.
			 */
			if (cut.verdict != VERDICT_DONE ||
			    whole.verdict != VERDICT_CLOSE)
				assert_int_equal(cut.verdict, whole.verdict);
			assert_memory_equal(
			    cut.outcomes, whole.outcomes, sizeof(cut.outcomes));
			disconnect(&cut);
		}
		disconnect(&whole);
	}
}

static void
http_25_rfc_9112_6_3_half_a_request(void **state)
{
	struct peer peer;

	(void)state;
	connect_peer(&peer);
	feed(&peer, "", 0, 1, true);
	assert_int_equal(peer.verdict, VERDICT_DONE);
	assert_int_equal(peer.len, 0);
	disconnect(&peer);

	/* A head is refused in words, for the one who types it. */
	connect_peer(&peer);
	feed(&peer, GET, strlen(GET), 100, true);
	assert_int_equal(peer.outcomes[HTTP_STATUS_BAD_REQUEST], 1);
	assert_int_equal(peer.verdict, VERDICT_CLOSE);
	disconnect(&peer);

	const char body[] = GET "Transfer-Encoding: chunked\r\n\r\n5\r\nhel";

	connect_peer(&peer);
	feed(&peer, body, strlen(body), 1000, true);
	assert_int_equal(peer.verdict, VERDICT_DONE);
	assert_int_equal(peer.len, 0);
	disconnect(&peer);
}

static void
http_26_rfc_9112_9_3_bodies_are_skipped(void **state)
{
	struct peer peer =
	    sent("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 39\r\n\r\n"
	         "GET /none HTTP/1.1\r\nHost: a\r\n\r\n01234567" GET END);

	(void)state;
	assert_int_equal(peer.answers, 2);
	assert_int_equal(peer.outcomes[HTTP_STATUS_NOT_ALLOWED], 1);
	assert_int_equal(peer.outcomes[HTTP_STATUS_OK], 1);
	disconnect(&peer);
}

static void
http_27_rfc_9110_15_5_14_too_large_a_body(void **state)
{
	(void)state;
	expect("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n",
	    HTTP_STATUS_BODY_TOO_LARGE, VERDICT_CLOSE);
	expect("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048576\r\n\r\n",
	    HTTP_STATUS_NOT_ALLOWED, VERDICT_READ);
	expect("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
	       "\r\n100001\r\n",
	    HTTP_STATUS_BODY_TOO_LARGE, VERDICT_CLOSE);

	/* One in chunks is looked at before the answer, but not for ever; the
	 * rest is skipped, and ends the connection when it is too long. */
	struct peer peer;
	char text[8192];
	int head = snprintf(text, sizeof(text),
	    GET "Transfer-Encoding: chunked\r\n\r\n1000\r\n");
	const char end[] = "\r\n2\r\nxx\r\n0\r\n\r\n" GET END;
	const char too_long[] = "\r\n100000\r\n";

	memset(text + head, 'x', 0x1000);
	for (unsigned i = 0; i < 2; i++) {
		const char *last = i == 0 ? end : too_long;
		size_t len = (size_t)head + 0x1000 + strlen(last);

		memcpy(text + head + 0x1000, last, strlen(last));
		for (size_t piece = 100; piece <= len; piece += 97) {
			connect_peer(&peer);
			feed(&peer, text, len, piece, false);
			assert_int_equal(
			    peer.outcomes[HTTP_STATUS_OK], i == 0 ? 2 : 1);
			assert_int_equal(peer.answers, i == 0 ? 2 : 1);
			assert_int_equal(peer.verdict,
			    i == 0 ? VERDICT_READ : VERDICT_CLOSE);
			disconnect(&peer);
		}
	}
}

/* A body may pause, and has to move on. */
static void
http_33_rfc_9112_9_5_deadlines_of_a_body(void **state)
{
	const char chunked[] =
	    GET "Transfer-Encoding: chunked\r\n\r\n400\r\nxxxxxxxxxxxxxxxxxx";
	const char length[] =
	    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n";
	const size_t head = strlen(chunked) - 18;
	struct peer peer;

	(void)state;
	connect_peer(&peer);
	(void)step(&peer, STREAM_BYTES, chunked, head);
	assert_int_equal(peer.deadline_ms, 1000 + 12000);
	/* A byte now and then does not buy a pause each. */
	for (size_t i = 1; i <= 10; i++) {
		peer.now_ms += 1100;
		(void)step(&peer, STREAM_BYTES, chunked, head + i);
		assert_int_equal(peer.deadline_ms, 13000 + i);
	}
	(void)step(&peer, STREAM_TIMEOUT, chunked, head + 10);
	assert_int_equal(peer.outcomes[HTTP_STATUS_TIMEOUT], 1);
	assert_int_equal(peer.verdict, VERDICT_CLOSE);
	disconnect(&peer);

	/* One that is answered already ends in silence. */
	connect_peer(&peer);
	(void)step(&peer, STREAM_BYTES, length, strlen(length));
	(void)step(&peer, STREAM_BYTES, "xxxxx", 5);
	peer.now_ms += 11000;
	(void)step(&peer, STREAM_BYTES, "xxxxx", 5);
	assert_int_equal(peer.deadline_ms, 13000 + 5);
	size_t len = peer.len;

	(void)step(&peer, STREAM_TIMEOUT, "", 0);
	assert_int_equal(peer.len, len);
	assert_int_equal(peer.verdict, VERDICT_DONE);
	disconnect(&peer);
}

static void
http_28_rfc_9110_9_3_1_a_body_of_get_is_no_request(void **state)
{
	struct peer peer =
	    sent(GET "Content-Length: 33\r\n\r\n"
	             "GET /none HTTP/1.1\r\nHost: a\r\n\r\n01" GET END);

	(void)state;
	assert_int_equal(peer.answers, 2);
	assert_int_equal(peer.outcomes[HTTP_STATUS_OK], 2);
	disconnect(&peer);
	peer = sent(GET "Transfer-Encoding: chunked\r\n\r\n"
	                "1f\r\nGET /none HTTP/1.1\r\nHost: a\r\n\r\n\r\n"
	                "0\r\n\r\n" GET END);
	assert_int_equal(peer.answers, 2);
	assert_int_equal(peer.outcomes[HTTP_STATUS_OK], 2);
	disconnect(&peer);
}

static void
http_33_rfc_9112_9_5_deadlines(void **state)
{
	struct peer peer;

	(void)state;
	/* Nothing sent: closed in silence. */
	connect_peer(&peer);
	assert_int_equal(peer.deadline_ms, 1000 + 15000);
	(void)step(&peer, STREAM_TIMEOUT, "", 0);
	assert_int_equal(peer.len, 0);
	assert_int_equal(peer.verdict, VERDICT_DONE);
	disconnect(&peer);

	/* A head that trickles has one deadline, however often it moves. */
	connect_peer(&peer);
	(void)step(&peer, STREAM_BYTES, "G", 1);
	assert_int_equal(peer.deadline_ms, 1000 + 10000);
	peer.now_ms = 9000;
	(void)step(&peer, STREAM_BYTES, "GE", 2);
	assert_int_equal(peer.deadline_ms, 1000 + 10000);
	(void)step(&peer, STREAM_TIMEOUT, "GE", 2);
	assert_int_equal(peer.outcomes[HTTP_STATUS_TIMEOUT], 1);
	assert_int_equal(peer.verdict, VERDICT_CLOSE);
	disconnect(&peer);

	/* After an answer the connection is idle again. */
	connect_peer(&peer);
	(void)step(&peer, STREAM_BYTES, "G", 1);
	peer.now_ms = 5000;
	(void)step(&peer, STREAM_BYTES, GET END, strlen(GET END));
	assert_int_equal(peer.deadline_ms, 5000 + 15000);
	size_t len = peer.len;

	(void)step(&peer, STREAM_TIMEOUT, "", 0);
	assert_int_equal(peer.len, len);
	assert_int_equal(peer.verdict, VERDICT_DONE);
	disconnect(&peer);
}

static void
http_36_rfc_9110_10_1_1_the_final_answer_is_ready(void **state)
{
	(void)state;
	expect("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
	       "Content-Length: 3\r\n\r\n",
	    HTTP_STATUS_NOT_ALLOWED, VERDICT_CLOSE);
	expect(GET "Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n",
	    HTTP_STATUS_OK, VERDICT_CLOSE);
	expect(
	    GET "Expect: 100-continue\r\n\r\n", HTTP_STATUS_OK, VERDICT_READ);
	expect(GET "Expect: x\r\n\r\n", HTTP_STATUS_EXPECTATION, VERDICT_CLOSE);
}

static void
draining_makes_an_answer_the_last(void **state)
{
	struct peer peer;

	(void)state;
	connect_peer(&peer);
	peer.is_draining = true;
	feed(&peer, GET END GET END, strlen(GET END GET END), 1000, false);
	assert_int_equal(peer.answers, 1);
	assert_int_equal(peer.verdict, VERDICT_CLOSE);
	assert_int_equal(count(&peer, "Connection: close\r\n"), 1);
	disconnect(&peer);
}

static void
a_connection_ends_after_a_thousand_requests(void **state)
{
	struct peer peer;

	(void)state;
	connect_peer(&peer);
	for (unsigned i = 0; i < HTTP_SESSION_REQUEST_MAX; i++) {
		assert_int_equal(peer.verdict, VERDICT_READ);
		(void)step(&peer, STREAM_BYTES, GET END, strlen(GET END));
	}
	assert_int_equal(peer.verdict, VERDICT_CLOSE);
	disconnect(&peer);
}

static void
large_files_are_sent_by_descriptor(void **state)
{
	struct peer peer;
	const char get[] = "GET /large HTTP/1.1\r\nHost: a\r\n\r\n";

	(void)state;
	connect_peer(&peer);
	struct stream_step made = step(&peer, STREAM_BYTES, get, strlen(get));

	assert_int_equal(made.verdict, VERDICT_WRITE);
	assert_int_equal(made.body.fd, LARGE_FD);
	assert_int_equal(made.body.offset, 0);
	assert_int_equal(made.body.len, LARGE);
	assert_string_equal(peer.output + peer.len - 4, "\r\n\r\n");
	disconnect(&peer);

	connect_peer(&peer);
	peer.has_no_descriptors = true;
	made = step(&peer, STREAM_BYTES, get, strlen(get));
	assert_int_equal(made.outcome, HTTP_STATUS_UNAVAILABLE);
	assert_int_equal(made.verdict, VERDICT_CLOSE);
	disconnect(&peer);
}

static void
http_48_rfc_9110_10_2_2_a_folder_keeps_its_query(void **state)
{
	struct peer peer = sent("GET /dir?a=b HTTP/1.1\r\nHost: a\r\n\r\n");

	(void)state;
	assert_int_equal(count(&peer, "Location: /dir/?a=b\r\n"), 1);
	assert_int_equal(peer.outcomes[HTTP_STATUS_MOVED], 1);
	disconnect(&peer);
}

/* The parts come one by one, of one descriptor, and the request is used up with
 * the last. */
static void
http_59_rfc_9110_14_6_parts_of_a_large_file(void **state)
{
	const char get[] = "GET /large HTTP/1.1\r\nHost: a\r\n"
	                   "Range: bytes=10-19,5000-5999,-1\r\n\r\n" GET END;
	static const struct stream_body bodies[] = {
	    {LARGE_FD, 10, 10, true},
	    {LARGE_FD, 5000, 1000, true},
	    {LARGE_FD, LARGE - 1, 1, false},
	};
	struct peer peer;

	(void)state;
	connect_peer(&peer);
	for (size_t i = 0; i < 3; i++) {
		struct stream_step made = step(&peer,
		    i == 0 ? STREAM_BYTES : STREAM_ROOM, get, strlen(get));

		assert_int_equal(made.verdict, VERDICT_WRITE);
		assert_int_equal(made.used, 0);
		assert_int_equal(made.outcome,
		    i == 0 ? (unsigned)HTTP_STATUS_PARTIAL : OUTCOME_NONE);
		assert_int_equal(made.body.fd, bodies[i].fd);
		assert_int_equal(made.body.offset, bodies[i].offset);
		assert_int_equal(made.body.len, bodies[i].len);
		assert_int_equal(made.body.is_kept, bodies[i].is_kept);
		assert_int_equal(
		    http_session_release(&peer.session), i < 2 ? LARGE_FD : -1);
	}
	struct stream_step made = step(&peer, STREAM_ROOM, get, strlen(get));

	assert_int_equal(made.verdict, VERDICT_READ);
	assert_int_equal(made.used, strlen(get) - strlen(GET END));
	assert_true(made.timeout_ms > 0);
	assert_int_equal(http_session_release(&peer.session), -1);
	made = step(&peer, STREAM_BYTES, GET END, strlen(GET END));
	assert_int_equal(made.outcome, HTTP_STATUS_OK);
	assert_int_equal(peer.answers, 2);
	assert_int_equal(count(&peer, "\r\nContent-Range: bytes "), 3);
	disconnect(&peer);
}

static void
http_59_rfc_9110_14_6_parts_and_the_end_of_a_connection(void **state)
{
	const char get[] = "GET /large HTTP/1.1\r\nHost: a\r\n"
	                   "Connection: close\r\n"
	                   "Range: bytes=10-19,5000-5999\r\n\r\n";
	struct peer peer;

	(void)state;
	connect_peer(&peer);
	(void)step(&peer, STREAM_BYTES, get, strlen(get));
	assert_int_equal(peer.verdict, VERDICT_WRITE);
	(void)step(&peer, STREAM_ROOM, get, strlen(get));
	assert_int_equal(peer.verdict, VERDICT_WRITE);
	struct stream_step made = step(&peer, STREAM_ROOM, get, strlen(get));

	assert_int_equal(made.verdict, VERDICT_DONE);
	assert_int_equal(made.used, strlen(get));
	disconnect(&peer);
	/* Gone in the middle: what is held is given back. */
	connect_peer(&peer);
	(void)step(&peer, STREAM_BYTES, get, strlen(get));
	assert_int_equal(http_session_release(&peer.session), LARGE_FD);
	disconnect(&peer);
	/* A request with a body is used up first, so it gets the whole. */
	peer = sent("GET /large HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n"
	            "Range: bytes=10-19,5000-5999\r\n\r\nx");
	assert_int_equal(peer.body.len, LARGE);
	disconnect(&peer);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(http_38_44_rfc_9110_8_fields_of_a_file),
	    cmocka_unit_test(http_39_rfc_9110_8_8_2_1_no_date_in_the_future),
	    cmocka_unit_test(http_40_rfc_9110_8_8_1_weak_while_fresh),
	    cmocka_unit_test(http_42_rfc_9110_9_3_2_head_is_get_without_body),
	    cmocka_unit_test(http_7_13_rfc_9110_15_5_6_methods),
	    cmocka_unit_test(http_29_30_rfc_9112_9_3_persistence),
	    cmocka_unit_test(http_31_rfc_9112_9_3_2_an_error_ends_the_pipeline),
	    cmocka_unit_test(output_does_not_depend_on_how_input_is_cut),
	    cmocka_unit_test(http_25_rfc_9112_6_3_half_a_request),
	    cmocka_unit_test(http_26_rfc_9112_9_3_bodies_are_skipped),
	    cmocka_unit_test(http_27_rfc_9110_15_5_14_too_large_a_body),
	    cmocka_unit_test(
	        http_28_rfc_9110_9_3_1_a_body_of_get_is_no_request),
	    cmocka_unit_test(http_33_rfc_9112_9_5_deadlines),
	    cmocka_unit_test(http_33_rfc_9112_9_5_deadlines_of_a_body),
	    cmocka_unit_test(http_36_rfc_9110_10_1_1_the_final_answer_is_ready),
	    cmocka_unit_test(draining_makes_an_answer_the_last),
	    cmocka_unit_test(a_connection_ends_after_a_thousand_requests),
	    cmocka_unit_test(large_files_are_sent_by_descriptor),
	    cmocka_unit_test(http_48_rfc_9110_10_2_2_a_folder_keeps_its_query),
	    cmocka_unit_test(http_59_rfc_9110_14_6_parts_of_a_large_file),
	    cmocka_unit_test(
	        http_59_rfc_9110_14_6_parts_and_the_end_of_a_connection),
	};

	return cmocka_run_group_tests(tests, build, NULL);
}
