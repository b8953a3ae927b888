/* show_legend.c — what the fields of a hex dump are. */
#include "client/show/show_legend.h"

#include "client/show/show_code.h"
#include "core/ascii.h"

#include <stdio.h>
#include <string.h>

enum {
	ENTRY_MAX = 1024, /* bytes: more is cut off */
	INDENT = 2,       /* of lines that go on */
	REMEMBERED = 16,  /* pointers that are not listed twice */
};

static const char separator[] = " · ";

/* The list, at work. */
struct legend {
	const struct screen *screen;
	const struct dissect *dissection;
	unsigned used; /* columns of the line */
	unsigned next; /* of show_code */
	int layer;     /* depth of the innermost layer; -1: none */
	const struct dissect_field *pointers[REMEMBERED];
	unsigned pointer_count;
};

static void
end_line(struct legend *legend)
{
	if (legend->used > 0)
		fputc('\n', legend->screen->out);
	legend->used = 0;
}

static void
put(struct legend *legend, enum style style, struct span entry)
{
	const struct screen *screen = legend->screen;
	unsigned width = screen_columns(screen, entry);
	unsigned between = screen_columns(screen, span_of(separator));

	if (legend->used > 0 &&
	    legend->used + between + width > screen->width) {
		fputc('\n', screen->out);
		screen_blanks(screen, INDENT);
		legend->used = INDENT;
	} else if (legend->used > 0) {
		screen_print(screen, STYLE_NOTE, "%s", separator);
		legend->used += between;
	}
	screen_bytes(screen, style, entry);
	legend->used += width;
}

/* As much of TEXT as fits beside the other words of an entry. */
static struct span
cut(const struct legend *legend, struct span text, const char **dots)
{
	const unsigned columns = legend->screen->width * 2 / 3;
	size_t len = screen_fit(legend->screen, text, columns);

	*dots = len < text.len ? "…" : "";
	text.len = len;
	return text;
}

static struct span
entry_of(const struct legend *legend, const struct dissect_field *field,
    const char *code, char entry[ENTRY_MAX])
{
	const char *dots, *blank = *code == '\0' ? "" : " ";
	struct span value =
	    cut(legend, dissect_value(legend->dissection, field), &dots);
	int len = snprintf(entry, ENTRY_MAX, "%s%s%s %.*s%s", code, blank,
	    field->name, (int)value.len, (const char *)value.data, dots);

	for (size_t i = strlen(code);
	     i < strlen(code) + strlen(field->name) + 1; i++)
		entry[i] = (char)ascii_lower((uint8_t)entry[i]);
	return (struct span){(uint8_t *)entry, (size_t)len};
}

/* "P→12 pointer google.com." of the value "→12 google.com." */
static struct span
pointer_entry(const struct legend *legend, const struct dissect_field *field,
    const char *code, char entry[ENTRY_MAX])
{
	const char *dots;
	struct span value =
	    cut(legend, dissect_value(legend->dissection, field), &dots);
	const uint8_t *blank = memchr(value.data, ' ', value.len);
	size_t first = blank == NULL ? value.len : (size_t)(blank - value.data);
	int len = snprintf(entry, ENTRY_MAX, "%s%.*s pointer%.*s%s", code,
	    (int)first, (const char *)value.data, (int)(value.len - first),
	    (const char *)value.data + first, dots);

	return (struct span){(uint8_t *)entry, (size_t)len};
}

/* Was a pointer of FIELD's value listed lately? If not, it is from now on. */
static bool
is_listed(struct legend *legend, const struct dissect_field *field)
{
	struct span value = dissect_value(legend->dissection, field);

	for (unsigned i = 0; i < REMEMBERED && i < legend->pointer_count; i++) {
		struct span other =
		    dissect_value(legend->dissection, legend->pointers[i]);

		if (other.len == value.len &&
		    memcmp(other.data, value.data, value.len) == 0)
			return true;
	}
	legend->pointers[legend->pointer_count++ % REMEMBERED] = field;
	return false;
}

static void
list_field(struct legend *legend, const struct dissect_field *field)
{
	char code[SHOW_CODE_MAX] = "!", entry[ENTRY_MAX];
	struct span text;

	if (field->len > 0)
		show_code(&legend->next, field, code);
	else if (field->style != STYLE_BAD)
		return;
	if (legend->screen->has_color)
		code[0] = '\0';
	if (field->style == STYLE_POINTER && is_listed(legend, field))
		return;
	if (field->style == STYLE_POINTER)
		text = pointer_entry(legend, field, code, entry);
	else
		text = entry_of(legend, field, code, entry);
	put(legend, field->style, text);
}

void
show_legend(const struct screen *screen, const struct dissect *dissection)
{
	struct legend legend = {
	    .screen = screen,
	    .dissection = dissection,
	    .layer = -1,
	};

	for (size_t i = 0; i < dissection->count; i++) {
		const struct dissect_field *field = &dissection->fields[i];

		if (field->kind == DISSECT_FIELD)
			list_field(&legend, field);
		else if (field->kind == DISSECT_LAYER)
			legend.layer = field->depth;
		if (field->kind == DISSECT_LAYER ||
		    (field->kind == DISSECT_GROUP &&
		        field->depth == legend.layer + 1))
			end_line(&legend);
	}
	end_line(&legend);
}
