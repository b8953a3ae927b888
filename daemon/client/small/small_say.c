/* small_say.c — echo and upper. */
#include "client/small/small_say.h"

#include "client/complain.h"
#include "client/dissect/dissect_small.h"
#include "client/plain.h"
#include "client/small/small.h"
#include "client/small/small_lines.h"
#include "client/verb.h"

/* Capitals can be longer than their letters, by upper_text.h three times. */
enum { ANSWER_MAX = 4 * SMALL_TEXT_MAX };

struct say {
	struct small small;
	bool is_same;
	struct span text; /* said now */
	uint8_t answer[ANSWER_MAX];
};

static bool
ends_line(struct span text)
{
	return text.len > 0 && text.data[text.len - 1] == '\n';
}

static bool
is_whole(const void *context, struct span answer)
{
	const struct say *say = context;

	return say->is_same ? answer.len >= say->text.len
	                    : ends_line(say->text) && ends_line(answer);
}

static struct span
without_end(struct span text)
{
	if (ends_line(text))
		text.len--;
	return text;
}

static int
show(struct say *say, struct span answer)
{
	json_t *object = small_object(&say->small);

	if (object != NULL) {
		small_member(object, "text", without_end(say->text));
		small_member(object, "answer", without_end(answer));
	} else {
		FILE *out = small_out(&say->small);

		plain_write_lines(out, without_end(answer));
		fputc('\n', out);
		fflush(out);
	}
	return small_print(&say->small, object);
}

/* By UDP each text has a socket of its own: a late answer to another one does
 * not find it. */
static int
say_datagram(struct say *say, size_t *len)
{
	int result = small_connect(&say->small);

	if (result != VERB_GOOD)
		return result;
	say->text = without_end(say->text);
	return small_ask(&say->small, say->text,
	    (struct space){say->answer, sizeof(say->answer)}, len);
}

static int
say_stream(struct say *say, size_t *len)
{
	struct small *small = &say->small;
	int result = VERB_GOOD;

	if (small->reach.fd == -1)
		result = small_connect(small);
	else
		reach_renew(&small->reach, small->options);
	if (result == VERB_GOOD)
		result = small_send(small, say->text);
	if (result != VERB_GOOD)
		return result;
	/* Nothing in it says when the answer is whole. */
	if (!say->is_same && !ends_line(say->text))
		reach_finish(&small->reach);
	return small_read(small,
	    (struct space){say->answer, sizeof(say->answer)}, is_whole, say,
	    len);
}

static int
say_text(void *context, struct span text)
{
	struct say *say = context;
	size_t len = 0;

	say->text = text;
	bool is_udp = say->small.transport == TRANSPORT_UDP;

	if (!is_udp && text.len == 0)
		return complain(VERB_USAGE, "there is nothing to say");
	int result = is_udp ? say_datagram(say, &len) : say_stream(say, &len);
	struct span answer = {say->answer, len};

	if (len == 0 && (result != VERB_GOOD || say->text.len > 0))
		return result != VERB_GOOD
		           ? result
		           : complain(VERB_MALFORMED, "%s: the answer is empty",
		                 say->small.reach.name);
	int shown = show(say, answer);

	if (result == VERB_GOOD && say->is_same &&
	    (len != say->text.len ||
	        memcmp(answer.data, say->text.data, len) != 0))
		return complain(VERB_MALFORMED,
		    "%s: what came back is not what was said",
		    say->small.reach.name);
	if (result == VERB_GOOD && len == sizeof(say->answer))
		return complain(VERB_MALFORMED,
		    "%s: the answer does not end after %d bytes",
		    say->small.reach.name, (int)ANSWER_MAX);
	return result == VERB_GOOD ? shown : result;
}

int
small_say(const struct options *options, char **arguments, uint16_t port,
    bool is_same)
{
	struct say say = {.is_same = is_same};
	int result = small_open(
	    &say.small, options, arguments[0], port, dissect_small_text);

	if (result == VERB_GOOD)
		result = small_lines(arguments[1], say_text, &say);
	return small_close(&say.small, NULL, result);
}
