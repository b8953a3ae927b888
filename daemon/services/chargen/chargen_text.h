/* chargen_text.h — the text of the Character Generator Protocol, RFC 864, "Data
 * Syntax": lines of 72 printing characters, each beginning one further. Pure.
 */
#ifndef NETLAB_SERVICES_CHARGEN_TEXT_H
#define NETLAB_SERVICES_CHARGEN_TEXT_H

#include "core/span.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	CHARGEN_TEXT_LINE = 74, /* bytes, CR LF included */
	/* The printing characters of ASCII, space included: after so many lines
	 * the text begins again. */
	CHARGEN_TEXT_LINES = 95,
};

/* Fills OUT with the text from the start of line LINE on, counted from 0 and
 * without end; the last line is cut where OUT ends. */
void chargen_text(uint32_t line, struct space out);

/* Whether BYTES begin with a whole line of the text, in letters of any case:
 * who answers that may talk to another server for ever (CVE-2024-2169). */
bool chargen_text_is_answer(struct span bytes);

#endif
