/* qotd_test.c — door, key and file of RFC 865. The numbers are those of the
 * time requirements. */
#include "services/qotd/qotd.h"

#include "../room_fixture.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

static uint8_t out[65507];

/* The room with a file of this TEXT; "": without one. */
static struct room_fixture *
open_room(const char *text)
{
	size_t len = strlen(text);
	char path[] = "/tmp/netlab-qotd.XXXXXX", line[64];
	int fd = mkstemp(path);

	assert_int_not_equal(fd, -1);
	assert_int_equal(write(fd, text, len), len);
	close(fd);
	snprintf(line, sizeof(line), "qotd_file = \"%s\"", path);
	struct room_fixture *fixture =
	    room_fixture_open(&qotd_service, len == 0 ? "" : line);

	unlink(path);
	return fixture;
}

/* What of the report comes behind the file's path. */
static const char *
said(const struct room_fixture *fixture)
{
	const char *at = strchr(fixture->said, '.');

	return at == NULL ? fixture->said : at + 7;
}

/* The answer to LEN bytes at BYTES of at most REPLY_MAX. */
static struct reply
ask(const struct room_fixture *fixture, const void *bytes, size_t len,
    size_t reply_max)
{
	const struct datagram question = {
	    .bytes = {bytes, len}, .reply_max = reply_max};

	return qotd_service.answer(
	    fixture->state, &question, (struct space){out, sizeof(out)});
}

static void
drawn(void **state)
{
	struct room_fixture *fixture =
	    open_room("one\n%\nthree\nlines\nhere\n%\nfour\n");
	unsigned seen[3] = {0};

	(void)state;
	assert_string_equal(fixture->said, "");
	for (unsigned i = 0; i < 3000; i++) {
		struct reply reply = ask(fixture, "", 0, 65507);

		assert_false(reply.is_silent);
		out[reply.len] = '\0';
		if (strcmp((char *)out, "one\r\n") == 0)
			seen[0]++;
		else if (strcmp((char *)out, "four\r\n") == 0)
			seen[1]++;
		else if (strcmp((char *)out, "three\r\nlines\r\nhere\r\n") == 0)
			seen[2]++;
	}
	assert_int_equal(seen[0] + seen[1] + seen[2], 3000);
	for (unsigned i = 0; i < 3; i++)
		assert_in_range(seen[i], 800, 1200);
	room_fixture_close(fixture);
}

/* The worker keeps back what is longer than allowed. */
static void
no_longer_than_allowed(void **state)
{
	struct room_fixture *fixture =
	    open_room("one\n\n12345678\n\n123\n\n1234\n");

	(void)state;
	for (size_t most = 0; most < 20; most++) {
		size_t longest = 0;

		for (unsigned i = 0; i < 50; i++) {
			struct reply reply = ask(fixture, "x", 1, most);

			assert_false(reply.is_silent);
			if (reply.len > longest)
				longest = reply.len;
		}
		assert_int_equal(longest, most < 6 ? 5 : most < 10 ? 6 : 10);
	}
	room_fixture_close(fixture);
}

static void
own_format(void **state)
{
	static const char *const quotes[] = {
	    "one\r\n", "ONE\r\n", "twe\r\n", "three\r\nLINES\r\nhere\r\n"};
	struct room_fixture *fixture =
	    open_room("one\n%\nthree\nlines\nhere\n%\ntwe\n");

	(void)state;
	for (size_t i = 0; i < sizeof(quotes) / sizeof(quotes[0]); i++) {
		size_t len = strlen(quotes[i]);
		struct reply reply = ask(fixture, quotes[i], len, 65507);

		assert_true(reply.is_silent);
		assert_string_equal(
		    qotd_service.outcomes[reply.outcome], "own_format");
		assert_false(ask(fixture, quotes[i], len - 1, 65507).is_silent);
	}
	assert_false(ask(fixture, "two\r\n", 5, 65507).is_silent);
	room_fixture_close(fixture);
}

static void
without_a_file(void **state)
{
	struct room_fixture *fixture = open_room("");

	(void)state;
	assert_string_equal(fixture->said, "");
	for (unsigned i = 0; i < 200; i++) {
		struct reply reply = ask(fixture, "", 0, 65507);

		assert_in_range(reply.len, 20, 511);
		assert_memory_equal(out + reply.len - 2, "\r\n", 2);
	}
	room_fixture_close(fixture);
}

static void
faults(void **state)
{
	struct room_fixture *fixture =
	    open_room("ok\n%\n\nred \033[31m\n%\n\xff\n");

	(void)state;
	assert_memory_equal(fixture->said, "warning: ", 9);
	assert_memory_equal(said(fixture),
	    ":4: the quote that begins here is left out: it has a control "
	    "character\n",
	    71);
	assert_non_null(strstr(fixture->said,
	    ":6: the quote that begins here is left out: it is no UTF-8\n"));
	assert_int_equal(ask(fixture, "", 0, 65507).len, 4);
	room_fixture_close(fixture);
}

static void
files_that_are_none(void **state)
{
	struct room_fixture *fixture;

	(void)state;
	fixture = room_fixture_open(&qotd_service, "qotd_file = \"none\"");
	assert_string_equal(
	    fixture->said, "conf:3: /tmp/none: No such file or directory\n");
	room_fixture_close(fixture);
	fixture = room_fixture_open(&qotd_service, "qotd_file = \"/dev\"");
	assert_string_equal(fixture->said, "conf:3: /dev: is a directory\n");
	room_fixture_close(fixture);
	fixture = open_room("%\n\n%\n");
	assert_memory_equal(fixture->said, "conf:3: ", 8);
	assert_string_equal(said(fixture), ": there is no quote in it\n");
	room_fixture_close(fixture);
}

static void
many_faults(void **state)
{
	char text[301] = "";
	struct room_fixture *fixture;

	(void)state;
	for (size_t i = 0; i + 3 < sizeof(text); i += 3)
		memcpy(text + i, "\033\n\n", 3);
	fixture = open_room(text);
	/* The fixture keeps the first ones; the rest is one line. */
	assert_null(fixture->state);
	room_fixture_close(fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 43, RFC 865: each client gets some quote", drawn),
	    TEST("TIME 43: one that is as long as may be sent",
	        no_longer_than_allowed),
	    TEST("TIME 44: silence to what another server answers", own_format),
	    TEST("TIME 43: some are there without a file", without_a_file),
	    TEST("TIME 43: quotes that cannot be sent are told and left out",
	        faults),
	    TEST("TIME 43: files that are none", files_that_are_none),
	    TEST("TIME 43: a file of mistakes", many_faults),
	};

	return cmocka_run_group_tests_name("qotd", tests, NULL, NULL);
}
