/* http_chunk.c — a machine of one byte at a time, but for the data itself. */
#include "services/http/http_chunk.h"
#include "services/http/http_char.h"
#include "services/http/http_text.h"

enum {
	/* A size line with its extensions, and all trailers together: nobody
	 * sends more but to keep us busy. */
	SIZE_LINE_MAX = 256,
	TRAILERS_MAX = 8192,
};

enum state {
	STATE_SIZE,        /* hexadecimal digits */
	STATE_NAME_START,  /* of an extension: after a semicolon */
	STATE_NAME,        /* a token */
	STATE_VALUE_START, /* after its equals sign */
	STATE_VALUE,       /* a token */
	STATE_QUOTED,      /* or a quoted string */
	STATE_ESCAPED,     /* after a backslash in one */
	STATE_QUOTED_END,
	STATE_SIZE_LF,
	STATE_DATA,
	STATE_DATA_CR,
	STATE_DATA_LF,
	STATE_TRAILER, /* at the start of a line */
	STATE_TRAILER_NAME,
	STATE_TRAILER_VALUE,
	STATE_TRAILER_LF,
	STATE_END_LF,
	STATE_BAD,
};

static enum state
read_size(struct http_chunk *chunk, uint8_t byte)
{
	int digit = http_char_hex(byte);

	if (digit >= 0) {
		if (chunk->left >> 60 != 0)
			return STATE_BAD;
		chunk->left = chunk->left << 4 | (unsigned)digit;
		chunk->has_digit = true;
		return STATE_SIZE;
	}
	if (!chunk->has_digit)
		return STATE_BAD;
	if (byte == '\r')
		return STATE_SIZE_LF;
	/* RFC 9112 §7.1.1 lets space stand before the semicolon; nobody sends
	 * it who is not trying something. */
	return byte == ';' ? STATE_NAME_START : STATE_BAD;
}

static bool
is_text(uint8_t byte)
{
	return (byte >= 0x20 && byte != 0x7f) || byte == '\t';
}

/* ";" name, and perhaps "=" and a token or quoted string (RFC 9112 §7.1.1):
 * not understood, but nothing else may hide there. */
static enum state
read_extension(enum state state, uint8_t byte)
{
	bool is_token = http_char_token[byte];

	if (state == STATE_NAME_START)
		return is_token ? STATE_NAME : STATE_BAD;
	if (state == STATE_VALUE_START && byte == '"')
		return STATE_QUOTED;
	if (state == STATE_VALUE_START)
		return is_token ? STATE_VALUE : STATE_BAD;
	if (state == STATE_QUOTED && byte == '"')
		return STATE_QUOTED_END;
	if (state == STATE_QUOTED && byte == '\\')
		return STATE_ESCAPED;
	if (state == STATE_QUOTED || state == STATE_ESCAPED)
		return is_text(byte) ? STATE_QUOTED : STATE_BAD;
	/* In a name or token, or behind a quoted string. */
	if (byte == '\r')
		return STATE_SIZE_LF;
	if (byte == ';')
		return STATE_NAME_START;
	if (byte == '=' && state == STATE_NAME)
		return STATE_VALUE_START;
	return is_token && state != STATE_QUOTED_END ? state : STATE_BAD;
}

static enum state
begin_data(struct http_chunk *chunk, uint64_t *total)
{
	*total = chunk->left > UINT64_MAX - *total ? UINT64_MAX
	                                           : *total + chunk->left;
	chunk->line_len = 0;
	chunk->has_digit = false;
	chunk->is_last = chunk->left == 0;
	return chunk->is_last ? STATE_TRAILER : STATE_DATA;
}

