/* dissect_test.c — the list of fields that dissectors write. */
#include "client/dissect/dissect.h"

#include "cover.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const uint8_t zeros[64];
static const struct span message = {zeros, sizeof(zeros)};

/* What a dissector of each kind of field makes: a layer with two groups. */
static void
dissect_sample(struct dissect *dissect, size_t at, size_t end)
{
	dissect_enter(dissect, DISSECT_LAYER, at, 0, "Layer", NULL);
	dissect_enter(dissect, DISSECT_GROUP, at, 0, "Group", NULL);
	dissect_heading(dissect, "%d", 1);
	dissect_field(dissect, STYLE_ID, at, 2, "ID", "RFC 1", "%d", 7);
	dissect_means(dissect, "seven");
	dissect_part(dissect, "Part", NULL, "%d", 1);
	dissect_leave(dissect);
	dissect_enter(dissect, DISSECT_GROUP, at + 2, 0, "Group", NULL);
	dissect_leave(dissect);
	dissect_field(dissect, STYLE_DATA, at + 2, end - at - 2, "Data", NULL,
	    "a\033[1m\xff%s", "b");
	dissect_leave(dissect);
	dissect_line(dissect, "SAMPLE", "line %d", 1);
}

static void
assert_text(struct span text, const char *expected)
{
	assert_int_equal(text.len, strlen(expected));
	assert_memory_equal(text.data, expected, text.len);
}

static void
headings_grow_with_what_they_hold(void **state)
{
	struct dissect d;

	(void)state;
	cover_dissect(&d, message, dissect_sample);
	assert_int_equal(d.count, 6);
	assert_int_equal(d.fields[0].len, sizeof(zeros));
	assert_int_equal(d.fields[1].len, 2);
	assert_int_equal(d.fields[4].len, 0);
	assert_int_equal(d.fields[1].depth, 1);
	assert_int_equal(d.fields[2].depth, 2);
	assert_int_equal(d.fields[3].depth, 3);
	assert_int_equal(d.fields[5].depth, 1);
	show_dissect_free(&d);
}

static void
texts_are_harmless(void **state)
{
	struct dissect d;

	(void)state;
	cover_dissect(&d, message, dissect_sample);
	assert_text(dissect_value(&d, &d.fields[1]), "1");
	assert_text(dissect_value(&d, &d.fields[2]), "7");
	assert_text(dissect_meaning(&d, &d.fields[2]), "seven");
	assert_text(dissect_meaning(&d, &d.fields[3]), "");
	assert_text(dissect_value(&d, &d.fields[5]), "a\\x1b[1m\\xffb");
	assert_text(dissect_summary(&d), "line 1");
	assert_string_equal(d.protocol, "SAMPLE");
	show_dissect_free(&d);
}

/* Where there is too little memory, it says so, and writes no further. */
static void
memory_that_is_too_small(void **state)
{
	struct dissect_field fields[8];
	uint8_t text[256];

	(void)state;
	for (size_t cap = 0; cap <= 6; cap++)
		for (size_t text_cap = 0; text_cap <= sizeof(text);
		     text_cap += 32) {
			struct dissect d;

			memset(fields, 0xee, sizeof(fields));
			memset(text, 0xee, sizeof(text));
			dissect_open(&d, message, fields, cap,
			    (struct space){text, text_cap});
			dissect_sample(&d, 0, sizeof(zeros));
			assert_int_equal(d.is_full, cap < 6 || text_cap < 64);
			assert_int_equal(
			    ((const uint8_t *)&fields[cap])[0], 0xee);
			if (text_cap < sizeof(text))
				assert_int_equal(text[text_cap], 0xee);
		}
}

/* Ten times as many fields as the memory begins with. */
static void
dissect_many(struct dissect *dissect, size_t at, size_t end)
{
	dissect_field(dissect, STYLE_DATA, at, end - at, "Data", NULL, "x");
	for (int i = 0; i < 3000; i++)
		dissect_part(dissect, "Part", NULL, "%d", i);
}

static void
memory_grows(void **state)
{
	struct dissect d;

	(void)state;
	assert_true(show_dissect(&d, message, dissect_many));
	assert_int_equal(d.count, 3001);
	assert_text(dissect_value(&d, &d.fields[3000]), "2999");
	show_dissect_free(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(headings_grow_with_what_they_hold),
	    cmocka_unit_test(texts_are_harmless),
	    cmocka_unit_test(memory_that_is_too_small),
	    cmocka_unit_test(memory_grows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
