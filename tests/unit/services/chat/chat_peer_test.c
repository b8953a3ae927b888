/* chat_peer_test.c — the chat over UDP, by a clock and a wire of the test's. */
#include "services/chat/chat_cookie.h"
#include "services/chat/chat_peer.h"
#include "services/chat/chat_peer_tell.h"

#include "chat_memory_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TEST(what, test)                                                       \
	{                                                                      \
		.name = what, .test_func = test, .setup_func = open_chat,      \
		.teardown_func = close_chat                                    \
	}

enum {
	NEAR = 0x0a000000, /* 10.0.0.x: our own network */
	FAR = 0x0b000000,  /* 11.0.0.x: somebody else's */
	ANNA = NEAR + 1,
	BOB = NEAR + 2,
	EVE = FAR + 1,
	PEERS_MAX = 16,
	HOST_MAX = 3,
	IDLE_MS = 120000,
	SENT_MAX = 64 * 1024,
	TEXT_MAX = 4096,
};

/* What was sent to each host, told apart by the last byte of its address. */
static struct wire {
	char text[SENT_MAX]; /* datagrams, with a | behind each */
	size_t len, longest;
	unsigned count;
} wires[256];

static struct chat_settings settings;
static struct chat_hub hub;
static struct chat_peers peers;
static uint64_t now_ms;
static bool is_exempt;
static struct memory_fixture used;

static void
send_one(void *context, const struct addr *local, const struct addr *peer,
    struct span bytes)
{
	struct wire *wire = &wires[ntohl(peer->in4.sin_addr.s_addr) & 0xff];

	(void)context;
	assert_int_equal(addr_port(local), 31621);
	assert_true(bytes.len <= CHAT_PEER_DATAGRAM_MAX);
	assert_true(wire->len + bytes.len + 1 < SENT_MAX);
	memcpy(wire->text + wire->len, bytes.data, bytes.len);
	wire->len += bytes.len;
	wire->text[wire->len++] = '|';
	wire->text[wire->len] = '\0';
	wire->count++;
	if (bytes.len > wire->longest)
		wire->longest = bytes.len;
}

static void
wake(void *context, struct chat_person *person)
{
	(void)context;
	assert_int_equal(person->kind, CHAT_PERSON_DATAGRAM);
	chat_peer_wake(&peers, person);
}

static int
open_chat(void **state)
{
	const struct chat_memory memory = MEMORY_FIXTURE(&used);
	const struct chat_hub_calls calls = {.wake = wake, .memory = memory};
	const struct chat_peer_setup setup = {
	    .hub = &hub,
	    .memory = memory,
	    .send = send_one,
	    .settings = &settings,
	    .host_max = HOST_MAX,
	    .key = {1, 2},
	};

	(void)state;
	settings = (struct chat_settings){
	    .name = "netlabd",
	    .name_len = 7,
	    .flood = {1, 5},
	    .rooms = 10,
	    .udp_peers = PEERS_MAX,
	    .udp_idle_ms = IDLE_MS,
	};
	memset(wires, 0, sizeof(wires));
	used = (struct memory_fixture){0};
	now_ms = 1000000;
	is_exempt = false;
	assert_true(chat_hub_init(&hub, &settings, &calls, setup.key));
	assert_true(chat_peer_init(&peers, &setup));
	return 0;
}

static int
close_chat(void **state)
{
	(void)state;
	chat_peer_end(&peers);
	assert_int_equal(hub.count, 0);
	chat_hub_end(&hub);
	assert_int_equal(used.blocks, 0);
	return 0;
}

static struct addr
addr_of(uint32_t host, uint16_t port)
{
	struct addr addr = {
	    .in4 = {.sin_family = AF_INET}, .len = sizeof(addr.in4)};

	addr.in4.sin_port = htons(port);
	addr.in4.sin_addr.s_addr = htonl(host);
	return addr;
}

static char reply_text[TEXT_MAX];

/* A datagram of BYTES from HOST and PORT. Returns its outcome; what it was
 * replied is reply_text. */
