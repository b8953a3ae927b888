/* reach.c — a host and its service: found, connected to, spoken with. */
#include "client/reach.h"

#include "client/complain.h"
#include "client/reach_lookup.h"
#include "client/verb.h"

#include <errno.h>
#include <limits.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

int64_t
reach_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void
reach_renew(struct reach *reach, const struct options *options)
{
	reach->deadline_ms = reach_now_ms() + options->timeout_ms;
}

int
reach_left_ms(const struct reach *reach)
{
	if (reach->deadline_ms == INT64_MAX)
		return -1;
	int64_t left = reach->deadline_ms - reach_now_ms();

	return left < 0 ? 0 : left > INT_MAX ? INT_MAX : (int)left;
}

/* --------------------------------------------------------------- its address
 */

/* The addresses of PLACE, for freeaddrinfo; NULL: there are none, which has
 * been complained about. */
static struct addrinfo *
look_up(const struct reach *reach, const struct options *options,
    const struct reach_place *place)
{
	struct addrinfo *found = NULL;
	int error = reach_lookup(reach, options->family, place, &found);

	if (error == EAI_INPROGRESS)
		complain(VERB_NO_REPLY, "%s: no address was found in time",
		    place->host);
	else if (error != 0)
		complain(
		    VERB_NO_REPLY, "%s: %s", place->host, gai_strerror(error));
	return found;
}

/* ---------------------------------------------------------------- connecting
 */

bool
reach_await(const struct reach *reach, short events)
{
	struct pollfd one = {.fd = reach->fd, .events = events};

	for (;;) {
		int left = reach_left_ms(reach);

		/* Also where there is something: somebody may send for ever. */
		if (left == 0)
			return false;
		int ready = poll(&one, 1, left);

		if (ready > 0)
			return true;
		if (ready == 0 || errno != EINTR)
			return false;
	}
}

/* errno of what became of connect. */
static int
await_connected(const struct reach *reach)
{
	int error = 0;
	socklen_t len = sizeof(error);

	if (!reach_await(reach, POLLOUT))
		return ETIMEDOUT;
	if (getsockopt(reach->fd, SOL_SOCKET, SO_ERROR, &error, &len) == -1)
		return errno;
	return error;
}

