/* upper_text_test.c — capitals: libunistring, asked about whole texts, says
 * what they are. The numbers are those of the time requirements. */
#include "services/upper/upper_text.h"

#include "../room_fixture.h"
#include "core/utf8.h"
#include "services/upper/upper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <unicase.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

enum {
	ALL_MAX = 0x110000 * UTF8_MAX, /* of all code points, in UTF-8 */
	TEXT_MAX = 64,
};

static struct room_fixture *fixture;

static const struct upper_text_table *
table(void)
{
	return (const void *)fixture->part.data;
}

static int
open_room(void **state)
{
	(void)state;
	fixture = room_fixture_open(&upper_service, "unicode = true");
	return fixture->said[0] != '\0';
}

static int
close_room(void **state)
{
	(void)state;
	room_fixture_close(fixture);
	return 0;
}

/* BYTES in capitals, by libunistring: new memory. */
static uint8_t *
expected(struct span bytes, size_t *len)
{
	*len = 0;
	uint8_t *made = u8_toupper(bytes.data, bytes.len, "", NULL, NULL, len);

	assert_non_null(made);
	return made;
}

static void
assert_as_expected(struct span bytes, uint8_t *out, size_t cap)
{
	size_t len;
	uint8_t *wanted = expected(bytes, &len);
	struct upper_text text =
	    upper_text(table(), bytes, true, (struct space){out, cap});

	assert_int_equal(text.used, bytes.len);
	assert_int_equal(text.made, len);
	assert_memory_equal(out, wanted, len);
	free(wanted);
}

static bool
is_surrogate(uint32_t code_point)
{
	return code_point >= 0xd800 && code_point < 0xe000;
}

static void
every_letter_in_one_text(void **state)
{
	uint8_t *all = malloc(ALL_MAX), *out = malloc(ALL_MAX);
	size_t len = 0;

	(void)state;
	assert_non_null(all);
	assert_non_null(out);
	for (uint32_t i = 0; i < 0x110000; i++)
		if (!is_surrogate(i))
			len += utf8_put(all + len, i);
	assert_as_expected((struct span){all, len}, out, ALL_MAX);
	free(all);
	free(out);
}

/* What may change the letters beside it in other mappings: marks that combine,
 * with U+0345 and U+0307 among them, letters with a dot, final sigmas. */
static void
no_letter_depends_on_its_neighbours(void **state)
{
	static const uint32_t neighbours[] = {'i', 'I', 'j', ' ', 0x27, 0xad,
	    0x12f, 0x130, 0x131, 0x300, 0x307, 0x308, 0x327, 0x342, 0x345,
	    0x3a3, 0x3c2, 0x3c3, 0x1fbe, 0x200d};

	(void)state;
	for (uint32_t i = 0x80; i < UPPER_TEXT_CODE_POINTS; i++) {
		if (is_surrogate(i) || uc_toupper(i) == i)
			continue;
		uint8_t text[TEXT_MAX * 8], out[TEXT_MAX * 24];
		size_t len = 0;

		for (size_t n = 0;
		     n < sizeof(neighbours) / sizeof(neighbours[0]); n++) {
			len += utf8_put(text + len, i);
			len += utf8_put(text + len, neighbours[n]);
		}
		assert_as_expected((struct span){text, len}, out, sizeof(out));
	}
}

static void
assert_upper(
    const struct upper_text_table *capitals, const char *in, const char *wanted)
{
	uint8_t out[TEXT_MAX * 3];
	struct upper_text text = upper_text(
	    capitals, span_of(in), true, (struct space){out, sizeof(out)});

	assert_int_equal(text.used, strlen(in));
	assert_int_equal(text.made, strlen(wanted));
	assert_memory_equal(out, wanted, text.made);
}

static void
ascii_alone_without_a_table(void **state)
{
	uint8_t all[256 + 7], out[sizeof(all)];

	(void)state;
	assert_upper(NULL, "", "");
	assert_upper(
	    NULL, "hello, World 42! {@`[}~", "HELLO, WORLD 42! {@`[}~");
	assert_upper(NULL,
	    "stra\xc3\x9f"
	    "e",
	    "STRA\xc3\x9f"
	    "E");
	for (size_t shift = 0; shift < 8; shift++) {
		for (size_t i = 0; i < sizeof(all); i++)
			all[i] = (uint8_t)(i + shift);
		struct upper_text text =
		    upper_text(NULL, (struct span){all, sizeof(all)}, false,
		        (struct space){out, sizeof(out)});

		assert_int_equal(text.used, sizeof(all));
		assert_int_equal(text.made, sizeof(all));
		for (size_t i = 0; i < sizeof(all); i++)
			assert_int_equal(out[i], all[i] >= 'a' && all[i] <= 'z'
			                             ? all[i] - 32
			                             : all[i]);
	}
}

