/* dissect_http_test.c — requests and responses, line by line. */
#include "client/dissect/dissect_http.h"

#include "dissect_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define RESPONSE "HTTP/1.1 200 OK\r\n"

static void
expect(const char *text, const char *wanted)
{
	assert_string_equal(
	    dissect_text(span_of(text), dissect_http, 0), wanted);
	cover_all(span_of(text), dissect_http);
}

/* What stands behind the status line. */
static void
expect_response(const char *rest, const char *wanted)
{
	static const char status[] = "HTTP response\n"
	                             "0+9 Version HTTP/1.1\n"
	                             "9+4 Status code 200 (successful)\n"
	                             "13+4 Reason OK (for humans)\n";
	char text[1024];

	snprintf(text, sizeof(text), RESPONSE "%s", rest);
	const char *got = dissect_text(span_of(text), dissect_http, 0);

	assert_memory_equal(got, status, sizeof(status) - 1);
	assert_string_equal(got + sizeof(status) - 1, wanted);
	cover_all(span_of(text), dissect_http);
}

/* RFC 9110 §9.3.2: the length is that of what a GET would bring. */
static void
the_response_to_a_head_has_no_content(void **state)
{
	struct span bytes = span_of(RESPONSE "Content-Length: 5\r\n\r\n");

	(void)state;
	assert_string_equal(dissect_text(bytes, dissect_http_to_head, 0),
	    "HTTP response\n"
	    "0+9 Version HTTP/1.1\n"
	    "9+4 Status code 200 (successful)\n"
	    "13+4 Reason OK (for humans)\n"
	    "17+19 Content-Length 5 (bytes of content)\n"
	    "36+2 Empty line CR LF (the head ends here)\n");
	cover_all(bytes, dissect_http_to_head);
}

static void
requests(void **state)
{
	(void)state;
	expect("GET /a?b HTTP/1.1\r\nhost: x\r\nX-Y:  z \r\n\r\n",
	    "HTTP request\n"
	    "0+4 Method GET (fetch it)\n"
	    "4+5 Target /a?b\n"
	    "9+10 Version HTTP/1.1\n"
	    "19+9 Host x (the site that is asked)\n"
	    "28+10 Field X-Y: z\n"
	    "38+2 Empty line CR LF (the head ends here)\n");
	/* Two, with content, one after the other; and an empty line. */
	expect("\r\nPUT / HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi"
	       "NEW / HTTP/1.0\r\n\r\n",
	    "HTTP request\n"
	    "0+2 Empty line CR LF\n"
	    "2+4 Method PUT (this is to be there from now on)\n"
	    "6+2 Target /\n"
	    "8+10 Version HTTP/1.0 (a connection is for one request)\n"
	    "18+19 Content-Length 2 (bytes of content)\n"
	    "37+2 Empty line CR LF (the head ends here)\n"
	    "39+2 Content 2 bytes\n"
	    "HTTP request\n"
	    "41+4 Method NEW\n"
	    "45+2 Target /\n"
	    "47+10 Version HTTP/1.0 (a connection is for one request)\n"
	    "57+2 Empty line CR LF (the head ends here)\n"
	    "59+0 ! Head There is no such method here. Methods are written in "
	    "capitals: GET, HEAD, OPTIONS.\n");
}

static void
responses(void **state)
{
	(void)state;
	expect_response("Server: x\r\n\r\nhello",
	    "17+11 Server x (what software answers)\n"
	    "28+2 Empty line CR LF (the head ends here)\n"
	    "30+5 Content 5 bytes (until the connection ends)\n");
	expect_response("Content-Length: 5\r\n\r\nhe",
	    "17+19 Content-Length 5 (bytes of content)\n"
	    "36+2 Empty line CR LF (the head ends here)\n"
	    "38+2 Content 2 of 5 bytes (it goes on beyond these bytes)\n");
	expect_response("Transfer-Encoding: chunked\r\n\r\n"
	                "a;x=y\r\n0123456789\r\n00\r\nA: b\r\n\r\n",
	    "17+28 Transfer-Encoding chunked (how content is framed)\n"
	    "45+2 Empty line CR LF (the head ends here)\n"
	    "47+7 Chunk size 0xa, 10\n"
	    "54+10 Chunk data 10 bytes\n"
	    "64+2 Chunk end CR LF\n"
	    "66+4 Chunk size 0x0, 0 (the last one)\n"
	    "70+6 Field A: b\n"
	    "76+2 Empty line CR LF (the message ends)\n");
}

