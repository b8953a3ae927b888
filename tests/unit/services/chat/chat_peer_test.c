/* chat_peer_test.c — what is said in the chat over UDP. */
#include "services/chat/chat_peer_tell.h"

#include "chat_peer_fixture.h"

static void
a_name_then_messages(void **state)
{
	(void)state;
	assert_int_equal(say(ANNA, "anna\n"), CHAT_PEER_JOINED);
	assert_hears(ANNA, "* welcome to netlabd, anna");
	assert_int_equal(say(BOB, "bob\n"), CHAT_PEER_JOINED);
	now_ms += CHAT_PEER_PACE_MS;
	chat_peer_turn(&peers, now_ms);
	assert_heard(ANNA, "* bob has joined #lobby\n|");
	heard(BOB);
	now_ms += CHAT_PEER_PACE_MS;
	assert_int_equal(say(BOB, "hello"), CHAT_PEER_HEARD);
	assert_heard(ANNA, "<bob> hello\n|");
	assert_heard(BOB, "");
	now_ms += CHAT_PEER_PACE_MS;
	assert_int_equal(say(ANNA, "/msg bob psst\r\n"), CHAT_PEER_HEARD);
	assert_heard(BOB, "-> [anna] psst\n|");
	assert_int_equal(say(ANNA, "/ping"), CHAT_PEER_HEARD);
	assert_heard(ANNA, "* pong\n|");
}

/* Its first recvfrom() is the other side's name, its second the first message,
 * and both come before it says anything more. */
static void
the_lectures_client(void **state)
{
	const char *welcome;

	(void)state;
	assert_int_equal(say(ANNA, "anna"), CHAT_PEER_JOINED);
	welcome = heard(ANNA);
	assert_memory_equal(welcome, "netlabd|* welcome", 17);
	assert_int_equal(say(ANNA, "Left chat room!"), CHAT_PEER_LEFT);
	assert_int_equal(say(ANNA, "Left chat room!"), CHAT_PEER_STRANGE);
	assert_int_equal(hub.count, 0);
}

static void
nick_names_too(void **state)
{
	(void)state;
	assert_int_equal(say(ANNA, "/nick anna"), CHAT_PEER_JOINED);
	assert_hears(ANNA, "* welcome to netlabd, anna");
	assert_int_equal(say(BOB, "/NICK bob\nhello\n"), CHAT_PEER_JOINED);
	assert_hears(ANNA, "* bob has joined #lobby\n<bob> hello\n|");
}

static void
several_lines_in_a_datagram(void **state)
{
	(void)state;
	join_both();
	assert_int_equal(say(ANNA, "one\ntwo\r\n\nthree"), CHAT_PEER_HEARD);
	assert_heard(BOB, "<anna> one\n<anna> two\n<anna> three\n|");
	assert_int_equal(say(ANNA, "four\n[e]\nfive\n"), CHAT_PEER_LEFT);
	now_ms += CHAT_PEER_PACE_MS;
	chat_peer_turn(&peers, now_ms);
	assert_heard(BOB, "<anna> four\n* anna has left #lobby\n|");
}

static void
each_way_to_leave(void **state)
{
	static const char *const words[] = {
	    "[e]", "[e]\n", "Left chat room!", "/quit", "/quit\r\n"};

	(void)state;
	join_both();
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		assert_int_equal(say(ANNA, words[i]), CHAT_PEER_LEFT);
		now_ms += CHAT_PEER_PACE_MS;
		chat_peer_turn(&peers, now_ms);
		assert_heard(BOB, "* anna has left #lobby\n|");
		assert_int_equal(say(ANNA, "anna\n"), CHAT_PEER_JOINED);
		now_ms += CHAT_PEER_PACE_MS;
		chat_peer_turn(&peers, now_ms);
		assert_heard(BOB, "* anna has joined #lobby\n|");
	}
	say(ANNA, "/quit see you");
	now_ms += CHAT_PEER_PACE_MS;
	chat_peer_turn(&peers, now_ms);
	assert_heard(BOB, "* anna has left #lobby: see you\n|");
}

