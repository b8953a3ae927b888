/* chat_text_test.c — what may be shown on a stranger's terminal. */
#include "services/chat/chat_text.h"

#include "chat_fixture.h"

static const char *
clean(const char *text)
{
	static uint8_t out[256];
	size_t len;

	if (!chat_text_clean(SPAN(text), (struct space){out, 255}, &len))
		return "not UTF-8";
	out[len] = 0;
	return (const char *)out;
}

static void
text_stays(void **state)
{
	(void)state;
	assert_string_equal(clean(""), "");
	assert_string_equal(clean("a ~\t"), "a ~\t");
	assert_string_equal(clean("gr\xc3\xbc\xc3\x9f"), "gr\xc3\xbc\xc3\x9f");
	assert_string_equal(clean("\xe2\x82\xac"), "\xe2\x82\xac");
	/* A family: four faces, held together by ZERO WIDTH JOINERs. */
	assert_string_equal(
	    clean("\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7"),
	    "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7");
}

static void
controls_go(void **state)
{
	(void)state;
	assert_string_equal(clean("\x1b[31mred\x1b[0m"), "[31mred[0m");
	assert_string_equal(clean("\x01"
	                          "a\x08\x0b\x0c\r\n\x1f\x7f"
	                          "b"),
	    "ab");
	/* C1, which some terminals take for ESC and a letter. */
	assert_string_equal(clean("\xc2\x9b"
	                          "2J\xc2\x80\xc2\x9f"),
	    "2J");
	/* Overrides, isolates, marks of direction; line ends of Unicode. */
	assert_string_equal(clean("a\xe2\x80\xae"
	                          "b\xe2\x81\xa6"
	                          "c"),
	    "abc");
	assert_string_equal(clean("\xe2\x80\x8e\xe2\x80\x8f\xd8\x9c"), "");
	assert_string_equal(clean("\xe2\x80\xa8\xe2\x80\xa9"), "");
	assert_string_equal(clean("\xef\xb7\x90\xef\xbf\xbe\xef\xbf\xb9"), "");
}

static void
invalid_is_refused(void **state)
{
	static const char *const bad[] = {
	    "\x80",
	    "a\xff",
	    "\xc0\x80",
	    "\xc1\xbf",
	    "\xc3",
	    "\xe2\x82",
	    "\xe0\x80\x80",
	    "\xed\xa0\x80",
	    "\xf4\x90\x80\x80",
	    "\xf0\x80\x80\x80",
	    "\xf8\x88\x80\x80\x80",
	    "\xc3(",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_string_equal(clean(bad[i]), "not UTF-8");
}

/* Whatever comes in, what goes out has no controls and is UTF-8. */
static void
nothing_slips_through(void **state)
{
	uint8_t in[64], out[64], again[64];
	uint32_t seed = 1;
	size_t len, same;

	(void)state;
	for (unsigned i = 0; i < 200000; i++) {
		for (size_t j = 0; j < 8; j++) {
			seed = seed * 1664525 + 1013904223;
			in[j] = (uint8_t)(seed >> 24);
			if (seed >> 16 & 1)
				in[j] &= 0x9f; /* controls, and what follows */
		}
		if (!chat_text_clean(
		        (struct span){in, 8}, (struct space){out, 64}, &len))
			continue;
		assert_true(chat_text_clean(
		    (struct span){out, len}, (struct space){again, 64}, &same));
		assert_int_equal(len, same);
		for (size_t j = 0; j < len; j++)
			assert_true(out[j] == '\t' ||
			            (out[j] >= ' ' && out[j] != 0x7f));
	}
}

static void
cut_at_whole_code_points(void **state)
{
	const struct span text = SPAN("a\xe2\x82\xac"
	                              "b");

	(void)state;
	assert_int_equal(chat_text_cut(text, 9), 5);
	assert_int_equal(chat_text_cut(text, 5), 5);
	assert_int_equal(chat_text_cut(text, 4), 4);
	assert_int_equal(chat_text_cut(text, 3), 1);
	assert_int_equal(chat_text_cut(text, 2), 1);
	assert_int_equal(chat_text_cut(text, 1), 1);
	assert_int_equal(chat_text_cut(text, 0), 0);
	/* What is no UTF-8 will be refused: it need not be cut well. */
	assert_int_equal(chat_text_cut(SPAN("\x80\x80\x80\x80\x80\x80"), 5), 5);
}

static void
trimmed(void **state)
{
	struct span text = chat_text_trim(SPAN(" \t a b\t "));

	(void)state;
	assert_int_equal(text.len, 3);
	assert_memory_equal(text.data, "a b", 3);
	assert_int_equal(chat_text_trim(SPAN(" \t ")).len, 0);
	assert_int_equal(chat_text_trim((struct span){0}).len, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("text goes on as it is", text_stays),
	    TEST("TIME 50: ESC, C1 and what turns text around go", controls_go),
	    TEST("TIME 50, RFC 3629 §3: what is not UTF-8 is refused",
	        invalid_is_refused),
	    TEST("TIME 50: nothing slips through", nothing_slips_through),
	    TEST("cut at whole code points", cut_at_whole_code_points),
	    TEST("trimmed", trimmed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
