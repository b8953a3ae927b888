/*
 * cover.h — what holds for every dissection, whatever its bytes: for the tests
 * and fuzzers of all dissectors.
 */
#ifndef TESTS_UNIT_CLIENT_DISSECT_COVER_H
#define TESTS_UNIT_CLIENT_DISSECT_COVER_H

#include "client/dissect/dissect.h"
#include "client/show/show.h"
#include "core/utf8.h"

#include <stdio.h>
#include <stdlib.h>

enum { COVER_FIELDS_A_BYTE = 16, COVER_FIELDS_FIRST = 64 };

static inline bool
cover_is_harmless(struct span text)
{
	while (text.len > 0) {
		size_t len = utf8_len(text);

		if (len == 0 || (*text.data < ' ' && *text.data != '\t') ||
		    *text.data == 0x7f)
			return false;
		text.data += len;
		text.len -= len;
	}
	return true;
}

/* What is wrong with FIELD, where the fields before it ended at NEXT; NULL:
 * nothing. */
static inline const char *
cover_field_problem(const struct dissect *dissection,
    const struct dissect_field *field, size_t next)
{
	if (field->at > dissection->bytes.len ||
	    field->len > dissection->bytes.len - field->at)
		return "lies beyond the message";
	if (field->kind == DISSECT_FIELD && field->at > next)
		return "leaves bytes before it uncovered";
	if (field->kind == DISSECT_FIELD && field->at < next)
		return "covers bytes a second time";
	if (field->kind <= DISSECT_GROUP && field->at != next)
		return "is a heading that is not where its fields begin";
	if (field->name == NULL || *field->name == '\0')
		return "has no name";
	if (!cover_is_harmless(dissect_value(dissection, field)) ||
	    !cover_is_harmless(dissect_meaning(dissection, field)))
		return "is not harmless text";
	return NULL;
}

/*
 * What is wrong with DISSECTION, or NULL: its fields cover each byte once and
 * in order; headings begin where their fields do, and hold them; depths grow by
 * one; there are not more fields than its bytes can have.
 */
static inline const char *
cover_problem(const struct dissect *dissection)
{
	static char text[256];
	size_t next = 0;
	bool is_bad = false;

	for (size_t i = 0; i < dissection->count; i++) {
		const struct dissect_field *field = &dissection->fields[i];
		const char *problem =
		    cover_field_problem(dissection, field, next);

		if (problem == NULL && field->depth > 0 &&
		    (i == 0 || field->depth > field[-1].depth + 1))
			problem = "is too deep";
		if (problem != NULL) {
			snprintf(text, sizeof(text), "field %zu, %s, %s", i,
			    field->name, problem);
			return text;
		}
		if (field->kind == DISSECT_FIELD)
			next += field->len;
		is_bad |= field->style == STYLE_BAD;
	}
	if (next != dissection->bytes.len)
		return "the last bytes are not covered";
	if (is_bad != dissection->is_malformed)
		return "is_malformed is not what its fields are";
	if (dissection->depth != 0)
		return "a layer or group has not ended";
	if (dissection->count >
	    COVER_FIELDS_FIRST + COVER_FIELDS_A_BYTE * dissection->bytes.len)
		return "too many fields";
	return NULL;
}

/* Takes BYTES apart in memory of its own; complains and aborts where something
 * is wrong. Whoever calls it frees DISSECTION (show_dissect_free). */
static inline void
cover_dissect(struct dissect *dissection, struct span bytes, dissector *dissect)
{
	if (!show_dissect(dissection, bytes, dissect)) {
		fprintf(stderr, "cover: no memory\n");
		abort();
	}
	const char *problem = cover_problem(dissection);

	if (problem != NULL) {
		fprintf(stderr, "cover: %s\n", problem);
		abort();
	}
}

/* The same, for every beginning of BYTES, and for BYTES with each byte changed
 * in turn: what a peer could send instead. */
static inline void
cover_all(struct span bytes, dissector *dissect)
{
	uint8_t *copy = malloc(bytes.len + 1);
	struct dissect dissection;

	if (copy == NULL)
		abort();
	memcpy(copy, bytes.data, bytes.len);
	for (size_t len = 0; len <= bytes.len; len++) {
		cover_dissect(&dissection, (struct span){copy, len}, dissect);
		show_dissect_free(&dissection);
	}
	for (size_t i = 0; i < 2 * bytes.len; i++) {
		uint8_t *byte = &copy[i / 2], before = *byte;

		*byte = i % 2 == 0 ? 0xff : (uint8_t)(before ^ 1U << i % 7);
		cover_dissect(
		    &dissection, (struct span){copy, bytes.len}, dissect);
		show_dissect_free(&dissection);
		*byte = before;
	}
	free(copy);
}

#endif
