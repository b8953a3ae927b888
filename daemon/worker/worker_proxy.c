/* worker_proxy.c — connections that a proxy makes for others. */
#include "worker/worker_proxy.h"

#include "core/log.h"
#include "core/proxy.h"
#include "core/stats.h"
#include "worker/worker_connection.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <sys/epoll.h>
#include <sys/socket.h>

enum {
	/* A proxy sends the header with its first packet: one that has not
	 * come by then never will. */
	HEADER_TIMEOUT_MS = 5000,
};

static_assert((int)PROXY_HEADER_MAX <= (int)CONNECTION_INPUT_MAX,
    "a header is read into the buffer of all input");

bool
worker_proxy_is_trusted(const struct worker *worker, const struct addr *peer)
{
	const struct settings_role *role =
	    &worker->settings->roles[worker->heritage->role];

	for (uint32_t i = 0; i < role->proxies.count; i++)
		if (prefix_has(&role->proxies.list[i], peer))
			return true;
	return false;
}

void
worker_proxy_refuse(struct worker *worker, const struct worker_service *service,
    enum outcome_refusal why, const struct addr *peer)
{
	static const char *const reasons[OUTCOME_REFUSAL_COUNT] = {
	    [OUTCOME_REFUSAL_PROXY_FROM] = "is not in proxy_from",
	    [OUTCOME_REFUSAL_PROXY_HEADER] = "sent no PROXY header",
	};
	char text[ADDR_TEXT_MAX];
	uint64_t unsaid;

	stats_add(&service->stats->refusals[why], 1);
	if (worker_notice_is_due(
	        &worker->streams->refusals[why], worker->now_ms, &unsaid))
		log_warn("proxy_listen: closed a connection of %s, which %s "
		         "(%" PRIu64 " others since the last such line)",
		    addr_format(peer, text), reasons[why], unsaid);
}

static void
fail(struct worker *worker, struct connection *connection)
{
	worker_proxy_refuse(worker, connection->service,
	    OUTCOME_REFUSAL_PROXY_HEADER, &connection->peer);
	worker_stream_drop(worker, connection);
}

/* Takes LEN bytes, which have been peeked at, off the socket. */
static bool
take(const struct worker *worker, const struct connection *connection,
    size_t held, size_t len)
{
	ssize_t taken = recv(connection->source.fd, worker->streams->in + held,
	    len, MSG_DONTWAIT);

	return taken != -1 && (size_t)taken == len;
}

/* COUNT bytes of the header lie behind the HELD ones that came before: all of
 * them, or none of what follows it, is taken off the socket, so that the
 * connection goes on as any other. */
static void
parse(struct worker *worker, struct connection *connection, size_t held,
    size_t count)
{
	const struct span bytes = {worker->streams->in, held + count};
	struct proxy_header header;

	switch (proxy_parse(bytes, &header)) {
	case PROXY_MORE:
		if (!take(worker, connection, held, count) ||
		    !worker_step_hold(connection, bytes))
			fail(worker, connection);
		else
			worker_stream_want(worker, connection, EPOLLIN);
		return;
	case PROXY_BAD:
		fail(worker, connection);
		return;
	case PROXY_DONE:
		break;
	}
	if (!take(worker, connection, held, header.len - held) ||
	    !worker_step_hold(connection, (struct span){bytes.data, 0})) {
		fail(worker, connection);
		return;
	}
	if (header.has_addresses) {
		connection->peer = header.peer;
		connection->local = header.local;
	}
	worker_stream_begin(worker, connection);
}

static void
on_ready(struct worker *worker, struct worker_source *source, uint32_t events)
{
	struct connection *connection = (struct connection *)(void *)source;
	size_t held = connection->held_len;

	(void)events;
	worker_step_load(worker, connection);
	ssize_t received =
	    recv(connection->source.fd, worker->streams->in + held,
	        PROXY_HEADER_MAX - held, MSG_DONTWAIT | MSG_PEEK);

	if (received > 0)
		parse(worker, connection, held, (size_t)received);
	else if (received == -1 && (errno == EAGAIN || errno == EINTR))
		worker_stream_want(worker, connection, EPOLLIN);
	else if (held > 0)
		fail(worker, connection);
	else /* it asked whether somebody listens: a check of the proxy's */
		worker_stream_drop(worker, connection);
}

void
worker_proxy_begin(struct worker *worker, struct connection *connection)
{
	connection->source.ready = on_ready;
	worker_deadline_set(&worker->wheel, &connection->deadline,
	    worker->now_ms + HEADER_TIMEOUT_MS);
	on_ready(worker, &connection->source, EPOLLIN);
}

void
worker_proxy_expire(struct worker *worker, struct connection *connection)
{
	fail(worker, connection);
}