static void
beginnings(void **state)
{
	(void)state;
	expect("HT",
	    "HTTP response\n"
	    "0+2 Status line HT (the line goes on beyond these bytes)\n");
	expect("GET / HT",
	    "HTTP request\n"
	    "0+8 Request line GET / HT (the line goes on beyond these "
	    "bytes)\n");
	expect_response(
	    "Serv", "17+4 Field Serv (the line goes on beyond these bytes)\n");
	expect_response("", "");
}

static void
malformed_ones(void **state)
{
	(void)state;
	expect("SSH-2.0\r\n",
	    "HTTP request\n"
	    "0+9 ! Request line not \"GET / HTTP/1.1\", or so\n");
	expect("HTTP/1.1 20x OK\r\n",
	    "HTTP response\n"
	    "0+17 ! Status line not \"HTTP/1.1 200 OK\", or so\n");
	expect_response(" a\r\nA : b\r\nA: \x1b\r\nA: b\n\r\nrest",
	    "17+4 ! Field begins with a space: folded lines are forbidden\n"
	    "21+7 ! Field no name, colon and value without a space between\n"
	    "28+6 ! Field A has a control character in it\n"
	    "34+5 ! Field ends in a line feed alone, without carriage "
	    "return\n"
	    "39+2 Empty line CR LF (the head ends here)\n"
	    "41+4 ! Rest 4 bytes, not read: the head is malformed\n");
	expect_response("Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
	    "17+19 Content-Length 1 (bytes of content)\n"
	    "36+19 Content-Length 2 (bytes of content)\n"
	    "55+2 Empty line CR LF (the head ends here)\n"
	    "57+0 ! Head there are two Content-Lengths, which differ\n"
	    "57+2 ! Rest 2 bytes, not read: the head is malformed\n");
	expect_response("Transfer-Encoding: chunked\r\n\r\nx\r\nrest",
	    "17+28 Transfer-Encoding chunked (how content is framed)\n"
	    "45+2 Empty line CR LF (the head ends here)\n"
	    "47+3 ! Chunk size not a number in hexadecimal and CR LF\n"
	    "50+4 ! Rest 4 bytes, not read: there is no chunk size\n");
	expect_response("Transfer-Encoding: chunked\r\n\r\n1\r\nabc",
	    "17+28 Transfer-Encoding chunked (how content is framed)\n"
	    "45+2 Empty line CR LF (the head ends here)\n"
	    "47+3 Chunk size 0x1, 1\n"
	    "50+1 Chunk data 1 bytes\n"
	    "51+2 ! Chunk end not CR LF\n");
}

static void
the_line_that_stands_for_it(void **state)
{
	static const char *const texts[][2] = {
	    {"GET /a HTTP/1.1\r\nHost: x\r\n\r\n", "GET /a"},
	    {RESPONSE "\r\n", "200 OK"},
	};
	struct dissect dissection;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		cover_dissect(&dissection, span_of(texts[i][0]), dissect_http);
		struct span line = dissect_summary(&dissection);

		assert_string_equal(dissection.protocol, "HTTP");
		assert_int_equal(line.len, strlen(texts[i][1]));
		assert_memory_equal(line.data, texts[i][1], line.len);
		show_dissect_free(&dissection);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(requests),
	    cmocka_unit_test(the_response_to_a_head_has_no_content),
	    cmocka_unit_test(responses),
	    cmocka_unit_test(beginnings),
	    cmocka_unit_test(malformed_ones),
	    cmocka_unit_test(the_line_that_stands_for_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