static unsigned
send_from(uint32_t host, uint16_t port, const void *bytes, size_t len)
{
	const struct addr local = addr_of(NEAR + 99, 31621);
	const struct addr peer = addr_of(host, port);
	uint8_t out[CHAT_PEER_DATAGRAM_MAX];
	const struct datagram datagram = {
	    .bytes = {bytes, len},
	    .peer = &peer,
	    .local = &local,
	    .now_ms = now_ms,
	    .reply_max = host < FAR ? CHAT_PEER_DATAGRAM_MAX : len,
	};
	struct reply reply = chat_peer_answer(
	    &peers, &datagram, is_exempt, (struct space){out, sizeof(out)});

	reply_text[0] = '\0';
	assert_true(reply.outcome < CHAT_PEER_OUTCOME_COUNT);
	if (!reply.is_silent) {
		assert_true(reply.len > 0 && reply.len <= datagram.reply_max);
		memcpy(reply_text, out, reply.len);
		reply_text[reply.len] = '\0';
	}
	chat_peer_turn(&peers, now_ms);
	return reply.outcome;
}

static unsigned
say(uint32_t host, const char *text)
{
	return send_from(host, 5000, text, strlen(text));
}

/* What HOST was sent since this was asked last. */
static const char *
heard(uint32_t host)
{
	static char text[SENT_MAX];
	struct wire *wire = &wires[host & 0xff];

	memcpy(text, wire->text, wire->len + 1);
	*wire = (struct wire){.len = 0};
	return text;
}

static void
assert_heard(uint32_t host, const char *text)
{
	assert_string_equal(heard(host), text);
}

static void
assert_hears(uint32_t host, const char *part)
{
	const char *text = heard(host);

	if (strstr(text, part) == NULL)
		fail_msg("\"%s\" is not in \"%s\"", part, text);
}

/* Joins anna and bob, who have heard all of that. */
static void
join_both(void)
{
	assert_int_equal(say(ANNA, "anna\n"), CHAT_PEER_JOINED);
	assert_int_equal(say(BOB, "bob\n"), CHAT_PEER_JOINED);
	now_ms += 1000;
	chat_peer_turn(&peers, now_ms);
	heard(ANNA);
	heard(BOB);
}

/* ------------------------------------------------------------------ tests */

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

/* The cookie in what EVE was replied. */
static const char *
cookie(void)
{
	static char text[CHAT_COOKIE_LEN + 1];
	const char *place = strstr(reply_text, "/cookie ");

	assert_non_null(place);
	memcpy(text, place + 8, CHAT_COOKIE_LEN);
	return text;
}

static void
far_peers_prove_their_address(void **state)
{
	const char *longer = "eve, who comes from far away and says so";
	char line[64];

	(void)state;
	join_both();
	assert_int_equal(say(EVE, "eve"), CHAT_PEER_CHALLENGED);
	assert_string_equal(reply_text, "!\n");
	assert_int_equal(say(EVE, longer), CHAT_PEER_CHALLENGED);
	snprintf(line, sizeof(line), "/cookie %s eve\n", cookie());
	/* Nobody else's, and nothing is remembered of whom it was given to. */
	assert_int_equal(say(EVE + 1, line), CHAT_PEER_CHALLENGED);
	assert_int_equal(hub.count, 2);
	assert_heard(EVE, "");
	assert_int_equal(say(EVE, line), CHAT_PEER_JOINED);
	assert_hears(EVE, "* welcome to netlabd, eve");
	now_ms += 1000;
	assert_int_equal(say(EVE, "hello"), CHAT_PEER_HEARD);
	assert_hears(BOB, "<eve> hello\n|");
}

static void
a_cookie_without_a_name(void **state)
{
	char line[64];

	(void)state;
	say(EVE, "eve, who comes from far away and says so");
	snprintf(line, sizeof(line), "/cookie %s", cookie());
	assert_int_equal(say(EVE, line), CHAT_PEER_JOINED);
	assert_hears(EVE, "guest");
}

/* Near ones need no cookie, and one does them no harm. */
static void
near_peers_may_send_cookies(void **state)
{
	(void)state;
	assert_int_equal(say(ANNA, "/cookie 12345678 anna"), CHAT_PEER_JOINED);
	assert_hears(ANNA, "welcome to netlabd, anna");
}

