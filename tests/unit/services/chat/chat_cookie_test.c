/* chat_cookie_test.c — how a UDP peer proves its address. */
#include "services/chat/chat_cookie.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define TEST(what, test)                                                       \
	{                                                                      \
		.name = what, .test_func = test                                \
	}

enum { NOW = 600000, CHALLENGE_LEN = 39 };

static const uint64_t key[2] = {1, 2};

static struct addr
peer4(const char *text, uint16_t port)
{
	struct addr addr = {
	    .in4 = {.sin_family = AF_INET}, .len = sizeof(addr.in4)};

	addr.in4.sin_port = htons(port);
	assert_int_equal(inet_pton(AF_INET, text, &addr.in4.sin_addr), 1);
	return addr;
}

static struct addr
peer6(const char *text, uint16_t port)
{
	struct addr addr = {
	    .in6 = {.sin6_family = AF_INET6}, .len = sizeof(addr.in6)};

	addr.in6.sin6_port = htons(port);
	assert_int_equal(inet_pton(AF_INET6, text, &addr.in6.sin6_addr), 1);
	return addr;
}

/* The line that PEER gets for a datagram of LEN bytes. */
static const char *
challenge(const struct addr *peer, uint64_t now_ms, size_t len)
{
	static char text[CHAT_COOKIE_CHALLENGE_MAX + 1];
	struct space out = {(uint8_t *)text, len};
	size_t made = chat_cookie_challenge(key, peer, now_ms, out);

	assert_true(made <= len && made <= CHAT_COOKIE_CHALLENGE_MAX);
	text[made] = '\0';
	return text;
}

/* What PEER's answer with the cookie that OWNER got at THEN is worth. */
static enum chat_cookie_verdict
answered(const struct addr *peer, const struct addr *owner, uint64_t then_ms,
    uint64_t now_ms)
{
	char line[64];
	struct span rest;

	snprintf(line, sizeof(line), "%.16s anna",
	    strstr(challenge(owner, then_ms, 64), "/cookie"));
	return chat_cookie_read(key, peer, now_ms,
	    (struct span){(const uint8_t *)line, strlen(line)}, &rest);
}

static void
what_was_sent_there_proves_an_address(void **state)
{
	struct addr v4 = peer4("192.0.2.1", 5000);
	struct addr v6 = peer6("2001:db8::1", 5000);

	(void)state;
	assert_int_equal(answered(&v4, &v4, NOW, NOW), CHAT_COOKIE_GOOD);
	assert_int_equal(answered(&v6, &v6, NOW, NOW), CHAT_COOKIE_GOOD);
}

static void
it_proves_no_other_address(void **state)
{
	struct addr v4 = peer4("192.0.2.1", 5000);
	struct addr host4 = peer4("192.0.2.2", 5000);
	struct addr port4 = peer4("192.0.2.1", 5001);
	struct addr v6 = peer6("2001:db8::1", 5000);
	struct addr host6 = peer6("2001:db8::2", 5000);

	(void)state;
	assert_int_equal(answered(&v4, &host4, NOW, NOW), CHAT_COOKIE_BAD);
	assert_int_equal(answered(&v4, &port4, NOW, NOW), CHAT_COOKIE_BAD);
	assert_int_equal(answered(&v6, &host6, NOW, NOW), CHAT_COOKIE_BAD);
}

static void
it_is_good_for_a_minute_or_two(void **state)
{
	struct addr v4 = peer4("192.0.2.1", 5000);

	(void)state;
	for (uint64_t then = NOW; then < NOW + CHAT_COOKIE_MS; then += 7001) {
		assert_int_equal(
		    answered(&v4, &v4, then, then + CHAT_COOKIE_MS),
		    CHAT_COOKIE_GOOD);
		assert_int_equal(
		    answered(&v4, &v4, then, then + 2 * CHAT_COOKIE_MS),
		    CHAT_COOKIE_BAD);
	}
}

