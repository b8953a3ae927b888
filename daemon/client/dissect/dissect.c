/* dissect.c — a message taken apart for the eye: the list that is made. */
#include "client/dissect/dissect.h"

#include "client/plain.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

enum { VALUE_MAX = 2048 }; /* bytes of one text: longer ones are cut */

void
dissect_open(struct dissect *dissect, struct span bytes,
    struct dissect_field *fields, size_t cap, struct space text)
{
	*dissect = (struct dissect){
	    .bytes = bytes,
	    .fields = fields,
	    .cap = cap,
	    .text = (char *)text.data,
	    .text_cap = text.cap,
	    .protocol = "",
	};
}

/* One more; NULL: no room. */
static struct dissect_field *
add(struct dissect *dissect, enum dissect_kind kind, size_t at, size_t len,
    const char *name, const char *rfc)
{
	assert(at <= dissect->bytes.len && len <= dissect->bytes.len - at);
	if (dissect->count == dissect->cap) {
		dissect->is_full = true;
		return NULL;
	}
	struct dissect_field *field = &dissect->fields[dissect->count++];

	*field = (struct dissect_field){
	    .kind = kind,
	    .depth = dissect->depth,
	    .at = (uint32_t)at,
	    .len = (uint32_t)len,
	    .name = name,
	    .rfc = rfc,
	};
	return field;
}

/* Formats into the text: where and how long it is. */
__attribute__((format(printf, 4, 0))) static void
put(struct dissect *dissect, uint32_t *at, uint32_t *len, const char *format,
    va_list args)
{
	char value[VALUE_MAX];
	int made = vsnprintf(value, sizeof(value), format, args);
	struct span bytes = {(const uint8_t *)value, 0};

	if (made > 0)
		bytes.len = (size_t)made < sizeof(value) ? (size_t)made
		                                         : sizeof(value) - 1;
	size_t room = dissect->text_cap - dissect->text_len;

	*at = (uint32_t)dissect->text_len;
	*len = 0;
	if (bytes.len * PLAIN_MAX > room) {
		dissect->is_full = true;
		return;
	}
	*len = (uint32_t)plain_text(bytes,
	    (struct space){(uint8_t *)dissect->text + dissect->text_len, room});
	dissect->text_len += *len;
}

void
dissect_enter(struct dissect *dissect, enum dissect_kind kind, size_t at,
    size_t len, const char *name, const char *rfc)
{
	struct dissect_field *field = add(dissect, kind, at, len, name, rfc);

	if (field != NULL)
		field->style = STYLE_TITLE;
	dissect->depth++;
}

void
dissect_leave(struct dissect *dissect)
{
	assert(dissect->depth > 0);
	dissect->depth--;
	if (dissect->count == 0 || dissect->is_full)
		return;
	struct dissect_field *last = &dissect->fields[dissect->count - 1];
	struct dissect_field *heading = last;
	uint32_t end = last->at + last->len;

	while (heading->kind > DISSECT_GROUP || heading->depth > dissect->depth)
		heading--;
	if (end > heading->at + heading->len)
		heading->len = end - heading->at;
}

void
dissect_heading(struct dissect *dissect, const char *format, ...)
{
	va_list args;

	if (dissect->count == 0 || dissect->is_full)
		return;
	struct dissect_field *heading = &dissect->fields[dissect->count - 1];

	va_start(args, format);
	put(dissect, &heading->value_at, &heading->value_len, format, args);
	va_end(args);
}

void
dissect_field(struct dissect *dissect, enum style style, size_t at, size_t len,
    const char *name, const char *rfc, const char *format, ...)
{
	struct dissect_field *field =
	    add(dissect, DISSECT_FIELD, at, len, name, rfc);
	va_list args;

	if (field == NULL)
		return;
	field->style = style;
	va_start(args, format);
	put(dissect, &field->value_at, &field->value_len, format, args);
	va_end(args);
}

void
dissect_part(struct dissect *dissect, const char *name, const char *rfc,
    const char *format, ...)
{
	if (dissect->count == 0)
		return;
	const struct dissect_field *last = &dissect->fields[dissect->count - 1];
	enum style style = last->style;
	struct dissect_field *field =
	    add(dissect, DISSECT_PART, last->at, last->len, name, rfc);
	va_list args;

	if (field == NULL)
		return;
	field->style = style;
	field->depth++;
	va_start(args, format);
	put(dissect, &field->value_at, &field->value_len, format, args);
	va_end(args);
}

void
dissect_means(struct dissect *dissect, const char *format, ...)
{
	va_list args;

	if (dissect->count == 0 || dissect->is_full)
		return;
	struct dissect_field *field = &dissect->fields[dissect->count - 1];

	va_start(args, format);
	put(dissect, &field->meaning_at, &field->meaning_len, format, args);
	va_end(args);
}

void
dissect_bad(struct dissect *dissect, size_t at, size_t len, const char *name,
    const char *format, ...)
{
	struct dissect_field *field =
	    add(dissect, DISSECT_FIELD, at, len, name, NULL);
	va_list args;

	dissect->is_malformed = true;
	if (field == NULL)
		return;
	field->style = STYLE_BAD;
	va_start(args, format);
	put(dissect, &field->value_at, &field->value_len, format, args);
	va_end(args);
}

void
dissect_line(
    struct dissect *dissect, const char *protocol, const char *format, ...)
{
	va_list args;

	dissect->protocol = protocol;
	va_start(args, format);
	put(dissect, &dissect->line_at, &dissect->line_len, format, args);
	va_end(args);
}

/* The same, of arguments. */
__attribute__((format(printf, 4, 5))) static void
note(struct dissect *dissect, uint32_t *at, uint32_t *len, const char *format,
    ...)
{
	va_list args;

	va_start(args, format);
	put(dissect, at, len, format, args);
	va_end(args);
}

void
dissect_ends(struct dissect *dissect, const char *from, const char *to)
{
	note(dissect, &dissect->from_at, &dissect->from_len, "%s", from);
	note(dissect, &dissect->to_at, &dissect->to_len, "%s", to);
}

static struct span
text_of(const struct dissect *dissect, uint32_t at, uint32_t len)
{
	return (struct span){(const uint8_t *)dissect->text + at, len};
}

struct span
dissect_value(const struct dissect *dissect, const struct dissect_field *field)
{
	return text_of(dissect, field->value_at, field->value_len);
}

struct span
dissect_meaning(
    const struct dissect *dissect, const struct dissect_field *field)
{
	return text_of(dissect, field->meaning_at, field->meaning_len);
}

struct span
dissect_summary(const struct dissect *dissect)
{
	return text_of(dissect, dissect->line_at, dissect->line_len);
}

struct span
dissect_from(const struct dissect *dissect)
{
	return text_of(dissect, dissect->from_at, dissect->from_len);
}

struct span
dissect_to(const struct dissect *dissect)
{
	return text_of(dissect, dissect->to_at, dissect->to_len);
}
