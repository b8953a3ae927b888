/* qotd_text.c — a text file → quotes. */
#include "services/qotd/qotd_text.h"

#include "core/utf8.h"

#include <assert.h>
#include <string.h>

enum { TAB_COLUMNS = 8 };

/* ------------------------------------------------------------- the parts */

/* Takes a line off TEXT, without its end and without blanks before that. */
static struct span
take_line(struct span *text)
{
	const uint8_t *end = memchr(text->data, '\n', text->len);
	size_t len = end == NULL ? text->len : (size_t)(end - text->data);
	struct span line = {text->data, len};

	text->data += len + (end != NULL);
	text->len -= len + (end != NULL);
	while (line.len > 0 && memchr(" \t\r", line.data[line.len - 1], 3))
		line.len--;
	return line;
}

static bool
is_sign(struct span line)
{
	return line.len == 1 && line.data[0] == '%';
}

struct qotd_text
qotd_text_walk(struct span text)
{
	struct qotd_text walk = {.left = text, .line = 1};

	while (text.len > 0 && !walk.has_signs)
		walk.has_signs = is_sign(take_line(&text));
	return walk;
}

bool
qotd_text_next(struct qotd_text *walk, struct qotd_text_quote *quote)
{
	*quote = (struct qotd_text_quote){0};
	while (walk->left.len > 0) {
		struct span line = take_line(&walk->left);
		bool is_end = walk->has_signs ? is_sign(line) : line.len == 0;

		walk->line++;
		if (is_end && quote->line != 0)
			return true;
		if (is_end || line.len == 0)
			continue;
		if (quote->line == 0) {
			quote->line = walk->line - 1;
			quote->bytes.data = line.data;
		}
		quote->bytes.len =
		    (size_t)(line.data + line.len - quote->bytes.data);
	}
	return quote->line != 0;
}

/* -------------------------------------------------------------- the wire */

/* What is being written; a LEN above QOTD_TEXT_MAX: too long. */
struct wire {
	uint8_t *data;
	size_t len;
	unsigned column;
};

static void
put(struct wire *wire, const void *bytes, size_t len)
{
	if (wire->len + len <= QOTD_TEXT_MAX)
		memcpy(wire->data + wire->len, bytes, len);
	wire->len += len;
}

static void
put_tab(struct wire *wire)
{
	do
		put(wire, " ", 1);
	while (++wire->column % TAB_COLUMNS != 0);
}

/* C0, DEL and C1. */
static bool
is_control(uint32_t code_point)
{
	return code_point < 0x20 || (code_point >= 0x7f && code_point < 0xa0);
}

static const char *
put_line(struct wire *wire, struct span line)
{
	wire->column = 0;
	while (line.len > 0) {
		size_t len = utf8_len(line);

		if (len == 0)
			return "it is no UTF-8";
		if (line.data[0] == '\t') {
			put_tab(wire);
		} else if (is_control(utf8_code_point(line.data, len))) {
			return "it has a control character";
		} else {
			put(wire, line.data, len);
			wire->column++;
		}
		line.data += len;
		line.len -= len;
	}
	put(wire, "\r\n", 2);
	return NULL;
}

const char *
qotd_text_wire(struct span quote, struct space out, size_t *len)
{
	struct wire wire = {.data = out.data};
	const char *fault = NULL;

	assert(out.cap >= QOTD_TEXT_MAX);
	while (quote.len > 0 && fault == NULL && wire.len <= QOTD_TEXT_MAX)
		fault = put_line(&wire, take_line(&quote));
	*len = wire.len;
	if (fault == NULL && wire.len > QOTD_TEXT_MAX)
		fault = "it has more than 511 bytes";
	return fault;
}
