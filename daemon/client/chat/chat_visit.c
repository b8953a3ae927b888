/* chat_visit.c — the chat of a server. */
#include "client/chat/chat_visit.h"

#include "client/chat/chat_console.h"
#include "client/chat/chat_pace.h"
#include "client/chat/chat_wire.h"
#include "client/complain.h"
#include "client/verb.h"
#include "services/chat/chat_command.h"
#include "services/chat/chat_cookie.h"
#include "services/chat/chat_line.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum {
	/* A datagram of so many bytes may be answered with a cookie
	 * (chat_cookie.h), the line's end included. */
	JOIN_LEN = 40,
	COOKIE_TRIES_MAX = 3,
	JOIN_TRIES = 4, /* in even parts of the timeout */
	/* UDP: how long neither we nor the server are silent; it takes us for
	 * gone after 120 s (chat_udp_idle). */
	PING_MS = 40000,
	PING_AGAIN_MS = 5000,
	PINGS_MAX = 3,
};

struct visit {
	struct chat_console console;
	struct chat_wire wire;
	struct chat_pace pace;
	const struct options *options;
	struct span name;
	bool has_joined; /* the server has said something */
	bool is_leaving; /* the user has had enough, until … */
	int64_t leave_ms;
	int64_t join_ms; /* UDP: when the name goes out again */
	unsigned cookies;
	unsigned pings; /* that nothing came after */
	int64_t ping_ms;
	bool is_refused; /* the last that the server said was an error */
	bool is_over;
	int status;
};

static bool
is_udp(const struct visit *visit)
{
	return visit->wire.reach.transport == TRANSPORT_UDP;
}

static void
finish(struct visit *visit, int status)
{
	visit->is_over = true;
	visit->status = status;
}

/* ------------------------------------------------------------ coming, going */

static void
leave(struct visit *visit)
{
	visit->is_leaving = true;
	visit->leave_ms = reach_now_ms() + visit->options->timeout_ms;
	chat_wire_finish(&visit->wire);
}

/* Says the name, by UDP in a datagram to which a cookie may be the answer. */
static void
join(struct visit *visit)
{
	char text[2 * CHAT_NAME_SIZE + JOIN_LEN];
	/* The second time it would be a message, had the first been heard. */
	bool is_again = visit->join_ms != 0;
	int len =
	    snprintf(text, sizeof(text), "%s%.*s", is_again ? "/nick " : "",
	        (int)visit->name.len, (const char *)visit->name.data);

	if (is_udp(visit)) {
		while (len < JOIN_LEN - 1)
			text[len++] = ' ';
		visit->join_ms =
		    reach_now_ms() + visit->options->timeout_ms / JOIN_TRIES;
	}
	chat_wire_say_line(
	    &visit->wire, (struct span){(const uint8_t *)text, (size_t)len});
}

/* Sends back the cookie that LINE has; false: it has none. */
static bool
prove(struct visit *visit, struct span line)
{
	char text[2 * CHAT_NAME_SIZE];
	struct span cookie;

	if (!is_udp(visit) || visit->has_joined ||
	    visit->cookies == COOKIE_TRIES_MAX ||
	    !chat_cookie_find(line, &cookie))
		return false;
	visit->cookies++;
	snprintf(text, sizeof(text), "/cookie %.*s %.*s", (int)cookie.len,
	    (const char *)cookie.data, (int)visit->name.len,
	    (const char *)visit->name.data);
	chat_wire_say_line(&visit->wire, span_of(text));
	return true;
}

/* ------------------------------------------------------------------- hearing
 */

/* By UDP nothing else says that the server has ended it; nobody may be called
 * what these begin with (chat_name.h). */
static bool
is_end(struct span line)
{
	static const char *const ends[] = {
	    "* the server stops",
	    "* the server is reloaded: ",
	    "* you were silent for too long: ",
	    "* goodbye",
	    "! too fast",
	    "! too many from your address",
	    "! the chat is full",
	};

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (span_begins(line, ends[i]))
			return true;
	return false;
}

/* The server has ended the chat. */
static void
end(struct visit *visit, const char *why)
{
	struct chat_console *console = &visit->console;
	const char *server = visit->wire.reach.name;

	visit->is_over = true;
	if (visit->is_leaving)
		visit->status = VERB_GOOD;
	else if (visit->is_refused)
		visit->status = chat_console_complain(console, VERB_NEGATIVE,
		    "%s: the server has ended the chat", server);
	else
		visit->status = chat_console_complain(
		    console, VERB_NO_REPLY, "%s: %s", server, why);
}

static void
hear(struct visit *visit, struct span line)
{
	bool is_pong = visit->pings > 0 && span_begins(line, "* pong");

	visit->pings = 0;
	if (is_pong || prove(visit, line))
		return;
	visit->has_joined = true;
	visit->is_refused = span_begins(line, "! ");
	chat_console_show(&visit->console, line);
	if (is_udp(visit) && is_end(line))
		visit->wire.is_ended = true;
}

/* -------------------------------------------------------------------- timers
 */

/* When the server is to be asked whether it is there, and by that to know that
 * we are. */
