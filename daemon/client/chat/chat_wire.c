/* chat_wire.c — lines to and from one host, by TCP or UDP. */
#include "client/chat/chat_wire.h"

#include <errno.h>
#include <limits.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

enum {
	SAID_MAX = 2048,    /* what one call says, at most */
	KEEPALIVE_IDLE = 5, /* seconds */
	KEEPALIVE_EACH = 5,
	KEEPALIVE_COUNT = 2,
};

static bool
is_stream(const struct chat_wire *wire)
{
	return wire->reach.transport == TRANSPORT_TCP;
}

static void
set(int fd, int level, int name, int value)
{
	/* Where the kernel will not, the connection is no worse for it. */
	(void)setsockopt(fd, level, name, &value, sizeof(value));
}

void
chat_wire_open(struct chat_wire *wire, const struct reach *reach)
{
	wire->reach = *reach;
	wire->is_ended = wire->is_closing = false;
	wire->error = 0;
	wire->inbox.taken = wire->inbox.len = 0;
	wire->inbox.has_ends = false;
	wire->out_len = 0;
	wire->heard_ms = wire->said_ms = reach_now_ms();
	if (!is_stream(wire))
		return;
	set(reach->fd, SOL_SOCKET, SO_KEEPALIVE, 1);
	set(reach->fd, IPPROTO_TCP, TCP_KEEPIDLE, KEEPALIVE_IDLE);
	set(reach->fd, IPPROTO_TCP, TCP_KEEPINTVL, KEEPALIVE_EACH);
	set(reach->fd, IPPROTO_TCP, TCP_KEEPCNT, KEEPALIVE_COUNT);
	set(reach->fd, IPPROTO_TCP, TCP_USER_TIMEOUT, CHAT_WIRE_LOST_MS);
	set(reach->fd, IPPROTO_TCP, TCP_NODELAY, 1);
}

void
chat_wire_close(struct chat_wire *wire)
{
	reach_close(&wire->reach);
}

void
chat_wire_put(struct chat_wire *wire, struct span bytes)
{
	struct space space = chat_inbox_space(&wire->inbox);

	if (bytes.len > space.cap)
		return;
	memcpy(space.data, bytes.data, bytes.len);
	chat_inbox_put(&wire->inbox, bytes.len);
}

struct pollfd
chat_wire_watch(const struct chat_wire *wire)
{
	return (struct pollfd){
	    .fd = wire->reach.fd,
	    .events = (short)((wire->is_ended ? 0 : POLLIN) |
	                      (wire->out_len > 0 ? POLLOUT : 0)),
	};
}

/* Bytes without an end are there, of a host that knows none. */
static bool
has_bare_rest(const struct chat_wire *wire)
{
	return is_stream(wire) && !wire->inbox.has_ends &&
	       chat_inbox_has_rest(&wire->inbox);
}

int
chat_wire_wait_ms(const struct chat_wire *wire)
{
	if (wire->is_ended)
		return 0;
	if (!has_bare_rest(wire))
		return -1;
	int64_t left = wire->heard_ms + CHAT_WIRE_QUIET_MS - reach_now_ms();

	return left < 0 ? 0 : (int)left;
}

int
chat_wire_sooner(int wait_ms, int64_t due_ms)
{
	int64_t left =
	    due_ms == INT64_MAX ? INT64_MAX : due_ms - reach_now_ms();

	if (left < 0)
		return 0;
	if (wait_ms >= 0 && wait_ms < left)
		return wait_ms;
	return left > INT_MAX ? -1 : (int)left;
}

static void
end(struct chat_wire *wire, int error)
{
	wire->is_ended = true;
	wire->error = error;
	wire->out_len = 0;
}

static bool
is_not_ready(void)
{
	return errno == EAGAIN || errno == EINTR;
}

static void
hear(struct chat_wire *wire)
{
	struct space space = chat_inbox_space(&wire->inbox);

	/* A datagram is not put behind another. */
	if (wire->is_ended || space.cap == 0 ||
	    (!is_stream(wire) && space.cap < CHAT_INBOX_MAX))
		return;
	ssize_t len = recv(wire->reach.fd, space.data, space.cap, MSG_DONTWAIT);

	if (len == -1) {
		if (!is_not_ready())
			end(wire, errno);
		return;
	}
	wire->heard_ms = reach_now_ms();
	if (!is_stream(wire))
		wire->inbox.has_ends = false;
	else if (len == 0)
		end(wire, 0);
	chat_inbox_put(&wire->inbox, (size_t)len);
}

static void
flush(struct chat_wire *wire)
{
	while (wire->out_len > 0) {
		ssize_t len = send(wire->reach.fd, wire->out, wire->out_len,
		    MSG_NOSIGNAL | MSG_DONTWAIT);

		if (len == -1) {
			/* What it has said before is still to be read. */
			if (!is_not_ready())
				wire->out_len = 0;
			return;
		}
		wire->out_len -= (size_t)len;
		memmove(wire->out, wire->out + len, wire->out_len);
	}
	if (wire->is_closing)
		reach_finish(&wire->reach);
}

void
chat_wire_work(struct chat_wire *wire)
{
	if (is_stream(wire))
		flush(wire);
	hear(wire);
}

bool
chat_wire_next(struct chat_wire *wire, struct span *line)
{
	bool is_last =
	    wire->is_ended || !is_stream(wire) || chat_wire_wait_ms(wire) == 0;

	return chat_inbox_next(&wire->inbox, is_last, line);
}

void
chat_wire_say(struct chat_wire *wire, struct span bytes)
{
	wire->said_ms = reach_now_ms();
	if (wire->is_ended || wire->is_closing)
		return;
	if (!is_stream(wire)) {
		/* An error is of what was sent before: nobody is there. */
		if (send(wire->reach.fd, bytes.data, bytes.len,
		        MSG_NOSIGNAL | MSG_DONTWAIT) == -1 &&
		    !is_not_ready())
			end(wire, errno);
		return;
	}
	if (bytes.len > sizeof(wire->out) - wire->out_len)
		return;
	memcpy(wire->out + wire->out_len, bytes.data, bytes.len);
	wire->out_len += bytes.len;
	flush(wire);
}

void
chat_wire_say_line(struct chat_wire *wire, struct span text)
{
	uint8_t line[SAID_MAX];
	size_t len = text.len < sizeof(line) ? text.len : sizeof(line) - 1;

	memcpy(line, text.data, len);
	line[len] = '\n';
	chat_wire_say(wire, (struct span){line, len + 1});
}

bool
chat_wire_has_room(const struct chat_wire *wire)
{
	return sizeof(wire->out) - wire->out_len >= SAID_MAX;
}

void
chat_wire_finish(struct chat_wire *wire)
{
	if (wire->is_closing)
		return;
	wire->is_closing = true;
	if (is_stream(wire) && !wire->is_ended)
		flush(wire);
}

const char *
chat_wire_why(const struct chat_wire *wire)
{
	return wire->error == 0 ? "it has closed the connection"
	                        : strerror(wire->error);
}