/* What waits for its moment is not lost by good-bye. */
static void
told_all_before_it_leaves(void **state)
{
	(void)state;
	join_both();
	say(BOB, "one");
	say(BOB, "two");
	assert_heard(ANNA, "<bob> one\n|");
	assert_int_equal(say(ANNA, "[e]"), CHAT_PEER_LEFT);
	assert_heard(ANNA, "<bob> two\n|* goodbye\n|");
}

/* Answers are longer than questions. */
static void
many_questions_in_a_datagram(void **state)
{
	char text[CHAT_PEER_MESSAGE_MAX + 1] = "";
	const char *all;

	(void)state;
	is_exempt = true;
	join_both();
	while (strlen(text) + 6 < sizeof(text))
		strcat(text, "/help\n");
	say(ANNA, text);
	all = heard(ANNA);
	assert_null(strstr(all, "skipped"));
	assert_true(strlen(all) > 8192);
}

static void
too_long(void **state)
{
	static char text[CHAT_PEER_DATAGRAM_MAX];

	(void)state;
	memset(text, 'x', sizeof(text));
	assert_int_equal(send_from(ANNA, 5000, text, CHAT_PEER_MESSAGE_MAX + 1),
	    CHAT_PEER_TOO_LONG);
	assert_string_equal(reply_text, "! too long\n");
	join_both();
	assert_int_equal(send_from(ANNA, 5000, text, CHAT_PEER_MESSAGE_MAX + 1),
	    CHAT_PEER_TOO_LONG);
	assert_heard(ANNA, "! too long\n|");
	assert_heard(BOB, "");
	assert_int_equal(send_from(ANNA, 5000, text, CHAT_PEER_MESSAGE_MAX),
	    CHAT_PEER_HEARD);
	assert_int_equal(strlen(heard(BOB)), CHAT_PEER_MESSAGE_MAX + 9);
}

static void
nothing_said(void **state)
{
	(void)state;
	assert_int_equal(say(ANNA, ""), CHAT_PEER_EMPTY);
	assert_int_equal(say(ANNA, "\r\n"), CHAT_PEER_EMPTY);
	assert_int_equal(hub.count, 0);
	join_both();
	assert_int_equal(say(ANNA, ""), CHAT_PEER_EMPTY);
	assert_heard(ANNA, "");
	assert_heard(BOB, "");
}

static void
silence_ends_with_one_notice(void **state)
{
	(void)state;
	join_both();
	now_ms += 60000;
	say(BOB, ""); /* is still there */
	now_ms += 59999 - 1000;
	assert_int_equal(chat_peer_turn(&peers, now_ms), 1);
	assert_heard(BOB, "");
	now_ms += 1;
	assert_true(chat_peer_turn(&peers, now_ms) > 0);
	assert_heard(BOB, "* anna has left #lobby: silent for too long\n|");
	assert_heard(ANNA, "* you were silent for too long: good-bye\n|");
	now_ms += 2 * IDLE_MS;
	assert_int_equal(chat_peer_turn(&peers, now_ms), 0);
	assert_int_equal(hub.count, 0);
}

/* Two chats that were brought together by a forged datagram. */
static void
what_a_chat_says_gets_no_answer(void **state)
{
	static const char *const lines[] = {"* bob has joined #lobby\n",
	    "! too long\n", "! /cookie 12345678 NAME\n", "<bob> hello\n",
	    "-> [bob] psst\n"};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		assert_int_equal(say(ANNA, lines[i]), CHAT_PEER_STRANGE);
		assert_string_equal(reply_text, "");
	}
	assert_int_equal(hub.count, 0);
}

