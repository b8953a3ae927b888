/* chat_compose.c — one line for people, put together of pieces. */
#include "services/chat/chat_compose.h"

#include <stdio.h>
#include <string.h>

void
chat_compose_span(struct chat_compose *line, struct span bytes)
{
	/* One byte is kept for the end. */
	size_t left = CHAT_COMPOSE_MAX - 1 - line->len;

	if (bytes.len == 0 || bytes.len > left)
		return;
	memcpy(line->bytes + line->len, bytes.data, bytes.len);
	line->len += bytes.len;
}

void
chat_compose_text(struct chat_compose *line, const char *text)
{
	chat_compose_span(line, span_of(text));
}

void
chat_compose_number(struct chat_compose *line, unsigned long number)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "%lu", number);
	chat_compose_text(line, digits);
}

struct span
chat_compose_end(struct chat_compose *line)
{
	line->bytes[line->len] = '\n';
	return (struct span){line->bytes, line->len + 1};
}