/* Whose addresses are the administrator's word for it hears all. */
static void
who_is_exempt_hears_all(void **state)
{
	struct wire *wire = &wires[ANNA & 0xff];

	(void)state;
	is_exempt = true;
	say(ANNA, "anna\n");
	say(BOB, "bob\n");
	for (unsigned i = 0; i < 100; i++) {
		now_ms += 1000;
		say(BOB, "do you hear me?");
	}
	assert_true(wire->count >= 100);
	assert_null(strstr(wire->text, "say something"));
}

/* A forged datagram that joins in its victim's name. */
static void
who_says_only_a_name_hears_little(void **state)
{
	struct wire *wire = &wires[ANNA & 0xff];

	(void)state;
	say(ANNA, "anna\n");
	say(BOB, "bob\n");
	for (unsigned i = 0; i < 100; i++) {
		now_ms += 1000;
		say(BOB, "do you hear me?");
	}
	assert_int_equal(wire->count, CHAT_PEER_TELL_UNANSWERED_MAX + 1);
	assert_hears(ANNA, "|* say something to hear more\n|");
	assert_int_equal(say(ANNA, "yes"), CHAT_PEER_HEARD);
	assert_hears(ANNA, "<bob> do you hear me?\n<bob> do you hear me?\n");
	for (unsigned i = 0; i < 30; i++) {
		now_ms += 1000;
		say(BOB, "again");
		assert_heard(ANNA, "<bob> again\n|");
	}
}

static void
many_of_one_address(void **state)
{
	(void)state;
	for (uint16_t i = 0; i < HOST_MAX; i++)
		assert_int_equal(
		    send_from(ANNA, (uint16_t)(5000 + i), "anna\n", 5),
		    CHAT_PEER_JOINED);
	assert_int_equal(send_from(ANNA, 6000, "anna\n", 5), CHAT_PEER_REFUSED);
	assert_string_equal(reply_text, "! too many from your address\n");
	assert_int_equal(say(BOB, "bob\n"), CHAT_PEER_JOINED);
	is_exempt = true;
	assert_int_equal(send_from(ANNA, 6000, "anna\n", 5), CHAT_PEER_JOINED);
}

/* The last quarter is for those whom nobody can be by forging. */
static void
a_crowd_has_to_prove_itself(void **state)
{
	char line[64];

	(void)state;
	for (uint32_t i = 0; i < PEERS_MAX * 3 / 4; i++)
		assert_int_equal(say(NEAR + i, "x\n"), CHAT_PEER_JOINED);
	for (uint32_t i = 50; i < 50 + PEERS_MAX / 4; i++) {
		assert_int_equal(say(NEAR + i, "x\n"), CHAT_PEER_CHALLENGED);
		snprintf(line, sizeof(line), "/cookie %s x", cookie());
		assert_int_equal(say(NEAR + i, line), CHAT_PEER_JOINED);
	}
	assert_int_equal(say(NEAR + 70, "x\n"), CHAT_PEER_CHALLENGED);
	snprintf(line, sizeof(line), "/cookie %s x", cookie());
	assert_int_equal(say(NEAR + 70, line), CHAT_PEER_REFUSED);
	assert_string_equal(reply_text, "! the chat is full\n");
	/* Who is silent makes room. */
	now_ms += IDLE_MS;
	chat_peer_turn(&peers, now_ms);
	assert_int_equal(say(NEAR + 70, "x\n"), CHAT_PEER_JOINED);
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
	    TEST(
	        "far peers prove their address", far_peers_prove_their_address),
	    TEST("a cookie without a name", a_cookie_without_a_name),
	    TEST("near peers may send cookies", near_peers_may_send_cookies),
	    TEST("who is exempt hears all", who_is_exempt_hears_all),
	    TEST("who says only a name hears little",
	        who_says_only_a_name_hears_little),
	    TEST("many of one address", many_of_one_address),
	    TEST("a crowd has to prove itself", a_crowd_has_to_prove_itself),
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
