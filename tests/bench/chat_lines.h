/*
 * chat_lines.h — what chat_load says, and how it knows it again. A line is, in
 * the chat's form and in IRC's,
 *
 *   <u00042> 0000001f 0000f3a1c05e7a10 ....
 *   :u00042!... PRIVMSG #room42 :0000001f 0000f3a1c05e7a10 ....
 *
 * who says it, his how manieth it is, and when he said it, by the clock of this
 * host, in nanoseconds.
 */
#ifndef NETLAB_BENCH_CHAT_LINES_H
#define NETLAB_BENCH_CHAT_LINES_H

#include "bench_tool.h"

#include <stdbool.h>
#include <stddef.h>

enum {
	CHAT_NAME = 6,              /* u00042 */
	CHAT_STAMP = 8 + 1 + 16,    /* number and time */
	CHAT_TEXT_MAX = 400,        /* IRC's lines end at 512 */
	CHAT_LINE_MAX = 1024 + 512, /* of a server */
};

enum chat_kind {
	CHAT_SAID,    /* one of ours */
	CHAT_NOTICE,  /* of the server; nothing is known of it */
	CHAT_SKIPPED, /* it says that lines were left out */
	CHAT_ERROR,   /* it does not do what we asked */
	CHAT_PING,    /* IRC: it wants an answer */
};

struct chat_line {
	enum chat_kind kind;
	uint32_t sender, number;
	uint64_t said_ns;
};

static inline void
chat_put_hex(char *at, uint64_t value, unsigned digits)
{
	for (unsigned i = digits; i-- > 0; value >>= 4)
		at[i] = "0123456789abcdef"[value & 15];
}

static inline bool
chat_get_hex(const char *at, unsigned digits, uint64_t *value)
{
	*value = 0;
	for (unsigned i = 0; i < digits; i++) {
		unsigned digit = (unsigned)(at[i] - '0');

		if (digit > 9 && (digit = (unsigned)(at[i] - 'a' + 10)) > 15)
			return false;
		*value = *value << 4 | digit;
	}
	return true;
}

static inline bool
chat_get_sender(const char *at, uint32_t *sender)
{
	*sender = 0;
	for (unsigned i = 1; i < CHAT_NAME; i++) {
		if (at[i] < '0' || at[i] > '9')
			return false;
		*sender = *sender * 10 + (uint32_t)(at[i] - '0');
	}
	return at[0] == 'u';
}

/* Writes a line of LEN bytes of text, number and time included, without the
 * command that it needs before it. Returns where it ends. */
static inline char *
chat_put_text(char *at, uint32_t number, uint64_t now_ns, size_t len)
{
	chat_put_hex(at, number, 8);
	at[8] = ' ';
	chat_put_hex(at + 9, now_ns, 16);
	memset(at + CHAT_STAMP, '.', len - CHAT_STAMP);
	return at + len;
}

/* Where the text begins of a line [AT, END) of ours, or NULL. */
static inline const char *
chat_text_of(const char *at, const char *end, bool is_irc)
{
	const char *text;

	if (end - at < 1 + CHAT_NAME + 2 || at[0] != (is_irc ? ':' : '<'))
		return NULL;
	if (!is_irc)
		return at[1 + CHAT_NAME] == '>' ? at + 1 + CHAT_NAME + 2 : NULL;
	text = memmem(at, (size_t)(end - at), " :", 2);
	return text == NULL ? NULL : text + 2;
}

/* A server's own, by its first bytes. Of IRC's (RFC 2812 §5.2), the numbers of
 * errors begin with 4. */
static inline enum chat_kind
chat_kind_of(const char *at, const char *end, bool is_irc)
{
	size_t len = (size_t)(end - at);

	if (!is_irc && len > 0 && at[0] == '!')
		return CHAT_ERROR;
	if (!is_irc)
		return memmem(at, len, " skipped", 8) != NULL ? CHAT_SKIPPED
		                                              : CHAT_NOTICE;
	if (len >= 5 && memcmp(at, "PING ", 5) == 0)
		return CHAT_PING;
	if (len >= 5 && memcmp(at, "ERROR", 5) == 0)
		return CHAT_ERROR;

	const char *word = memchr(at, ' ', len);

	return word != NULL && end - word > 4 && word[1] == '4' &&
	               word[4] == ' '
	           ? CHAT_ERROR
	           : CHAT_NOTICE;
}

/* Reads a line without its end. */
static inline struct chat_line
chat_read(const char *at, const char *end, bool is_irc)
{
	const char *text = chat_text_of(at, end, is_irc);
	struct chat_line line = {.kind = CHAT_SAID};
	uint64_t number;

	if (text != NULL && end - text >= CHAT_STAMP &&
	    chat_get_sender(at + 1, &line.sender) &&
	    chat_get_hex(text, 8, &number) &&
	    chat_get_hex(text + 9, 16, &line.said_ns)) {
		line.number = (uint32_t)number;
		return line;
	}
	line.kind = chat_kind_of(at, end, is_irc);
	return line;
}

#endif
