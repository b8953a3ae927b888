/* small_discard.c — the Discard Protocol: no answer is a good one. */
#include "client/small/small_discard.h"

#include "client/complain.h"
#include "client/dissect/dissect_small.h"
#include "client/member.h"
#include "client/small/small.h"
#include "client/small/small_lines.h"
#include "client/verb.h"

#include <inttypes.h>
#include <poll.h>

enum {
	PORT = 9,
	/* How long a host may take to say that nobody listens there. */
	SILENCE_MS = 300,
};

struct discard {
	struct small small;
	uint64_t bytes;
};

static int
say(void *context, struct span text)
{
	struct discard *discard = context;
	struct small *small = &discard->small;

	/* By UDP a line is a datagram, without its end. */
	if (small->transport == TRANSPORT_UDP && text.len > 0 &&
	    text.data[text.len - 1] == '\n')
		text.len--;
	discard->bytes += text.len;
	reach_renew(&small->reach, small->options);
	return small_send(small, text);
}

static int
spoke(const struct discard *discard)
{
	return complain(VERB_MALFORMED, "%s: answered, and does not discard",
	    discard->small.reach.name);
}

/* TCP: it has all when it ends the connection as well. */
static int
await_end(struct discard *discard)
{
	uint8_t byte;
	size_t len;

	reach_finish(&discard->small.reach);
	int result = reach_receive(
	    &discard->small.reach, (struct space){&byte, sizeof(byte)}, &len);

	return result == VERB_GOOD && len > 0 ? spoke(discard) : result;
}

/* UDP: it has all, as far as anybody can tell, when nothing comes. */
static int
await_silence(struct discard *discard)
{
	struct reach *reach = &discard->small.reach;
	struct pollfd one = {.fd = reach->fd, .events = POLLIN};
	int left = reach_left_ms(reach);
	uint8_t byte;
	size_t len;

	if (poll(&one, 1, left < SILENCE_MS ? left : SILENCE_MS) <= 0)
		return VERB_GOOD;
	int result =
	    reach_receive(reach, (struct space){&byte, sizeof(byte)}, &len);

	return result == VERB_GOOD ? spoke(discard) : result;
}

static json_t *
show(const struct discard *discard)
{
	const struct small *small = &discard->small;
	json_t *object = small_object(small);

	if (object != NULL)
		member_number(object, "bytes", (int64_t)discard->bytes);
	else if (small->options->is_short)
		fprintf(small_out(small), "%" PRIu64 "\n", discard->bytes);
	else
		fprintf(small_out(small), "%" PRIu64 " bytes sent to %s\n",
		    discard->bytes, small->reach.name);
	return object;
}

int
small_discard(const struct options *options, char **arguments)
{
	struct discard discard = {0};
	struct small *small = &discard.small;
	json_t *object = NULL;
	int result =
	    small_open(small, options, arguments[0], PORT, dissect_small_text);

	if (result == VERB_GOOD)
		result = small_connect(small);
	if (result == VERB_GOOD)
		result = small_lines(arguments[1], say, &discard);
	if (result == VERB_GOOD)
		result = small->transport == TRANSPORT_TCP
		             ? await_end(&discard)
		             : await_silence(&discard);
	if (result == VERB_GOOD)
		object = show(&discard);
	return small_close(small, object, result);
}
