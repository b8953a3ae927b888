/* show_code.c — the letters of fields. */
#include "client/show/show_code.h"

#include <string.h>

static const char upper[] = "ABCDEFGHIJKLMNOQRSTUVWXYZ"; /* no P */
static const char lower[] = "abcdefghijklmnopqrstuvwxyz";

enum {
	UPPER = sizeof(upper) - 1,
	LOWER = sizeof(lower) - 1,
	CODES = UPPER + LOWER + UPPER * LOWER,
};

void
show_code(
    unsigned *next, const struct dissect_field *field, char code[SHOW_CODE_MAX])
{
	memset(code, 0, SHOW_CODE_MAX);
	if (field->style == STYLE_BAD || field->style == STYLE_POINTER) {
		code[0] = field->style == STYLE_BAD ? '!' : 'P';
		return;
	}
	unsigned number = (*next)++ % CODES;

	if (number < UPPER)
		code[0] = upper[number];
	else if (number < UPPER + LOWER)
		code[0] = lower[number - UPPER];
	else {
		number -= UPPER + LOWER;
		code[0] = upper[number / LOWER];
		code[1] = lower[number % LOWER];
	}
}