static void
letters_that_become_several(void **state)
{
	(void)state;
	assert_upper(table(),
	    "stra\xc3\x9f"
	    "e",
	    "STRASSE");
	assert_upper(table(), "\xef\xac\x81n", "FIN");  /* U+FB01 */
	assert_upper(table(), "\xc5\x89", "\xca\xbcN"); /* U+0149 */
	assert_upper(table(), "\xcd\x85", "\xce\x99");  /* U+0345 */
	assert_upper(table(), "\xce\x90",
	    "\xce\x99\xcc\x88\xcc\x81");          /* U+0390: the longest */
	assert_upper(table(), "i\xc4\xb1", "II"); /* no Turkish */
}

static void
what_is_no_utf8_stays(void **state)
{
	(void)state;
	assert_upper(table(), "a\xffz\xc3", "A\xffZ\xc3");
	assert_upper(table(), "\xe2\x82z\xc3\xa9", "\xe2\x82Z\xc3\x89");
	assert_upper(table(), "\xed\xa0\x80\xc0\xaf", "\xed\xa0\x80\xc0\xaf");
	assert_upper(table(), "\xf0\x90\x90\xa8", "\xf0\x90\x90\x80");
	assert_upper(table(), "\xf4\x8f\xbf\xbf", "\xf4\x8f\xbf\xbf");
}

static void
the_beginning_of_a_letter_waits_for_its_end(void **state)
{
	static const char *const letters[] = {
	    "\xc3\xa9", "\xe1\xbe\xb3", "\xf0\x90\x90\xa8"};
	uint8_t out[16];

	(void)state;
	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++)
		for (size_t cut = 1; cut < strlen(letters[i]); cut++) {
			uint8_t bytes[8] = "ab";
			const struct span span = {bytes, 2 + cut};

			memcpy(bytes + 2, letters[i], cut);
			struct upper_text text = upper_text(table(), span,
			    false, (struct space){out, sizeof(out)});

			assert_int_equal(text.used, 2);
			assert_int_equal(text.made, 2);
			text = upper_text(table(), span, true,
			    (struct space){out, sizeof(out)});
			assert_int_equal(text.used, span.len);
			assert_memory_equal(out + 2, letters[i], cut);
		}
}

static void
nothing_is_written_beyond_the_room(void **state)
{
	const struct span bytes = span_of("ab\xce\x90"
	                                  "cdefghijkl\xc3\xa9");
	uint8_t whole[32];
	size_t len =
	    upper_text(table(), bytes, true, (struct space){whole, 32}).made;

	(void)state;
	assert_int_equal(len, 20);
	for (size_t cap = 0; cap <= len; cap++) {
		uint8_t *out = malloc(cap + (cap == 0)); /* for ASan */
		struct upper_text text =
		    upper_text(table(), bytes, true, (struct space){out, cap});

		assert_true(text.made <= cap && cap - text.made < 6);
		assert_memory_equal(out, whole, text.made);
		assert_true((text.used == bytes.len) == (cap == len));
		text = upper_text(NULL, bytes, true, (struct space){out, cap});
		assert_int_equal(text.made, cap < bytes.len ? cap : bytes.len);
		free(out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("every letter, in one text", every_letter_in_one_text),
	    TEST("no letter depends on its neighbours",
	        no_letter_depends_on_its_neighbours),
	    TEST("ASCII alone without a table", ascii_alone_without_a_table),
	    TEST("letters that become several", letters_that_become_several),
	    TEST("what is no UTF-8 stays", what_is_no_utf8_stays),
	    TEST("the beginning of a letter waits for its end",
	        the_beginning_of_a_letter_waits_for_its_end),
	    TEST("nothing is written beyond the room",
	        nothing_is_written_beyond_the_room),
	};

	return cmocka_run_group_tests_name(
	    "upper_text", tests, open_room, close_room);
}
