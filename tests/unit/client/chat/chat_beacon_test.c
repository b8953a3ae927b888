/* chat_beacon_test.c — what netlabs say to find one another. */
#include "client/chat/chat_beacon.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define TEST(what, test)                                                       \
	{                                                                      \
		.name = what, .test_func = test                                \
	}

static void
what_is_written_is_read(void **state)
{
	static const char text[] =
	    "netlab-chat 1 + 0000beef udp 31622 J\xc3\xbcrgen\n";
	struct chat_beacon beacon = {.kind = CHAT_BEACON_HERE,
	    .id = 0xbeef,
	    .transport = TRANSPORT_UDP,
	    .port = 31622,
	    .name_len = 7,
	    .name = "J\xc3\xbcrgen"};
	struct chat_beacon read;
	uint8_t out[CHAT_BEACON_MAX];
	size_t len = chat_beacon_write(&beacon, out);

	(void)state;
	assert_int_equal(len, strlen(text));
	assert_memory_equal(out, text, len);
	assert_true(chat_beacon_read((struct span){out, len}, &read));
	assert_int_equal(read.kind, CHAT_BEACON_HERE);
	assert_int_equal(read.id, 0xbeef);
	assert_int_equal(read.transport, TRANSPORT_UDP);
	assert_int_equal(read.port, 31622);
	assert_int_equal(read.name_len, 7);
	assert_memory_equal(read.name, beacon.name, 7);
	out[14] = '-';
	assert_true(chat_beacon_read((struct span){out, len}, &read));
	assert_int_equal(read.kind, CHAT_BEACON_GONE);
}

static void
no_answer_is_longer_than_a_question(void **state)
{
	struct chat_beacon question = {.kind = CHAT_BEACON_QUESTION}, read;
	struct chat_beacon longest = {.kind = CHAT_BEACON_HERE,
	    .id = UINT32_MAX,
	    .transport = TRANSPORT_UDP,
	    .port = 65535};
	uint8_t out[CHAT_BEACON_MAX];

	(void)state;
	for (size_t i = 0; i < CHAT_NAME_POINTS_MAX; i++)
		memcpy(longest.name + 4 * i, "\xf0\x9f\x98\x80", 4);
	longest.name_len = (size_t)4 * CHAT_NAME_POINTS_MAX;
	size_t len = chat_beacon_write(&longest, out);

	assert_true(len <= CHAT_BEACON_MAX);
	assert_true(chat_beacon_read((struct span){out, len}, &read));
	assert_int_equal(read.name_len, longest.name_len);
	assert_int_equal(chat_beacon_write(&question, out), CHAT_BEACON_MAX);
	assert_true(
	    chat_beacon_read((struct span){out, CHAT_BEACON_MAX}, &read));
	assert_int_equal(read.kind, CHAT_BEACON_QUESTION);
	/* A shorter one gets none. */
	out[CHAT_BEACON_MAX - 2] = '\n';
	assert_false(
	    chat_beacon_read((struct span){out, CHAT_BEACON_MAX - 1}, &read));
}

static void
anything_else_is_none(void **state)
{
	static const char *const bad[] = {"", "\n", "netlab-chat",
	    "netlab-chat 1 \n", "netlab-chat 1 ?\n",
	    "netlab-chat 2 + 0000beef tcp 31622 anna\n",
	    "netlab-chat 1 * 0000beef tcp 31622 anna\n",
	    "netlab-chat 1 + 0000bee tcp 31622 anna\n",
	    "netlab-chat 1 + 0000beef0 tcp 31622 anna\n",
	    "netlab-chat 1 + 0000BEEF tcp 31622 anna\n",
	    "netlab-chat 1 + 0000beef sctp 31622 anna\n",
	    "netlab-chat 1 + 0000beef tcp 0 anna\n",
	    "netlab-chat 1 + 0000beef tcp 031622 anna\n",
	    "netlab-chat 1 + 0000beef tcp 65536 anna\n",
	    "netlab-chat 1 + 0000beef tcp 316220 anna\n",
	    "netlab-chat 1 + 0000beef tcp -1 anna\n",
	    "netlab-chat 1 + 0000beef tcp  anna\n",
	    "netlab-chat 1 + 0000beef tcp 31622\n",
	    "netlab-chat 1 + 0000beef tcp 31622 \n",
	    "netlab-chat 1 + 0000beef tcp 31622 an na\n",
	    "netlab-chat 1 + 0000beef tcp 31622 anna",
	    "netlab-chat 1 + 0000beef tcp 31622 anna\r\n",
	    "netlab-chat 1 + 0000beef tcp 31622 anna\n\n",
	    "netlab-chat 1 + 0000beef tcp 31622 a\x1b[2J\n",
	    "netlab-chat 1 + 0000beef tcp 31622 a\xe2\x80\xae\n",
	    "netlab-chat 1 + 0000beef tcp 31622 \xff\n",
	    "netlab-chat 1 + 0000beef tcp 31622 0123456789012345678901234\n"};
	static const char good[] = "netlab-chat 1 + 0000beef tcp 31622 anna\n";
	struct chat_beacon beacon;

	(void)state;
	assert_true(chat_beacon_read(span_of(good), &beacon));
	for (size_t len = 0; len < strlen(good); len++)
		assert_false(chat_beacon_read(
		    (struct span){(const uint8_t *)good, len}, &beacon));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(chat_beacon_read(span_of(bad[i]), &beacon));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("what is written is read", what_is_written_is_read),
	    TEST("no answer is longer than a question",
	        no_answer_is_longer_than_a_question),
	    TEST("anything else is none", anything_else_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
