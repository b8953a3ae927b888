/* show_explain.c — a message field by field. */
#include "client/show/show.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
	WIDE = 110, /* columns of a screen that has room for more bytes */
	BYTES_SHOWN = 4,
	BYTES_SHOWN_WIDE = 8,
	NAME_LEAST = 8,
	NAME_MOST = 20,
	TEXT_LEAST = 12,
	TEXT_WITH_RFC = 16, /* with less, the RFC is left out */
	PART_INDENT = 2,
	GAP = 2, /* blanks between columns */
};

/* How wide the columns are: offset and bytes, name, text, RFC. */
struct layout {
	const struct screen *screen;
	const struct dissect *dissection;
	int offset;
	unsigned bytes_shown;
	unsigned bytes, name, text, rfc;
	bool has_rfc; /* there is room for it */
};

/* The text of a field, wrapped in its column; behind its first line stands the
 * RFC. */
struct column {
	const struct layout *layout;
	unsigned used;   /* columns of this line */
	const char *rfc; /* NULL: there is none, or it has been written */
};

static unsigned
columns_of(const struct screen *screen, const char *text)
{
	return screen_columns(screen, span_of(text));
}

static unsigned
widest(unsigned a, unsigned b, unsigned limit)
{
	unsigned wider = a > b ? a : b;

	return wider < limit ? wider : limit;
}

static struct layout
lay_out(const struct screen *screen, const struct dissect *dissection)
{
	bool is_wide = screen->width >= WIDE;
	struct layout layout = {
	    .screen = screen,
	    .dissection = dissection,
	    .offset = dissection->bytes.len > 0x10000 ? 8 : 4,
	    .bytes_shown = is_wide ? BYTES_SHOWN_WIDE : BYTES_SHOWN,
	    .name = NAME_LEAST,
	    .has_rfc = true,
	};

	for (size_t i = 0; i < dissection->count; i++) {
		const struct dissect_field *field = &dissection->fields[i];
		unsigned name = columns_of(screen, field->name) +
		                (field->kind == DISSECT_PART ? PART_INDENT : 0);

		if (field->kind <= DISSECT_GROUP)
			continue;
		layout.name = widest(layout.name, name, NAME_MOST);
		if (field->rfc != NULL)
			layout.rfc = widest(layout.rfc,
			    columns_of(screen, field->rfc), screen->width);
	}
	layout.bytes = (unsigned)layout.offset + 1 + 3 * layout.bytes_shown - 1;
	unsigned others =
	    layout.bytes + GAP + layout.name + GAP + GAP + layout.rfc;

	if (screen->width < others + TEXT_WITH_RFC) {
		layout.has_rfc = false;
		others -= GAP + layout.rfc;
	}
	layout.text = screen->width > others + TEXT_LEAST
	                  ? screen->width - others
	                  : TEXT_LEAST;
	return layout;
}

static void
end_line(struct column *column)
{
	const struct layout *layout = column->layout;

	if (column->rfc != NULL) {
		screen_blanks(
		    layout->screen, layout->text - column->used + GAP);
		screen_print(layout->screen, STYLE_NOTE, "%s", column->rfc);
	}
	fputc('\n', layout->screen->out);
	column->rfc = NULL;
	column->used = 0;
}

static void
next_line(struct column *column)
{
	const struct layout *layout = column->layout;

	end_line(column);
	screen_blanks(layout->screen, layout->bytes + GAP + layout->name + GAP);
}

/* A word, on the next line where there is no room for it; one that is wider
 * than a line is broken. */
static void
put_word(struct column *column, enum style style, struct span word)
{
	const struct layout *layout = column->layout;

	while (word.len > 0) {
		unsigned width = screen_columns(layout->screen, word);

		if (column->used > 0 && column->used + 1 + width > layout->text)
			next_line(column);
		if (column->used > 0)
			fputc(' ', layout->screen->out);
		column->used += column->used > 0;
		struct span part = {
		    word.data, screen_fit(layout->screen, word,
		                   layout->text - column->used)};

		if (part.len == 0)
			part.len = utf8_len(word);
		screen_bytes(layout->screen, style, part);
		column->used += screen_columns(layout->screen, part);
		word.data += part.len;
		word.len -= part.len;
	}
}

