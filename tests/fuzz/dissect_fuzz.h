/* dissect_fuzz.h — what all fuzz targets of dissectors do with a message: it is
 * covered once by fields of harmless text, and can be shown. */
#ifndef TESTS_FUZZ_DISSECT_FUZZ_H
#define TESTS_FUZZ_DISSECT_FUZZ_H

#include "../unit/client/dissect/cover.h"

#include <jansson.h>

/* A screen that nobody sees, of as many columns, with colours or not. */
static inline struct screen
dissect_fuzz_screen(bool has_color, unsigned width)
{
	static FILE *nowhere;

	if (nowhere == NULL)
		nowhere = fopen("/dev/null", "w");
	if (nowhere == NULL)
		abort();
	return (struct screen){
	    .out = nowhere,
	    .has_color = has_color,
	    .is_terminal = has_color,
	    .width = width,
	};
}

/* BYTES are taken apart, checked, and shown: in one of the ways, so that
 * there is time for more bytes. */
static inline void
dissect_fuzz(struct span bytes, dissector *dissect)
{
	struct screen screen =
	    dissect_fuzz_screen(bytes.len % 2 == 1, 40 + bytes.len % 100);
	struct dissect dissection;

	cover_dissect(&dissection, bytes, dissect);
	if (bytes.len / 2 % 4 == 0)
		show_hex_fields(&screen, &dissection);
	else if (bytes.len / 2 % 4 == 1)
		show_explain(&screen, &dissection);
	else if (bytes.len / 2 % 4 == 2)
		json_decref(show_json(&dissection));
	show_dissect_free(&dissection);
}

#endif
