/*
 * dissect_text.h — a dissection as text, for tests to compare, a line for each
 * field; headings without bytes, and parts with a star:
 *	Header
 *	0+2 ID 0x24bd
 *	2+2 Flags QR=0 OP=0 RD=1
 *	* RD 1 (recursion is desired)
 */
#ifndef TESTS_UNIT_CLIENT_DISSECT_DISSECT_TEXT_H
#define TESTS_UNIT_CLIENT_DISSECT_DISSECT_TEXT_H

#include "client/explain/explain_hex.h"

#include "cover.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { DISSECT_TEXT_MAX = 65536 };

static inline void
dissect_text_add(char *text, const struct dissect *dissection,
    const struct dissect_field *field)
{
	struct span value = dissect_value(dissection, field);
	struct span meaning = dissect_meaning(dissection, field);
	size_t len = strlen(text);
	char where[32] = "";

	if (field->kind == DISSECT_FIELD)
		snprintf(where, sizeof(where), "%u+%u ", field->at, field->len);
	else if (field->kind == DISSECT_PART)
		snprintf(where, sizeof(where), "* ");
	len += (size_t)snprintf(text + len, DISSECT_TEXT_MAX - len,
	    "%s%s%s%s%.*s", where, field->style == STYLE_BAD ? "! " : "",
	    field->name, value.len > 0 ? " " : "", (int)value.len,
	    (const char *)value.data);
	if (meaning.len > 0)
		len += (size_t)snprintf(text + len, DISSECT_TEXT_MAX - len,
		    " (%.*s)", (int)meaning.len, (const char *)meaning.data);
	snprintf(text + len, DISSECT_TEXT_MAX - len, "\n");
}

/* BYTES, taken apart by DISSECT and checked (cover.h), from field FIRST on.
 * Static. */
static inline const char *
dissect_text(struct span bytes, dissector *dissect, size_t first)
{
	static char text[DISSECT_TEXT_MAX];
	struct dissect dissection;

	cover_dissect(&dissection, bytes, dissect);
	text[0] = '\0';
	for (size_t i = first; i < dissection.count; i++)
		dissect_text_add(text, &dissection, &dissection.fields[i]);
	show_dissect_free(&dissection);
	return text;
}

/* The bytes that HEX stands for, from field FIRST on, are EXPECTED; and
 * whatever of them is cut or changed is covered. */
static inline void
dissect_text_assert(
    const char *hex, dissector *dissect, size_t first, const char *expected)
{
	char reason[EXPLAIN_HEX_REASON_MAX];
	uint8_t bytes[512];
	size_t len = explain_hex(
	    span_of(hex), (struct space){bytes, sizeof(bytes)}, reason);
	struct span message = {bytes, len};

	assert_true(len > 0);
	assert_string_equal(dissect_text(message, dissect, first), expected);
	cover_all(message, dissect);
}

#endif
