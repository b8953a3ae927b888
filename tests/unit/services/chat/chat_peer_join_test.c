/* chat_peer_join_test.c — who is let into the chat over UDP, and proves what.
 */
#include "services/chat/chat_cookie.h"
#include "services/chat/chat_peer_tell.h"

#include "chat_peer_fixture.h"

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(
	        "far peers prove their address", far_peers_prove_their_address),
	    TEST("a cookie without a name", a_cookie_without_a_name),
	    TEST("near peers may send cookies", near_peers_may_send_cookies),
	    TEST("who is exempt hears all", who_is_exempt_hears_all),
	    TEST("who says only a name hears little",
	        who_says_only_a_name_hears_little),
	    TEST("many of one address", many_of_one_address),
	    TEST("a crowd has to prove itself", a_crowd_has_to_prove_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
