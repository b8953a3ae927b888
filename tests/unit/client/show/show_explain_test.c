/* show_explain_test.c — a message field by field, on exact text. */
#include "show_fixture.h"

#include "client/dissect/dissect_dns.h"

#define BYTES(literal)                                                         \
	((struct span){(const uint8_t *)(literal), sizeof(literal) - 1})

static const struct screen plain = {.width = 80, .is_utf8 = true};
static const struct screen wide = {.width = 132, .is_utf8 = true};
static const struct screen narrow = {.width = 40, .is_utf8 = true};
static const struct screen ascii = {.width = 80};

/* A layer, a group, a field of each sort. */
static void
dissect_sample(struct dissect *dissect, size_t at, size_t end)
{
	dissect_enter(
	    dissect, DISSECT_LAYER, at, end - at, "Sample", "RFC 1 §2");
	dissect_field(dissect, STYLE_ID, at, 2, "Short", "RFC 1 §2.1", "7");
	dissect_means(dissect, "a number that means so much that it needs "
	                       "more than a line");
	dissect_part(dissect, "Bit", NULL, "1");
	dissect_enter(dissect, DISSECT_GROUP, at + 2, 0, "Group", NULL);
	dissect_heading(dissect, "%d", 2);
	dissect_field(dissect, STYLE_DATA, at + 2, end - at - 2,
	    "A name that is too long", NULL, "%s",
	    "0123456789012345678901234567890123456789"
	    "0123456789012345678901234567890123456789 end");
	dissect_bad(dissect, end, 0, "More", "truncated");
	dissect_leave(dissect);
	dissect_leave(dissect);
}

static void
columns_are_aligned_and_wrapped(void **state)
{
	(void)state;
	assert_shown(plain, BYTES("\0\1\2\3\4\5\6\7\10\11"), dissect_sample,
	    show_explain,
	    "Sample  bytes 0 to 9, RFC 1 §2\n"
	    "0000 00 01        Short                 7 (a number that means so"
	    "     RFC 1 §2.1\n"
	    "                                        much that it needs more "
	    "than\n"
	    "                                        a line)\n"
	    "                    Bit                 1\n"
	    "  Group 2  bytes 2 to 9\n"
	    "0002 02 03 04 ..  A name that is too long\n"
	    "                                        "
	    "0123456789012345678901234567\n"
	    "                                        "
	    "8901234567890123456789012345\n"
	    "                                        "
	    "678901234567890123456789 end\n"
	    "000a              More                  ! truncated\n");
}

static void
a_wide_screen_shows_more_bytes(void **state)
{
	char *text = show_text(wide, BYTES("\0\1\2\3\4\5\6\7\10\11"),
	    dissect_sample, show_explain);

	(void)state;
	assert_non_null(strstr(text, "0002 02 03 04 05 06 07 08 09  A name"));
	free(text);
}

static void
a_narrow_one_does_without_the_rfc(void **state)
{
	char *text = show_text(narrow, BYTES("\x1a\x2b\1\0\0\0\0\0\0\0\0\0"),
	    dissect_dns, show_explain);

	(void)state;
	assert_non_null(
	    strstr(text, "0000 1a 2b        ID        0x1a2b (a\n"
	                 "                            response has\n"));
	free(text);
}

static void
where_there_is_only_ascii_signs_are_too(void **state)
{
	(void)state;
	assert_shown(ascii, BYTES("\0\1\2\3"), dissect_sample, show_explain,
	    "Sample  bytes 0 to 3, RFC 1 s.2\n"
	    "0000 00 01        Short                 7 (a number that means so"
	    "    RFC 1 s.2.1\n"
	    "                                        much that it needs more\n"
	    "                                        than a line)\n"
	    "                    Bit                 1\n"
	    "  Group 2  bytes 2 to 3\n"
	    "0002 02 03        A name that is too long\n"
	    "                                        "
	    "012345678901234567890123456\n"
	    "                                        "
	    "789012345678901234567890123\n"
	    "                                        "
	    "45678901234567890123456789\n"
	    "                                        end\n"
	    "0004              More                  ! truncated\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(columns_are_aligned_and_wrapped),
	    cmocka_unit_test(a_wide_screen_shows_more_bytes),
	    cmocka_unit_test(a_narrow_one_does_without_the_rfc),
	    cmocka_unit_test(where_there_is_only_ascii_signs_are_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