/* The state after BYTE in a state of a size line or of the data's end. */
static enum state
read_framing(struct http_chunk *chunk, uint8_t byte, uint64_t *total)
{
	switch ((enum state)chunk->state) {
	case STATE_SIZE:
		return read_size(chunk, byte);
	case STATE_NAME_START:
	case STATE_NAME:
	case STATE_VALUE_START:
	case STATE_VALUE:
	case STATE_QUOTED:
	case STATE_ESCAPED:
	case STATE_QUOTED_END:
		return read_extension((enum state)chunk->state, byte);
	case STATE_SIZE_LF:
		return byte == '\n' ? begin_data(chunk, total) : STATE_BAD;
	case STATE_DATA_CR:
		return byte == '\r' ? STATE_DATA_LF : STATE_BAD;
	case STATE_DATA_LF:
		chunk->line_len = 0;
		return byte == '\n' ? STATE_SIZE : STATE_BAD;
	case STATE_DATA:
	case STATE_TRAILER:
	case STATE_TRAILER_NAME:
	case STATE_TRAILER_VALUE:
	case STATE_TRAILER_LF:
	case STATE_END_LF:
	case STATE_BAD:
		break;
	}
	return STATE_BAD;
}

/* The same for the trailers, which are checked and forgotten (§7.1.2). */
static enum state
read_trailer(enum state state, uint8_t byte)
{
	if (state == STATE_TRAILER) {
		if (byte == '\r')
			return STATE_END_LF;
		return http_char_token[byte] ? STATE_TRAILER_NAME : STATE_BAD;
	}
	if (state == STATE_TRAILER_NAME) {
		if (byte == ':')
			return STATE_TRAILER_VALUE;
		return http_char_token[byte] ? STATE_TRAILER_NAME : STATE_BAD;
	}
	if (state == STATE_TRAILER_VALUE) {
		if (byte == '\r')
			return STATE_TRAILER_LF;
		return is_text(byte) ? STATE_TRAILER_VALUE : STATE_BAD;
	}
	return byte == '\n' ? STATE_TRAILER : STATE_BAD;
}

/* http_chunk_skip; what is data goes to DATA too, unless that is NULL. */
static enum http_chunk_result
read_chunks(struct http_chunk *chunk, struct span bytes, size_t *used,
    uint64_t *total, struct http_text *data)
{
	size_t at = 0;

	while (at < bytes.len && chunk->state != STATE_BAD) {
		if (chunk->state == STATE_DATA) {
			uint64_t part = bytes.len - at < chunk->left
			                    ? bytes.len - at
			                    : chunk->left;

			if (data != NULL)
				http_text_bytes(
				    data, bytes.data + at, (size_t)part);
			at += (size_t)part;
			chunk->left -= part;
			if (chunk->left == 0)
				chunk->state = STATE_DATA_CR;
			continue;
		}
		uint8_t byte = bytes.data[at++];
		unsigned max = chunk->is_last ? TRAILERS_MAX : SIZE_LINE_MAX;

		if (chunk->state == STATE_END_LF && byte == '\n') {
			*used = at;
			return HTTP_CHUNK_DONE;
		}
		enum state next =
		    ++chunk->line_len > max ? STATE_BAD
		    : chunk->is_last
		        ? read_trailer((enum state)chunk->state, byte)
		        : read_framing(chunk, byte, total);

		chunk->state = (uint8_t)next;
	}
	*used = at;
	return chunk->state == STATE_BAD ? HTTP_CHUNK_BAD : HTTP_CHUNK_MORE;
}

enum http_chunk_result
http_chunk_skip(
    struct http_chunk *chunk, struct span bytes, size_t *used, uint64_t *total)
{
	return read_chunks(chunk, bytes, used, total, NULL);
}

enum http_chunk_result
http_chunk_read(struct http_chunk *chunk, struct span bytes, size_t *used,
    struct space out, size_t *len)
{
	struct http_text data = {.space = out};
	uint64_t total = 0;
	enum http_chunk_result result =
	    read_chunks(chunk, bytes, used, &total, &data);

	*len = data.len;
	return result;
}

size_t
http_chunk_decode(struct span bytes, struct space out)
{
	struct http_chunk chunk = {0};
	size_t used, len;

	(void)!http_chunk_read(&chunk, bytes, &used, out, &len);
	return len;
}