static void
put_words(struct column *column, enum style style, struct span text)
{
	while (text.len > 0) {
		const uint8_t *blank = memchr(text.data, ' ', text.len);
		size_t len =
		    blank == NULL ? text.len : (size_t)(blank - text.data);

		put_word(column, style, (struct span){text.data, len});
		len += blank != NULL;
		text.data += len;
		text.len -= len;
	}
}

static void
put_meaning(struct column *column, struct span meaning)
{
	char *text;

	if (meaning.len == 0 || asprintf(&text, "(%.*s)", (int)meaning.len,
	                            (const char *)meaning.data) == -1)
		return;
	put_words(column, STYLE_NOTE, span_of(text));
	free(text);
}

/* "0c00 06 67 6f …", as wide as it may be. */
static void
put_bytes(const struct layout *layout, const struct dissect_field *field)
{
	const struct screen *screen = layout->screen;
	const uint8_t *bytes = layout->dissection->bytes.data + field->at;
	bool is_cut = field->len > layout->bytes_shown;
	unsigned shown = is_cut ? layout->bytes_shown - 1 : field->len;
	unsigned used = (unsigned)layout->offset + 3 * shown + (shown == 0);

	screen_print(screen, STYLE_NOTE, "%0*x", layout->offset, field->at);
	fputc(' ', screen->out);
	fputs(screen_begin(screen, field->style), screen->out);
	for (unsigned i = 0; i < shown; i++)
		fprintf(screen->out, "%s%02x", i == 0 ? "" : " ", bytes[i]);
	fputs(screen_end(screen, field->style), screen->out);
	if (is_cut)
		fputs(" ..", screen->out);
	screen_blanks(screen, layout->bytes - used - (is_cut ? 3 : 0));
}

/* NAME in its column; a wider one has a line of its own. */
static void
put_name(const struct layout *layout, const char *name, unsigned indent)
{
	unsigned used = indent + columns_of(layout->screen, name);

	screen_blanks(layout->screen, GAP + indent);
	fputs(name, layout->screen->out);
	if (used > layout->name) {
		fputc('\n', layout->screen->out);
		screen_blanks(layout->screen, layout->bytes + GAP);
		used = 0;
	}
	screen_blanks(layout->screen, layout->name - used + GAP);
}

static void
put_field(const struct layout *layout, const struct dissect_field *field)
{
	struct column column = {
	    .layout = layout,
	    .rfc = layout->has_rfc ? field->rfc : NULL,
	};
	bool is_part = field->kind == DISSECT_PART;

	if (is_part)
		screen_blanks(layout->screen, layout->bytes);
	else
		put_bytes(layout, field);
	put_name(layout, field->name, is_part ? PART_INDENT : 0);
	if (field->style == STYLE_BAD)
		put_word(&column, STYLE_BAD, span_of("!"));
	put_words(
	    &column, field->style, dissect_value(layout->dissection, field));
	put_meaning(&column, dissect_meaning(layout->dissection, field));
	end_line(&column);
}

/* "  Answer 2  bytes 44 to 59, RFC 1035 §4.1.3" */
static void
put_heading(const struct layout *layout, const struct dissect_field *field)
{
	const struct screen *screen = layout->screen;
	struct span value = dissect_value(layout->dissection, field);

	screen_blanks(screen, 2U * field->depth);
	screen_print(screen, STYLE_TITLE, "%s%s%.*s", field->name,
	    value.len > 0 ? " " : "", (int)value.len, (const char *)value.data);
	if (field->len > 0)
		screen_print(screen, STYLE_NOTE, "  bytes %u to %u%s%s",
		    field->at, field->at + field->len - 1,
		    field->rfc == NULL ? "" : ", ",
		    field->rfc == NULL ? "" : field->rfc);
	fputc('\n', screen->out);
}

void
show_explain(const struct screen *screen, const struct dissect *dissection)
{
	struct layout layout = lay_out(screen, dissection);

	for (size_t i = 0; i < dissection->count; i++)
		if (dissection->fields[i].kind <= DISSECT_GROUP)
			put_heading(&layout, &dissection->fields[i]);
		else
			put_field(&layout, &dissection->fields[i]);
}
