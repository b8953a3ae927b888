/* chat_pair.c — two people and no server. */
#include "client/chat/chat_pair.h"

#include "client/chat/chat_discover.h"
#include "client/chat/chat_pair_hear.h"
#include "client/chat/chat_pair_inside.h"
#include "client/chat/chat_pair_meet.h"
#include "client/verb.h"
#include "services/chat/chat_command.h"
#include "services/chat/chat_line.h"
#include "services/chat/chat_text.h"

#include <stdint.h>
#include <string.h>

/* -------------------------------------------------------------------- timers
 */

/* Both say from time to time that they are there. */
static bool
has_pulse(const struct chat_pair *pair)
{
	return chat_pair_inside_is_udp(pair) && !pair->is_bare;
}

/* When something has to be done although nothing has come. */
static int64_t
due_ms(const struct chat_pair *pair)
{
	int64_t alive_ms = pair->wire.said_ms + CHAT_PAIR_ALIVE_MS;
	int64_t lost_ms = pair->wire.heard_ms + CHAT_WIRE_LOST_MS;

	switch (pair->state) {
	case CHAT_PAIR_WAITING:
		return pair->announce.next_ms;
	case CHAT_PAIR_NAMING:
		return pair->name_ms < pair->deadline_ms ? pair->name_ms
		                                         : pair->deadline_ms;
	case CHAT_PAIR_TALKING:
		if (reach_now_ms() < pair->gap_ms)
			return pair->gap_ms;
		if (!has_pulse(pair))
			return INT64_MAX;
		return alive_ms < lost_ms ? alive_ms : lost_ms;
	case CHAT_PAIR_LEAVING:
		return pair->deadline_ms;
	case CHAT_PAIR_OVER:
		break;
	}
	return 0;
}

static void
keep_alive(struct chat_pair *pair, int64_t now_ms)
{
	if (now_ms >= pair->wire.heard_ms + CHAT_WIRE_LOST_MS)
		chat_pair_meet_fail(pair, VERB_NO_REPLY,
		    chat_self_name(&pair->other),
		    span_of("nothing was heard any more"));
	else
		chat_wire_say(&pair->wire, span_of(""));
}

static void
look_at_clock(struct chat_pair *pair)
{
	int64_t now_ms = reach_now_ms();

	if (pair->state == CHAT_PAIR_WAITING || pair->state == CHAT_PAIR_OVER ||
	    now_ms < due_ms(pair))
		return;
	if (pair->state == CHAT_PAIR_LEAVING)
		chat_pair_meet_finish(pair, VERB_GOOD);
	else if (pair->state == CHAT_PAIR_TALKING && has_pulse(pair))
		keep_alive(pair, now_ms);
	else if (pair->state == CHAT_PAIR_NAMING && now_ms >= pair->deadline_ms)
		chat_pair_meet_give_up(pair, "no answer in time");
	else if (pair->state == CHAT_PAIR_NAMING)
		chat_pair_meet_call(pair);
}

/* ------------------------------------------------------------- the console's
 */

static unsigned
watch(void *context, struct pollfd *fds, int *wait_ms)
{
	const struct chat_pair *pair = context;
	unsigned count = 0;

	if (pair->is_listener)
		count = chat_listen_watch(&pair->listener, fds);
	*wait_ms = -1;
	if (pair->state == CHAT_PAIR_WAITING) {
		count += chat_multicast_watch(
		    &pair->announce.multicast, fds + count);
	} else {
		fds[count++] = chat_wire_watch(&pair->wire);
		*wait_ms = chat_wire_wait_ms(&pair->wire);
	}
	*wait_ms = chat_wire_sooner(*wait_ms, due_ms(pair));
	return count;
}

static bool
work(void *context, const struct pollfd *fds)
{
	struct chat_pair *pair = context;

	(void)fds;
	if (pair->state == CHAT_PAIR_WAITING)
		chat_pair_meet_wait(pair);
	else if (pair->is_listener)
		chat_listen_refuse(&pair->listener, &pair->wire.reach.peer);
	if (pair->state != CHAT_PAIR_WAITING && pair->state != CHAT_PAIR_OVER) {
		chat_wire_work(&pair->wire);
		chat_pair_hear(pair);
	}
	look_at_clock(pair);
	return pair->state != CHAT_PAIR_OVER;
}

static bool
listens(void *context, bool is_terminal)
{
	const struct chat_pair *pair = context;

	if (pair->state == CHAT_PAIR_WAITING)
		return is_terminal;
	return pair->state == CHAT_PAIR_TALKING &&
	       chat_wire_has_room(&pair->wire) &&
	       reach_now_ms() >= pair->gap_ms;
}