static void
lines_leave_whole_and_together(void **state)
{
	struct wire *wire = &wires[BOB & 0xff];
	char text[CHAT_PEER_MESSAGE_MAX + 1];

	(void)state;
	is_exempt = true;
	join_both();
	/* The first at once, those of the next moment together. */
	say(ANNA, "one");
	assert_heard(BOB, "<anna> one\n|");
	say(ANNA, "two");
	say(ANNA, "three");
	assert_heard(BOB, "");
	assert_int_equal(chat_peer_turn(&peers, now_ms), CHAT_PEER_PACE_MS);
	now_ms += CHAT_PEER_PACE_MS;
	chat_peer_turn(&peers, now_ms);
	assert_heard(BOB, "<anna> two\n<anna> three\n|");
	memset(text, 'x', CHAT_PEER_MESSAGE_MAX);
	text[CHAT_PEER_MESSAGE_MAX] = '\0';
	say(ANNA, "four");
	say(ANNA, text);
	say(ANNA, "five");
	now_ms += CHAT_PEER_PACE_MS;
	chat_peer_turn(&peers, now_ms);
	assert_int_equal(wire->count, 3);
	assert_int_equal(wire->longest, CHAT_PEER_MESSAGE_MAX + 8);
	for (unsigned i = 0; i < 40; i++)
		say(ANNA, "a line of some length, and then another");
	now_ms += CHAT_PEER_PACE_MS;
	heard(BOB);
	chat_peer_turn(&peers, now_ms);
	assert_true(wire->longest <= CHAT_PEER_TELL_GATHER_MAX);
	assert_int_equal(wire->count, 4);
}

/* What peers are told in a moment is bounded, and so is what they say: nothing
 * is pushed out before anybody was told. */
static void
a_storm_is_cut(void **state)
{
	static const char line[] = "a line of some length, and then another";
	struct wire *wire = &wires[BOB & 0xff];
	unsigned count = 0;

	(void)state;
	is_exempt = true;
	join_both();
	while (say(ANNA, line) == CHAT_PEER_HEARD)
		count++;
	assert_int_equal(say(ANNA, line), CHAT_PEER_DROPPED);
	assert_int_equal(say(BOB, line), CHAT_PEER_DROPPED);
	assert_int_equal(count,
	    CHAT_PEER_SAID_MAX / (sizeof(line) - 1 + strlen("<anna> \n")));
	heard(BOB);
	now_ms += CHAT_PEER_PACE_MS;
	assert_int_equal(chat_peer_turn(&peers, now_ms), CHAT_PEER_PACE_MS);
	assert_true(wire->len <= CHAT_PEER_TELL_AT_ONCE_MAX + 64);
	assert_int_equal(say(ANNA, line), CHAT_PEER_HEARD);
	assert_int_equal(say(ANNA, "and on"), CHAT_PEER_HEARD);
	while (chat_peer_turn(&peers, now_ms) == CHAT_PEER_PACE_MS)
		now_ms += CHAT_PEER_PACE_MS;
	assert_null(strstr(wire->text, " skipped"));
	assert_non_null(strstr(wire->text, "<anna> and on\n"));
}

/* Short lines cost what they become. */
static void
a_storm_of_short_lines_is_cut(void **state)
{
	char text[CHAT_PEER_MESSAGE_MAX];
	unsigned count = 0;

	(void)state;
	is_exempt = true;
	join_both();
	for (size_t i = 0; i < sizeof(text); i += 2)
		memcpy(text + i, "x\n", 2);
	while (send_from(ANNA, 5000, text, sizeof(text)) == CHAT_PEER_HEARD)
		count++;
	assert_int_equal(
	    count, CHAT_PEER_SAID_MAX / (256 * strlen("<anna> x\n")));
}

static void
who_talks_too_fast_is_out(void **state)
{
	unsigned outcome = CHAT_PEER_HEARD, count = 0;

	(void)state;
	join_both();
	while ((outcome = say(ANNA, "spam")) == CHAT_PEER_HEARD)
		assert_true(++count < 30);
	assert_int_equal(outcome, CHAT_PEER_FLOODED);
	assert_hears(ANNA, "! too fast\n");
	now_ms += CHAT_PEER_PACE_MS;
	chat_peer_turn(&peers, now_ms);
	assert_hears(BOB, "<anna> spam\n* anna has left #lobby: too fast\n|");
	assert_int_equal(hub.count, 1);
}

