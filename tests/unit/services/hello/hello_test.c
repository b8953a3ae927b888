/* hello_test.c — greetings by address. The numbers are those of the time
 * requirements. */
#include "services/hello/hello.h"
#include "services/hello/hello_text.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

static const struct {
	const char *peer, *text;
} cases[] = {
    {"192.0.2.7:5000", "Hello 192.0.2.7\n"},
    {"[2001:db8::7]:5000", "Hello 2001:db8::7\n"},
    {"[::1]:1", "Hello ::1\n"},
    {"[::ffff:192.0.2.7]:5000", "Hello 192.0.2.7\n"},
    {"[1111:2222:3333:4444:5555:6666:7777:8888]:1",
        "Hello 1111:2222:3333:4444:5555:6666:7777:8888\n"},
};

enum { CASES = sizeof(cases) / sizeof(cases[0]) };

static uint8_t out[65507];

static struct reply
ask(const struct addr *peer, const void *bytes, size_t len)
{
	const struct datagram question = {.bytes = {bytes, len}, .peer = peer};

	return hello_service.answer(
	    NULL, &question, (struct space){out, sizeof(out)});
}

static void
greetings(void **state)
{
	struct addr peer;

	(void)state;
	for (size_t i = 0; i < CASES; i++) {
		size_t len = strlen(cases[i].text);

		assert_null(addr_parse(cases[i].peer, &peer));
		for (size_t asked = 0; asked < 9; asked++) {
			struct reply reply = ask(&peer, "who am I?", asked);

			assert_false(reply.is_silent);
			assert_string_equal(
			    hello_service.outcomes[reply.outcome], "answered");
			assert_int_equal(reply.len, len);
			assert_memory_equal(out, cases[i].text, len);
		}
	}
}

static void
own_format(void **state)
{
	struct addr peer;
	char text[HELLO_TEXT_MAX];

	(void)state;
	assert_null(addr_parse("192.0.2.7:5000", &peer));
	for (size_t i = 0; i < CASES; i++) {
		size_t len = strlen(cases[i].text);

		for (size_t c = 0; c < len; c++)
			text[c] = (char)toupper((uint8_t)cases[i].text[c]);
		assert_true(ask(&peer, cases[i].text, len).is_silent);
		assert_true(ask(&peer, text, len).is_silent);
		assert_false(ask(&peer, text, len - 1).is_silent);
	}
}

static void
other_text(void **state)
{
	static const char *const texts[] = {
	    "Hello",
	    "Hello ",
	    "Hello \n",
	    "hello world\n",
	    "Hello 192.0.2.7",
	    "Hello 192.0.2.7 \n",
	    "Hallo 192.0.2.7\n",
	    "Hello 192.0.2.7\nHello 192.0.2.7\n",
	    ("Hello 1111:2222:3333:4444:5555:6666:7777:8888:9999:0000:1111:222"
	     "\n"),
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_false(hello_text_is_answer((struct span){
		    (const uint8_t *)texts[i], strlen(texts[i])}));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("each is greeted by his address", greetings),
	    TEST("TIME 44: silence to what another server answers", own_format),
	    TEST("TIME 44: other text is greeted", other_text),
	};

	return cmocka_run_group_tests_name("hello", tests, NULL, NULL);
}
