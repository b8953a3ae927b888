/* chat_name_test.c — what people and rooms may be called. */
#include "services/chat/chat_name.h"

#include "chat_fixture.h"

#define TEN "0123456789"
#define EURO "\xe2\x82\xac"

static void
names_of_people(void **state)
{
	static const char *const good[] = {"a", "Anna-Maria", TEN TEN "abcd",
	    "J\xc3\xbcrgen", EURO, "a/b", "!?*[]", "\xf0\x9f\x98\x80"};
	static const char *const bad[] = {"", TEN TEN "abcde", "a b", " a",
	    "a\tb", "a\x1b", "<a", "a>", "a:b", "#a", "a@b", "/a", "a\x7f",
	    "a\xc2\xa0"
	    "b",
	    "a\xe2\x80\x8b", "a\xe2\x80\xae", "\xff", "a\xe3\x80\x80",
	    "\xf3\xa0\x81\x81",
	    "\xef\xbb\xbf"
	    "a"};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(chat_name_is_good(SPAN(good[i])));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(chat_name_is_good(SPAN(bad[i])));
	assert_false(chat_name_is_good((struct span){(const uint8_t *)"a", 0}));
	/* A NUL ends C's strings, not names. */
	assert_false(
	    chat_name_is_good((struct span){(const uint8_t *)"a\0b", 3}));
}

static void
names_of_rooms(void **state)
{
	static const char *const good[] = {
	    "#a", "#Lab-1_x.y", "#" TEN TEN "abcd", "#caf\xc3\xa9"};
	static const char *const bad[] = {"", "#", "a", "##a", "#a b", "#a/b",
	    "#a+b", "#a#", "#" TEN TEN "abcde", "#a\xe2\x80\xa8", "#$SYS",
	    "#\xff"};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(chat_name_is_room(SPAN(good[i])));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(chat_name_is_room(SPAN(bad[i])));
}

static const char *
fit(const char *text)
{
	static uint8_t out[CHAT_NAME_SIZE + 1];
	size_t len = chat_name_fit(SPAN(text), out);

	assert_true(chat_name_is_good((struct span){out, len}));
	out[len] = 0;
	return (const char *)out;
}

static void
made_fit(void **state)
{
	(void)state;
	assert_string_equal(fit("anna"), "anna");
	assert_string_equal(fit("  Anna Maria "), "Anna_Maria");
	assert_string_equal(fit("<b>:#@"), "_b____");
	assert_string_equal(fit("/etc"), "_etc");
	assert_string_equal(fit(""), "guest");
	assert_string_equal(fit(" \t"), "guest");
	assert_string_equal(fit(TEN TEN TEN), TEN TEN "0123");
	/* 24 code points of four bytes each. */
	char faces[26 * 4 + 1] = "";

	for (size_t i = 0; i < 26; i++)
		memcpy(faces + 4 * i, "\xf0\x9f\x98\x80", 5);
	assert_int_equal(strlen(fit(faces)), 24 * 4);
}

static const char *
number(const char *name, unsigned count)
{
	static uint8_t out[CHAT_NAME_SIZE + 1];
	size_t len = chat_name_number(SPAN(name), count, out);

	assert_true(chat_name_is_good((struct span){out, len}));
	out[len] = 0;
	return (const char *)out;
}

static void
numbered(void **state)
{
	(void)state;
	assert_string_equal(number("anna", 2), "anna2");
	assert_string_equal(number(TEN TEN "abcd", 2), TEN TEN "abc2");
	assert_string_equal(number(TEN TEN "abcd", 4711), TEN TEN "4711");
	assert_string_equal(
	    number(TEN TEN "abc" EURO, 4294967295u), TEN "01234294967295");
}

static void
compared(void **state)
{
	uint8_t out[8];

	(void)state;
	assert_true(chat_name_is_equal(SPAN("Anna"), SPAN("aNNA")));
	assert_false(chat_name_is_equal(SPAN("anna"), SPAN("ann")));
	assert_false(chat_name_is_equal(SPAN("[a"), SPAN("{a")));
	/* Ä and ä: other bytes, other names. */
	assert_false(chat_name_is_equal(SPAN("\xc3\x84"), SPAN("\xc3\xa4")));
	struct span folded = chat_name_fold(SPAN("AZ@[az"), out);

	assert_memory_equal(folded.data, "az@[az", 6);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("names of people", names_of_people),
	    TEST("names of rooms, MQTT 5.0 §4.7.1", names_of_rooms),
	    TEST("made fit", made_fit),
	    TEST("numbered", numbered),
	    TEST("compared", compared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