/* Or the rest of a flood would come and go for ever. */
static void
who_is_out_comes_back_after_a_pause(void **state)
{
	(void)state;
	join_both();
	while (say(ANNA, "spam") != CHAT_PEER_FLOODED)
		continue;
	now_ms += CHAT_PEER_PACE_MS;
	chat_peer_turn(&peers, now_ms);
	heard(ANNA);
	heard(BOB);
	for (int i = 0; i < 20; i++) {
		now_ms += CHAT_PEER_OUT_MS - CHAT_PEER_PACE_MS - 1;
		assert_int_equal(say(BOB, "/ping"), CHAT_PEER_HEARD);
		assert_int_equal(say(ANNA, "spam"), CHAT_PEER_FLOODED);
	}
	assert_heard(ANNA, "");
	assert_null(strstr(heard(BOB), "anna"));
	now_ms += CHAT_PEER_OUT_MS;
	assert_int_equal(say(ANNA, "anna"), CHAT_PEER_JOINED);
	assert_hears(BOB, "* anna has joined #lobby\n");
}

static void
who_is_out_is_forgotten(void **state)
{
	(void)state;
	join_both();
	while (say(ANNA, "spam") != CHAT_PEER_FLOODED)
		continue;
	heard(ANNA);
	now_ms += IDLE_MS;
	chat_peer_turn(&peers, now_ms);
	assert_heard(ANNA, "");
	assert_int_equal(peers.table.count, 0);
}

/* Many lines behind a name. */
static void
who_floods_with_the_name_is_out(void **state)
{
	char text[2 * 40];

	(void)state;
	for (size_t i = 0; i < sizeof(text); i += 2)
		memcpy(text + i, "x\n", 2);
	assert_int_equal(
	    send_from(ANNA, 5000, text, sizeof(text)), CHAT_PEER_FLOODED);
	assert_int_equal(say(ANNA, "anna"), CHAT_PEER_FLOODED);
	assert_int_equal(hub.count, 0);
}

/* Escape sequences, C1, DEL, what turns the direction of writing, and bytes
 * that are no UTF-8. */
static void
only_text_reaches_others(void **state)
{
	(void)state;
	join_both();
	say(ANNA, "a\33[2Jb\302\233c\177d\342\200\256e\tf");
	assert_heard(BOB, "<anna> a[2Jbcde\tf\n|");
	now_ms += 1000;
	assert_int_equal(say(ANNA, "\303\50"), CHAT_PEER_HEARD);
	assert_heard(ANNA, "! not UTF-8\n|");
	assert_heard(BOB, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("a name, then messages", a_name_then_messages),
	    TEST(
	        "TIME 49: the lectures' client, over UDP", the_lectures_client),
	    TEST("/nick names too", nick_names_too),
	    TEST("several lines in a datagram", several_lines_in_a_datagram),
	    TEST("TIME 49: each way to leave, over UDP", each_way_to_leave),
	    TEST("told all before it leaves", told_all_before_it_leaves),
	    TEST("many questions in a datagram", many_questions_in_a_datagram),
	    TEST("too long", too_long),
	    TEST("nothing said", nothing_said),
	    TEST("silence ends with one notice", silence_ends_with_one_notice),
	    TEST("TIME 44: what a chat says gets no answer",
	        what_a_chat_says_gets_no_answer),
	    TEST("lines leave whole and together",
	        lines_leave_whole_and_together),
	    TEST("a storm is cut", a_storm_is_cut),
	    TEST(
	        "a storm of short lines is cut", a_storm_of_short_lines_is_cut),
	    TEST("who talks too fast is out", who_talks_too_fast_is_out),
	    TEST("who is out comes back after a pause",
	        who_is_out_comes_back_after_a_pause),
	    TEST("who is out is forgotten", who_is_out_is_forgotten),
	    TEST("who floods with the name is out",
	        who_floods_with_the_name_is_out),
	    TEST("TIME 50: only text reaches others, over UDP",
	        only_text_reaches_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
