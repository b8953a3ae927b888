/* show_code.h — the letters that stand beneath the fields of a hex dump, and in
 * its legend. */
#ifndef NETLAB_CLIENT_SHOW_SHOW_CODE_H
#define NETLAB_CLIENT_SHOW_SHOW_CODE_H

#include "client/dissect/dissect.h"

enum { SHOW_CODE_MAX = 3 }; /* characters, a NUL among them */

/*
 * Writes the letters of the next field that covers bytes; NEXT, 0 at first,
 * counts. A … Z without P, a … z, then Aa … Zz, then again from A: two
 * characters at most, as wide as a byte. P is a pointer, "!" what is bad.
 */
void show_code(unsigned *next, const struct dissect_field *field,
    char code[SHOW_CODE_MAX]);

#endif
