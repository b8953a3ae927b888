/* small_chargen.c — the Character Generator Protocol: enough of it. */
#include "client/small/small_chargen.h"

#include "client/complain.h"
#include "client/dissect/dissect_small.h"
#include "client/member.h"
#include "client/plain_stream.h"
#include "client/small/small_answer.h"
#include "client/verb.h"

#include <inttypes.h>

enum {
	PORT = 19,
	LINES = 10, /* unless -c has it otherwise */
	LINE_MAX_LEN = 4096,
	KEPT_MAX = 65536, /* to be shown as a message, or in JSON */
	PIECE_MAX = 4096,
};

struct chargen {
	struct small small;
	uint64_t lines, wanted, bytes;
	size_t line_len; /* of the one that has begun */
	struct plain_stream stream;
	uint8_t kept[KEPT_MAX];
	size_t kept_len;
};

/* Counts lines in PIECE up to the last that is wanted: how much of it that is.
 */
static size_t
count(struct chargen *chargen, struct span piece)
{
	size_t at = 0;

	while (at < piece.len && chargen->lines < chargen->wanted &&
	       chargen->line_len <= LINE_MAX_LEN) {
		bool is_end = piece.data[at++] == '\n';

		chargen->lines += is_end;
		chargen->line_len = is_end ? 0 : chargen->line_len + 1;
	}
	return at;
}

static void
take(struct chargen *chargen, struct span piece)
{
	size_t room = KEPT_MAX - chargen->kept_len;
	size_t len = piece.len < room ? piece.len : room;

	memcpy(chargen->kept + chargen->kept_len, piece.data, len);
	chargen->kept_len += len;
	chargen->bytes += piece.len;
	if (chargen->small.options->is_json)
		return;
	plain_stream_write(&chargen->stream, chargen->small.screen.out, piece);
	fflush(chargen->small.screen.out);
}

static int
read_stream(struct chargen *chargen)
{
	struct small *small = &chargen->small;
	uint8_t bytes[PIECE_MAX];
	int result = small_connect(small);

	while (result == VERB_GOOD && chargen->lines < chargen->wanted) {
		struct span piece = {bytes, 0};
		uint64_t before = chargen->lines;

		result = reach_receive(&small->reach,
		    (struct space){bytes, sizeof(bytes)}, &piece.len);
		if (result != VERB_GOOD)
			break;
		if (piece.len == 0)
			return complain(VERB_MALFORMED,
			    "%s: truncated: closed after %" PRIu64
			    " of %" PRIu64 " lines",
			    small->reach.name, chargen->lines, chargen->wanted);
		piece.len = count(chargen, piece);
		take(chargen, piece);
		/* --timeout is for a line, not for each of its bytes. */
		if (chargen->lines > before)
			reach_renew(&small->reach, small->options);
		if (chargen->line_len > LINE_MAX_LEN)
			return complain(VERB_MALFORMED,
			    "%s: a line is longer than %d bytes",
			    small->reach.name, (int)LINE_MAX_LEN);
	}
	return result;
}

static int
read_datagrams(struct chargen *chargen)
{
	uint8_t bytes[SMALL_ANSWER_MAX];
	int result = VERB_GOOD;

	while (result == VERB_GOOD && chargen->lines < chargen->wanted) {
		struct span piece = {bytes, 0};

		result = small_answer_get(&chargen->small,
		    (struct space){bytes, sizeof(bytes)}, &piece.len);
		if (result != VERB_GOOD)
			break;
		/* RFC 864: 0 to 512 characters, at random. */
		chargen->lines++;
		take(chargen, piece);
		if (!chargen->small.options->is_json &&
		    (piece.len == 0 || bytes[piece.len - 1] != '\n')) {
			plain_stream_end(
			    &chargen->stream, chargen->small.screen.out);
			fputc('\n', chargen->small.screen.out);
		}
	}
	return result;
}

static json_t *
show(struct chargen *chargen)
{
	struct small *small = &chargen->small;
	bool is_tcp = small->transport == TRANSPORT_TCP;
	json_t *object = small_object(small);
	struct span kept = {chargen->kept, chargen->kept_len};

	plain_stream_end(&chargen->stream, small->screen.out);
	if (is_tcp && kept.len > 0)
		exchange_received(&small->exchange, "Text", small->reach.name,
		    kept, small->dissect);
	if (object == NULL)
		return NULL;
	member_number(
	    object, is_tcp ? "lines" : "datagrams", (int64_t)chargen->lines);
	member_number(object, "bytes", (int64_t)chargen->bytes);
	small_member(object, "text", kept);
	return object;
}

int
small_chargen(const struct options *options, const char *host)
{
	struct chargen chargen = {.wanted = options->count};
	struct small *small = &chargen.small;
	json_t *object = NULL;
	int result = small_open(small, options, host, PORT, dissect_small_text);

	if (result != VERB_GOOD)
		return result;
	bool is_tcp = small->transport == TRANSPORT_TCP;

	if (chargen.wanted == 0)
		chargen.wanted = is_tcp ? LINES : 1;
	result = is_tcp ? read_stream(&chargen) : read_datagrams(&chargen);
	if (chargen.lines > 0 || chargen.bytes > 0)
		object = show(&chargen);
	return small_close(small, object, result);
}