static int64_t
next_ping_ms(const struct visit *visit)
{
	const struct chat_wire *wire = &visit->wire;
	int64_t quiet =
	    wire->said_ms < wire->heard_ms ? wire->said_ms : wire->heard_ms;
	int64_t next = quiet + PING_MS;

	return next > visit->ping_ms + PING_AGAIN_MS
	           ? next
	           : visit->ping_ms + PING_AGAIN_MS;
}

static void
ping(struct visit *visit, int64_t now_ms)
{
	if (visit->pings == PINGS_MAX) {
		visit->is_refused = false;
		end(visit, "no answer any more");
		return;
	}
	visit->pings++;
	visit->ping_ms = now_ms;
	chat_wire_say(&visit->wire, span_of("/ping\n"));
}

/* When something has to be done although nothing has come. */
static int64_t
due_ms(const struct visit *visit)
{
	if (visit->is_leaving)
		return visit->leave_ms;
	if (!visit->has_joined)
		return is_udp(visit) &&
		               visit->join_ms < visit->wire.reach.deadline_ms
		           ? visit->join_ms
		           : visit->wire.reach.deadline_ms;
	return is_udp(visit) ? next_ping_ms(visit) : INT64_MAX;
}

static void
look_at_clock(struct visit *visit)
{
	int64_t now_ms = reach_now_ms();

	if (visit->is_over || now_ms < due_ms(visit))
		return;
	if (visit->is_leaving)
		finish(visit, VERB_GOOD);
	else if (visit->has_joined)
		ping(visit, now_ms);
	else if (now_ms >= visit->wire.reach.deadline_ms)
		end(visit, "no answer in time");
	else
		join(visit);
}

/* ------------------------------------------------------------- the console's
 */

static unsigned
watch(void *context, struct pollfd *fds, int *wait_ms)
{
	const struct visit *visit = context;
	int64_t due = due_ms(visit);
	int pause_ms = chat_pace_wait_ms(&visit->pace);

	fds[0] = chat_wire_watch(&visit->wire);
	*wait_ms = chat_wire_sooner(chat_wire_wait_ms(&visit->wire), due);
	if (!visit->console.is_edited && pause_ms > 0)
		*wait_ms =
		    chat_wire_sooner(*wait_ms, reach_now_ms() + pause_ms);
	return 1;
}

static bool
work(void *context, const struct pollfd *fds)
{
	struct visit *visit = context;
	struct span line;

	(void)fds;
	chat_wire_work(&visit->wire);
	while (!visit->is_over && chat_wire_next(&visit->wire, &line))
		hear(visit, line);
	if (visit->wire.is_ended && !visit->is_over)
		end(visit, chat_wire_why(&visit->wire));
	look_at_clock(visit);
	return !visit->is_over;
}

static bool
listens(void *context, bool is_terminal)
{
	const struct visit *visit = context;

	if (!is_terminal && chat_pace_wait_ms(&visit->pace) > 0)
		return false;
	/* Before the name has arrived, datagrams would be taken for it. */
	return visit->has_joined && chat_wire_has_room(&visit->wire);
}

static void
said(void *context, struct span line)
{
	struct visit *visit = context;
	const size_t max =
	    is_udp(visit) ? CHAT_WIRE_DATAGRAM_MAX : CHAT_LINE_MAX;

	if (line.len > max) {
		chat_console_tell(
		    &visit->console, "! too long: %zu bytes at most", max);
		return;
	}
	if (visit->is_leaving || line.len == 0)
		return;
	chat_wire_say_line(&visit->wire, line);
	chat_pace_say(&visit->pace);
	if (chat_command_read(line).kind == CHAT_COMMAND_QUIT)
		leave(visit);
}

static void
left(void *context)
{
	struct visit *visit = context;

	if (visit->is_leaving)
		return;
	chat_wire_say(&visit->wire, span_of("/quit\n"));
	leave(visit);
	if (!visit->has_joined)
		finish(visit, VERB_GOOD);
}

static int
talk(struct visit *visit)
{
	const struct chat_console_talk talk = {
	    .context = visit,
	    .watch = watch,
	    .work = work,
	    .listens = listens,
	    .said = said,
	    .left = left,
	};
	int result = chat_console_open(&visit->console, visit->options);

	if (result == VERB_GOOD) {
		join(visit);
		chat_console_run(&visit->console, &talk);
		result = visit->status;
	}
	chat_console_close(&visit->console);
	return result;
}

int
chat_visit_run(const struct options *options, const char *place,
    const struct chat_self *self)
{
	struct visit visit = {
	    .options = options,
	    .name = chat_self_name(self),
	};
	struct reach_place server;
	struct reach reach;
	int result = reach_place_read(place, options, CHAT_VISIT_PORT, &server);

	if (result == VERB_GOOD)
		result = reach_open(&reach, options, &server,
		    options->transport == OPTIONS_BY_UDP ? TRANSPORT_UDP
		                                         : TRANSPORT_TCP);
	if (result != VERB_GOOD)
		return result;
	chat_wire_open(&visit.wire, &reach);
	chat_pace_begin(&visit.pace, &reach.peer);
	result = talk(&visit);
	chat_wire_close(&visit.wire);
	return result;
}