/* 0, or errno, and the socket is closed. */
static int
connect_to(struct reach *reach, const struct addrinfo *found)
{
	int error = 0;
	char text[ADDR_TEXT_MAX];

	memcpy(&reach->peer, found->ai_addr, found->ai_addrlen);
	reach->peer.len = found->ai_addrlen;
	snprintf(reach->name, sizeof(reach->name), "%s, %s",
	    addr_format(&reach->peer, text),
	    reach->transport == TRANSPORT_TCP ? "TCP" : "UDP");
	reach->fd = socket(found->ai_family,
	    found->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (reach->fd == -1)
		return errno;
	if (connect(reach->fd, found->ai_addr, found->ai_addrlen) == -1)
		error = errno == EINPROGRESS ? await_connected(reach) : errno;
	if (error != 0)
		reach_close(reach);
	return error;
}

static void
find_local(struct reach *reach)
{
	reach->local.len = sizeof(reach->local.in6);
	if (getsockname(reach->fd, &reach->local.any, &reach->local.len) == -1)
		reach->local.len = 0;
}

int
reach_open(struct reach *reach, const struct options *options,
    const struct reach_place *place, enum transport transport)
{
	int error = 0;

	*reach = (struct reach){
	    .fd = -1,
	    .transport = transport,
	    .deadline_ms = reach_now_ms() + options->timeout_ms,
	};
	struct addrinfo *list = look_up(reach, options, place);

	if (list == NULL)
		return VERB_NO_REPLY;
	for (struct addrinfo *one = list; one != NULL && reach->fd == -1;
	     one = one->ai_next)
		error = connect_to(reach, one);
	freeaddrinfo(list);
	if (error != 0)
		return complain(
		    VERB_NO_REPLY, "%s: %s", reach->name, strerror(error));
	find_local(reach);
	return VERB_GOOD;
}

void
reach_close(struct reach *reach)
{
	if (reach->fd != -1)
		close(reach->fd);
	reach->fd = -1;
}

/* ------------------------------------------------------------------ speaking
 */

static int
no_answer(const struct reach *reach)
{
	return complain(VERB_NO_REPLY, "%s: no answer in time", reach->name);
}

static int
failed(const struct reach *reach)
{
	return complain(VERB_NO_REPLY, "%s: %s", reach->name, strerror(errno));
}

static bool
is_not_ready(void)
{
	return errno == EAGAIN || errno == EINTR;
}

int
reach_send(struct reach *reach, struct span bytes)
{
	do {
		ssize_t len =
		    send(reach->fd, bytes.data, bytes.len, MSG_NOSIGNAL);

		if (len == -1 && !is_not_ready())
			return failed(reach);
		if (len == -1 && !reach_await(reach, POLLOUT))
			return no_answer(reach);
		if (len > 0) {
			bytes.data += len;
			bytes.len -= (size_t)len;
		}
	} while (bytes.len > 0);
	return VERB_GOOD;
}

void
reach_finish(struct reach *reach)
{
	shutdown(reach->fd, SHUT_WR);
}

int
reach_receive(struct reach *reach, struct space space, size_t *len)
{
	for (;;) {
		/* Also while something comes: it may come for ever. */
		if (reach_left_ms(reach) == 0)
			return no_answer(reach);
		ssize_t got = recv(reach->fd, space.data, space.cap, 0);

		if (got >= 0) {
			*len = (size_t)got;
			return VERB_GOOD;
		}
		if (!is_not_ready())
			return failed(reach);
		if (!reach_await(reach, POLLIN))
			return no_answer(reach);
	}
}

int
reach_receive_all(struct reach *reach, struct space space)
{
	size_t have = 0, len = 0;

	while (have < space.cap) {
		int result = reach_receive(reach,
		    (struct space){space.data + have, space.cap - have}, &len);

		if (result != VERB_GOOD)
			return result;
		if (len == 0 && !reach->has_heard)
			return complain(VERB_NO_REPLY,
			    "%s: closed without an answer", reach->name);
		if (len == 0)
			return complain(VERB_MALFORMED,
			    "%s: the answer is truncated: %zu of %zu bytes",
			    reach->name, have, space.cap);
		have += len;
		reach->has_heard = true;
	}
	return VERB_GOOD;
}

/* Waits for an answer until REACH's deadline: 1 there is one, 0 none in time,
 * -1 errno. */
static int
await_answer(struct reach *reach, const struct reach_question *question,
    struct space space, size_t *len)
{
	while (reach_await(reach, POLLIN)) {
		ssize_t got =
		    recv(reach->fd, space.data, space.cap, MSG_DONTWAIT);

		if (got == -1 && !is_not_ready())
			return -1;
		*len = got > 0 ? (size_t)got : 0;
		if (got >= 0 && question->is_answer(question->context,
		                    (struct span){space.data, (size_t)got}))
			return 1;
	}
	return 0;
}

int
reach_ask(struct reach *reach, const struct reach_question *question,
    struct space space, size_t *len)
{
	int64_t last = reach->deadline_ms;
	int64_t part = reach_left_ms(reach) / (int64_t)question->tries;

	for (unsigned i = 0; i < question->tries; i++) {
		if (question->told != NULL)
			question->told(question->context, i);
		int result = reach_send(reach, question->question);

		if (result != VERB_GOOD)
			return result;
		reach->deadline_ms =
		    i + 1 < question->tries ? reach_now_ms() + part : last;
		int heard = await_answer(reach, question, space, len);

		reach->deadline_ms = last;
		if (heard == -1)
			return failed(reach);
		if (heard == 1)
			return VERB_GOOD;
	}
	if (question->passed_over == NULL || *question->passed_over == NULL)
		return no_answer(reach);
	return complain(VERB_NO_REPLY, "%s: no answer in time, but %s came",
	    reach->name, *question->passed_over);
}