static void
a_challenge_is_no_longer_than_the_question(void **state)
{
	struct addr v4 = peer4("192.0.2.1", 5000);

	(void)state;
	assert_string_equal(challenge(&v4, NOW, 0), "");
	assert_string_equal(challenge(&v4, NOW, 1), "");
	assert_string_equal(challenge(&v4, NOW, 5), "!\n");
	assert_string_equal(challenge(&v4, NOW, 12), "! too short\n");
	assert_string_equal(challenge(&v4, NOW, 23), "! send a longer line\n");
	assert_non_null(strstr(challenge(&v4, NOW, 24), "! /cookie "));
	assert_int_equal(
	    strlen(challenge(&v4, NOW, CHALLENGE_LEN)), CHALLENGE_LEN);
}

static enum chat_cookie_verdict
read_line(const char *line, struct span *rest)
{
	struct addr v4 = peer4("192.0.2.1", 5000);

	return chat_cookie_read(key, &v4, NOW,
	    (struct span){(const uint8_t *)line, strlen(line)}, rest);
}

static void
anything_may_be_sent(void **state)
{
	static const char *const none[] = {
	    "", "/", "anna", "/cookie", "/Cookie "};
	static const char *const bad[] = {"/cookie ", "/cookie 1234567",
	    "/cookie 12345678", "/cookie 1234567g", "/cookie 123456789",
	    "/cookie 12345678 anna", "/cookie  2345678"};
	struct span rest = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert_int_equal(read_line(none[i], &rest), CHAT_COOKIE_NONE);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(read_line(bad[i], &rest), CHAT_COOKIE_BAD);
}

static void
the_rest_is_the_name(void **state)
{
	struct addr v4 = peer4("192.0.2.1", 5000);
	char line[64];
	struct span rest;

	(void)state;
	memcpy(line, strstr(challenge(&v4, NOW, 64), "/cookie"), 16);
	memcpy(line + 16, " anna", 6);
	assert_int_equal(read_line(line, &rest), CHAT_COOKIE_GOOD);
	assert_int_equal(rest.len, 4);
	assert_memory_equal(rest.data, "anna", 4);
	line[16] = '\0';
	assert_int_equal(read_line(line, &rest), CHAT_COOKIE_GOOD);
	assert_int_equal(rest.len, 0);
	/* Typed, not copied. */
	for (size_t i = 8; i < 16; i++)
		if (line[i] >= 'a')
			line[i] = (char)(line[i] - 0x20);
	assert_int_equal(read_line(line, &rest), CHAT_COOKIE_GOOD);
}

static void
the_challenge_has_the_cookie(void **state)
{
	static const char *const none[] = {"", "! /cookie ", "! too short",
	    "! /cookie 0123456z NAME", "! /cookie 01234567",
	    "<eve> ! /cookie 01234567 NAME"};
	struct addr peer = peer4("192.0.2.1", 4000);
	struct span cookie;

	(void)state;
	for (size_t cap = 0; cap < CHAT_COOKIE_CHALLENGE_MAX; cap++) {
		uint8_t out[CHAT_COOKIE_CHALLENGE_MAX];
		size_t len = chat_cookie_challenge(
		    key, &peer, NOW, (struct space){out, cap});
		char line[64];
		struct span rest;

		if (!chat_cookie_find((struct span){out, len}, &cookie)) {
			assert_true(cap < 24);
			continue;
		}
		snprintf(line, sizeof(line), "/cookie %.*s anna",
		    (int)cookie.len, (const char *)cookie.data);
		assert_int_equal(
		    chat_cookie_read(key, &peer, NOW, span_of(line), &rest),
		    CHAT_COOKIE_GOOD);
	}
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert_false(chat_cookie_find(span_of(none[i]), &cookie));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("what was sent there proves an address",
	        what_was_sent_there_proves_an_address),
	    TEST("it proves no other address", it_proves_no_other_address),
	    TEST("it is good for a minute or two",
	        it_is_good_for_a_minute_or_two),
	    TEST("a challenge is no longer than the question",
	        a_challenge_is_no_longer_than_the_question),
	    TEST("anything may be sent", anything_may_be_sent),
	    TEST("the rest is the name", the_rest_is_the_name),
	    TEST("the challenge has the cookie", the_challenge_has_the_cookie),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
