/* show_fixture.h — what is shown, as text. */
#ifndef TESTS_UNIT_CLIENT_SHOW_SHOW_FIXTURE_H
#define TESTS_UNIT_CLIENT_SHOW_SHOW_FIXTURE_H

#include "client/show/show.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef void show_function(
    const struct screen *screen, const struct dissect *dissection);

/* What SHOW prints of BYTES, taken apart by DISSECT, on a SCREEN, whose out is
 * set here. The caller frees it. */
static inline char *
show_text(struct screen screen, struct span bytes, dissector *dissect,
    show_function *show)
{
	struct dissect dissection;
	char *text;
	size_t len;

	screen.out = open_memstream(&text, &len);
	assert_non_null(screen.out);
	assert_true(show_dissect(&dissection, bytes, dissect));
	show(&screen, &dissection);
	show_dissect_free(&dissection);
	fclose(screen.out);
	return text;
}

static inline void
assert_shown(struct screen screen, struct span bytes, dissector *dissect,
    show_function *show, const char *expected)
{
	char *text = show_text(screen, bytes, dissect, show);

	assert_string_equal(text, expected);
	free(text);
}

#endif
