/* show_hex_fields.c — a message in rows of bytes, each field marked. */
#include "client/show/show.h"
#include "client/show/show_code.h"
#include "client/show/show_legend.h"

#include <stdio.h>
#include <string.h>

enum {
	ROW_MAX = 16, /* bytes; halved until it fits the screen */
	ROW_MIN = 4,
	CELL_MAX = 5, /* columns of "[00] " */
	TEXT_MAX = ROW_MAX * CELL_MAX + 1,
};

/* A byte of a row. */
struct cell {
	uint8_t byte;
	bool is_first, is_last; /* of its field */
	enum style style;
	char code[SHOW_CODE_MAX]; /* of its field */
};

/* How far the fields have been walked along the bytes. */
struct cursor {
	const struct dissect *dissection;
	size_t at;     /* the next byte */
	size_t field;  /* index of the one that covers it; or of one before */
	unsigned next; /* of show_code */
	char code[SHOW_CODE_MAX]; /* of FIELD */
	bool is_open;             /* FIELD has bytes at AT or behind */
};

/* Goes on to the field that covers byte AT. */
static const struct dissect_field *
find(struct cursor *cursor)
{
	const struct dissect *dissection = cursor->dissection;

	for (;; cursor->field++, cursor->is_open = false) {
		if (cursor->field == dissection->count)
			return NULL;
		const struct dissect_field *field =
		    &dissection->fields[cursor->field];

		if (field->kind != DISSECT_FIELD || field->len == 0)
			continue;
		if (!cursor->is_open)
			show_code(&cursor->next, field, cursor->code);
		cursor->is_open = true;
		if (cursor->at < field->at + field->len)
			return field;
	}
}

/* The next COUNT bytes at most; returns how many there are. */
static unsigned
take_row(struct cursor *cursor, struct cell *row, unsigned count)
{
	struct span bytes = cursor->dissection->bytes;
	unsigned taken = 0;

	for (; taken < count && cursor->at < bytes.len; taken++) {
		const struct dissect_field *field = find(cursor);
		struct cell *cell = &row[taken];

		*cell = (struct cell){.byte = bytes.data[cursor->at]};
		if (field != NULL) {
			cell->is_first = cursor->at == field->at;
			cell->is_last =
			    cursor->at + 1 == field->at + field->len;
			cell->style = field->style;
			memcpy(cell->code, cursor->code, SHOW_CODE_MAX);
		}
		cursor->at++;
	}
	return taken;
}

/* The brackets of a row: its text, and below it its letters. */
struct lines {
	char bytes[TEXT_MAX], letters[TEXT_MAX];
};

static void
draw(struct lines *lines, const struct cell *row, unsigned count)
{
	unsigned at = 0;

	memset(lines->letters, ' ', sizeof(lines->letters));
	for (unsigned i = 0; i < count; i++) {
		const struct cell *cell = &row[i];

		if (i > 0 && cell->is_first)
			lines->bytes[at++] = ' ';
		lines->bytes[at++] = cell->is_first ? '[' : ' ';
		if (i == 0 || cell->is_first)
			memcpy(lines->letters + at, cell->code,
			    strlen(cell->code));
		at += (unsigned)snprintf(lines->bytes + at,
		    sizeof(lines->bytes) - at, "%02x", cell->byte);
		if (cell->is_last)
			lines->bytes[at++] = ']';
	}
	lines->bytes[at] = '\0';
	while (at > 0 && lines->letters[at - 1] == ' ')
		at--;
	lines->letters[at] = '\0';
}

/* Columns that draw makes of ROW. */
static unsigned
measure(const struct cell *row, unsigned count)
{
	unsigned columns = 3 * count;

	for (unsigned i = 0; i < count; i++) {
		columns += i > 0 && row[i].is_first ? 1 : 0;
		columns += row[i].is_last ? 1 : 0;
	}
	return columns;
}

/* Columns of the bytes in the widest row, where there are COUNT in each. */
static unsigned
find_columns(const struct screen *screen, const struct dissect *dissection,
    unsigned count)
{
	struct cursor cursor = {.dissection = dissection};
	struct cell row[ROW_MAX];
	unsigned widest = 0, taken;

	if (screen->has_color)
		return 3 * count - 1;
	while ((taken = take_row(&cursor, row, count)) > 0) {
		unsigned columns = measure(row, taken);

		widest = columns > widest ? columns : widest;
	}
	return widest;
}

/* "00 01|02 03", each field in its colour. */
static void
put_colored(const struct screen *screen, const struct cell *row, unsigned count,
    unsigned columns)
{
	for (unsigned i = 0; i < count; i++) {
		bool begins = i == 0 || row[i].is_first;

		if (i > 0 && begins)
			screen_print(screen, STYLE_NOTE, "|");
		if (begins)
			fputs(screen_begin(screen, row[i].style), screen->out);
		fprintf(screen->out, "%s%02x", begins ? "" : " ", row[i].byte);
		if (row[i].is_last || i + 1 == count)
			fputs(screen_end(screen, row[i].style), screen->out);
	}
	screen_blanks(screen, columns - (3 * count - 1));
}

static void
put_characters(
    const struct screen *screen, const struct cell *row, unsigned count)
{
	screen_print(screen, STYLE_NOTE, "  |");
	for (unsigned i = 0; i < count; i++) {
		enum style style = row[i].style;
		bool is_graphic = row[i].byte >= ' ' && row[i].byte <= '~';

		if (i == 0 || style != row[i - 1].style)
			fputs(screen_begin(screen, style), screen->out);
		fputc(is_graphic ? row[i].byte : '.', screen->out);
		if (i + 1 == count || style != row[i + 1].style)
			fputs(screen_end(screen, style), screen->out);
	}
	screen_print(screen, STYLE_NOTE, "|");
	fputc('\n', screen->out);
}

static void
put_row(const struct screen *screen, size_t at, unsigned offset_columns,
    const struct cell *row, unsigned count, unsigned columns)
{
	struct lines lines;

	screen_print(screen, STYLE_NOTE, "%0*zx  ", (int)offset_columns, at);
	if (screen->has_color) {
		put_colored(screen, row, count, columns);
		put_characters(screen, row, count);
		return;
	}
	draw(&lines, row, count);
	fprintf(screen->out, "%-*s", (int)columns, lines.bytes);
	put_characters(screen, row, count);
	screen_blanks(screen, offset_columns + 2);
	fprintf(screen->out, "%s\n", lines.letters);
}

void
show_hex_fields(const struct screen *screen, const struct dissect *dissection)
{
	struct cursor cursor = {.dissection = dissection};
	struct cell row[ROW_MAX];
	unsigned offset_columns = dissection->bytes.len > 0x10000 ? 8 : 4;
	unsigned columns, taken, count = ROW_MAX;

	/* Offset, bytes, characters, and what stands between them. */
	columns = find_columns(screen, dissection, count);
	while (offset_columns + columns + count + 6 > screen->width &&
	       count > ROW_MIN) {
		count /= 2;
		columns = find_columns(screen, dissection, count);
	}
	for (size_t at = 0; (taken = take_row(&cursor, row, count)) > 0;
	     at += taken)
		put_row(screen, at, offset_columns, row, taken, columns);
	show_legend(screen, dissection);
}
