/* chat_paint.c — a line of the chat → its parts, and their colours. */
#include "client/chat/chat_paint.h"

#include "client/plain.h"
#include "core/ascii.h"
#include "services/chat/chat_name.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* LINE as BEFORE, a name that ends at END and a blank, and text; OTHER: it is
 * not of that kind. */
static struct chat_paint
read_named(struct span line, enum chat_paint_kind kind, const char *before,
    uint8_t end)
{
	size_t begin = strlen(before);
	const uint8_t *at = memchr(line.data + begin, end, line.len - begin);
	struct chat_paint all = {.kind = CHAT_PAINT_OTHER, .tail = line};

	if (at == NULL)
		return all;
	size_t len = (size_t)(at - line.data);
	struct span name = {line.data + begin, len - begin};

	if (!chat_name_is_good(name) || len + 1 >= line.len || at[1] != ' ')
		return all;
	return (struct chat_paint){
	    .kind = kind,
	    .head = {line.data, begin},
	    .name = name,
	    .tail = {at, line.len - len},
	};
}

struct chat_paint
chat_paint_read(struct span line)
{
	struct chat_paint all = {.kind = CHAT_PAINT_OTHER, .tail = line};

	if (span_begins(line, "<"))
		return read_named(line, CHAT_PAINT_SAID, "<", '>');
	if (span_begins(line, "-> ["))
		return read_named(line, CHAT_PAINT_DIRECT, "-> [", ']');
	/* Said before, or by the server. */
	if (span_begins(line, "* ") || span_begins(line, "| "))
		all.kind = CHAT_PAINT_NOTICE;
	else if (span_begins(line, "! "))
		all.kind = CHAT_PAINT_ERROR;
	return all;
}

unsigned
chat_paint_color(struct span name)
{
	/* Of the colours that every terminal has, those that are neither red
	 * nor black nor white. */
	static const uint8_t colors[] = {
	    32, 33, 34, 35, 36, 92, 93, 94, 95, 96};
	/* FNV-1a: its last bits depend on all letters. */
	uint32_t hash = 2166136261;

	for (size_t i = 0; i < name.len; i++)
		hash = (hash ^ ascii_lower(name.data[i])) * 16777619;
	return colors[hash % sizeof(colors)];
}

static void
write_in(const struct screen *screen, unsigned sgr, struct span text)
{
	if (screen->has_color && text.len > 0)
		fprintf(screen->out, "\033[%um", sgr);
	plain_write(screen->out, text);
	if (screen->has_color && text.len > 0)
		fputs("\033[0m", screen->out);
}

void
chat_paint_write(const struct screen *screen, struct span line)
{
	enum { DIM = 2, RED = 31 };
	struct chat_paint paint = chat_paint_read(line);

	switch (paint.kind) {
	case CHAT_PAINT_SAID:
	case CHAT_PAINT_DIRECT:
		plain_write(screen->out, paint.head);
		write_in(screen, chat_paint_color(paint.name), paint.name);
		plain_write(screen->out, paint.tail);
		break;
	case CHAT_PAINT_NOTICE:
		write_in(screen, DIM, line);
		break;
	case CHAT_PAINT_ERROR:
		write_in(screen, RED, line);
		break;
	case CHAT_PAINT_OTHER:
		plain_write(screen->out, line);
		break;
	}
	fputc('\n', screen->out);
}