/* Says TEXT to the other, without what no terminal may get. */
static void
say(struct chat_pair *pair, struct span text)
{
	uint8_t clean[CHAT_INBOX_MAX];
	const size_t max = chat_pair_inside_is_udp(pair)
	                       ? CHAT_WIRE_DATAGRAM_MAX
	                       : CHAT_LINE_MAX;
	size_t len = 0;

	if (text.len > max)
		chat_console_tell(
		    &pair->console, "! too long: %zu bytes at most", max);
	else if (!chat_text_clean(
	             text, (struct space){clean, sizeof(clean)}, &len))
		chat_console_tell(&pair->console, "! not UTF-8");
	else if (chat_pair_inside_is_udp(pair))
		chat_wire_say(&pair->wire, (struct span){clean, len});
	else
		chat_wire_say_line(&pair->wire, (struct span){clean, len});
}

static void
said(void *context, struct span line)
{
	struct chat_pair *pair = context;
	struct chat_command command = chat_command_read(line);

	if (command.kind == CHAT_COMMAND_QUIT)
		chat_pair_meet_leave(pair);
	else if (command.kind == CHAT_COMMAND_NOTHING)
		return;
	else if (pair->state != CHAT_PAIR_TALKING)
		chat_console_tell(&pair->console, "! nobody is here yet");
	else if (command.is_typed)
		chat_console_tell(&pair->console,
		    "! there is no server: /quit and [e] leave, //TEXT says "
		    "/TEXT");
	else
		say(pair, command.text);
}

static void
left(void *context)
{
	chat_pair_meet_leave(context);
}

static int
run(struct chat_pair *pair)
{
	const struct chat_console_talk talk = {
	    .context = pair,
	    .watch = watch,
	    .work = work,
	    .listens = listens,
	    .said = said,
	    .left = left,
	};
	int result = chat_console_open(&pair->console, pair->options);

	if (result == VERB_GOOD) {
		if (pair->is_listener)
			chat_console_tell(&pair->console,
			    "* waiting on port %u, %s, as %.*s: [e] ends",
			    pair->listener.port,
			    pair->listener.transport == TRANSPORT_TCP ? "TCP"
			                                              : "UDP",
			    (int)pair->name.len, (const char *)pair->name.data);
		chat_console_run(&pair->console, &talk);
		result = pair->status;
	}
	chat_console_close(&pair->console);
	return result;
}

int
chat_pair_listen(const struct options *options, const struct chat_self *self)
{
	struct chat_pair pair = {
	    .options = options,
	    .name = chat_self_name(self),
	    .is_listener = true,
	    .state = CHAT_PAIR_WAITING,
	    .wire.reach.fd = -1,
	};
	int result = chat_listen_open(&pair.listener, options);

	if (result != VERB_GOOD)
		return result;
	struct chat_beacon beacon = {
	    .transport = pair.listener.transport,
	    .port = pair.listener.port,
	    .name_len = self->len,
	};

	memcpy(beacon.name, self->bytes, self->len);
	result = chat_announce_open(&pair.announce, options, &beacon);
	if (result == VERB_GOOD)
		result = run(&pair);
	chat_announce_close(&pair.announce);
	chat_wire_close(&pair.wire);
	chat_listen_close(&pair.listener);
	return result;
}

/* Connects REACH with whoever waits at PLACE. */
static int
dial(struct reach *reach, const struct options *options, const char *place)
{
	enum transport transport = options->transport == OPTIONS_BY_UDP
	                               ? TRANSPORT_UDP
	                               : TRANSPORT_TCP;
	char found[ADDR_TEXT_MAX];
	struct reach_place host;
	int result = VERB_GOOD;

	if (*place == '@') {
		result = chat_discover_find(
		    options, span_of(place + 1), found, &transport);
		place = found;
	}
	if (result == VERB_GOOD)
		result =
		    reach_place_read(place, options, CHAT_LISTEN_PORT, &host);
	if (result == VERB_GOOD)
		result = reach_open(reach, options, &host, transport);
	return result;
}

int
chat_pair_call(const struct options *options, const char *place,
    const struct chat_self *self)
{
	struct chat_pair pair = {
	    .options = options,
	    .name = chat_self_name(self),
	};
	struct reach reach;
	int result = dial(&reach, options, place);

	if (result != VERB_GOOD)
		return result;
	chat_pair_meet_begin(&pair, &reach);
	chat_pair_meet_call(&pair);
	result = run(&pair);
	chat_wire_close(&pair.wire);
	return result;
}
