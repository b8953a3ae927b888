/* worker_output.c — a connection's output: send, sendfile, what is left over.
 */
#include "core/stats.h"
#include "worker/worker_connection.h"

#include <errno.h>
#include <linux/sockios.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	/* Who takes less than that in the role's send_timeout is cut off, be
	 * it gone or only pretending to read: a reader that must merely not
	 * stop could hold a connection and its file for days. With short
	 * buffers all progress counts: little is held, and it may be all that
	 * was said in a quiet hour. */
	SEND_FLOOR = 16 * 1024,
	/* Of one file in one turn: more would make the other connections
	 * wait, and below it each call costs more per byte. */
	SENDFILE_MAX = 2 * 1024 * 1024,
	/* A file from here on is sent corked (tcp(7)). */
	CORK_MIN = 128 * 1024,
};

/* More follows at once: a file, or the end of the connection, which the kernel
 * then puts into the same segment. A connection of one short answer has nine
 * of them instead of ten. */
static bool
is_followed(const struct connection *connection)
{
	return connection->body.len > 0 ||
	       connection->state == CONNECTION_CLOSING ||
	       connection->state == CONNECTION_FINISHING;
}

/* Sends LEN bytes; returns how many the kernel took, -1 when the connection
 * is broken. */
static ssize_t
send_some(const struct connection *connection, const uint8_t *bytes, size_t len)
{
	int flags = MSG_NOSIGNAL | MSG_DONTWAIT |
	            (is_followed(connection) ? MSG_MORE : 0);
	ssize_t sent;

	do
		sent = send(connection->source.fd, bytes, len, flags);
	while (sent == -1 && errno == EINTR);
	if (sent == -1 && errno == EAGAIN)
		return 0;
	return sent;
}

/* Sends what earlier turns left. */
static enum connection_flush
send_unsent(struct connection *connection)
{
	if (connection->unsent_len == 0)
		return FLUSH_DONE;
	ssize_t sent = send_some(connection,
	    connection->unsent + connection->unsent_at, connection->unsent_len);

	if (sent == -1)
		return FLUSH_DEAD;
	connection->given += (uint64_t)sent;
	connection->unsent_at += (uint32_t)sent;
	connection->unsent_len -= (uint32_t)sent;
	if (connection->unsent_len > 0)
		return FLUSH_BLOCKED;
	free(connection->unsent);
	connection->unsent = NULL;
	return FLUSH_DONE;
}

/* Keeps LEN gathered bytes for later, behind what is unsent already. */
static enum connection_flush
keep(struct connection *connection, const uint8_t *bytes, size_t len)
{
	size_t old = connection->unsent_len;
	uint8_t *kept = malloc(old + len);

	if (kept == NULL)
		return FLUSH_DEAD;
	if (old > 0)
		memcpy(kept, connection->unsent + connection->unsent_at, old);
	memcpy(kept + old, bytes, len);
	free(connection->unsent);
	connection->unsent = kept;
	connection->unsent_at = 0;
	connection->unsent_len = (uint32_t)(old + len);
	return FLUSH_BLOCKED;
}

static enum connection_flush
send_gathered(struct worker_stream_pool *pool, struct connection *connection)
{
	size_t len = pool->out_len;

	pool->out_len = 0;
	if (len == 0)
		return FLUSH_DONE;
	if (connection->unsent_len > 0)
		return keep(connection, pool->out, len);
	ssize_t sent = send_some(connection, pool->out, len);

	if (sent == -1)
		return FLUSH_DEAD;
	if ((size_t)sent == len)
		return FLUSH_DONE;
	return keep(connection, pool->out + sent, len - (size_t)sent);
}

/* While a long file is on its way, every confirmation that comes in would have
 * the kernel send the part of a segment that it has by then. Corked, it waits
 * for the whole: an eighth of the cost of 1 MiB. What is broken shows in the
 * call that follows. */
static void
cork(struct connection *connection, bool is_corked)
{
	const int value = is_corked;

	if (connection->is_corked == is_corked)
		return;
	connection->is_corked = is_corked;
	(void)setsockopt(connection->source.fd, IPPROTO_TCP, TCP_CORK, &value,
	    sizeof(value));
}

static enum connection_flush
send_body(struct connection *connection)
{
	struct stream_body *body = &connection->body;

	if (body->len == 0)
		return FLUSH_DONE;
	off_t offset = (off_t)body->offset;
	size_t len = body->len < SENDFILE_MAX ? body->len : SENDFILE_MAX;
	ssize_t sent = sendfile(connection->source.fd, body->fd, &offset, len);

	if (sent == -1 && (errno == EAGAIN || errno == EINTR))
		return FLUSH_BLOCKED;
	/* 0: the file has become shorter than was promised. Only the end of
	 * the connection can say so now. */
	if (sent <= 0)
		return FLUSH_DEAD;
	connection->given += (uint64_t)sent;
	body->offset += (uint64_t)sent;
	body->len -= (uint64_t)sent;
	if (body->len > 0)
		return FLUSH_BLOCKED;
	cork(connection, false);
	if (!body->is_kept)
		close(body->fd);
	body->fd = -1;
	return FLUSH_DONE;
}

/* Bytes in the kernel's queue that the peer has not confirmed. */
static uint32_t
queued(const struct connection *connection)
{
	int bytes = 0;

	if (ioctl(connection->source.fd, SIOCOUTQ, &bytes) == -1)
		return 0;
	return (uint32_t)bytes;
}

static void
start_timing(struct worker *worker, struct connection *connection)
{
	connection->is_sending = true;
	connection->given = queued(connection);
	worker_deadline_set(&worker->wheel, &connection->deadline,
	    worker->now_ms + worker->streams->send_timeout_ms);
}

static void
stop_timing(struct worker *worker, struct connection *connection)
{
	connection->is_sending = false;
	worker_deadline_set(&worker->wheel, &connection->deadline,
	    worker->now_ms + connection->timeout_ms);
}

/* What the peer has confirmed is what counts: the kernel's queue holds
 * megabytes, and tells of room in it only when a third has gone. */
bool
worker_output_may_go_on(struct worker *worker, struct connection *connection)
{
	bool is_short =
	    (connection->service->service->needs & NEED_SHORT_BUFFERS) != 0;
	uint64_t floor = is_short ? 1 : SEND_FLOOR;

	if (connection->given >= queued(connection) + floor) {
		start_timing(worker, connection);
		return true;
	}
	stats_add(&connection->service->stats->send_errors, 1);
	return false;
}

enum connection_flush
worker_output_flush(struct worker *worker, struct connection *connection)
{
	if (connection->body.len >= CORK_MIN)
		cork(connection, true);
	enum connection_flush result = send_unsent(connection);

	if (result == FLUSH_DONE || result == FLUSH_BLOCKED) {
		enum connection_flush gathered =
		    send_gathered(worker->streams, connection);

		if (gathered != FLUSH_DONE)
			result = gathered;
	}
	if (result == FLUSH_DONE)
		result = send_body(connection);
	if (result == FLUSH_DEAD) {
		stats_add(&connection->service->stats->send_errors, 1);
		worker->streams->out_len = 0;
		worker_stream_drop(worker, connection);
	} else if (connection->is_sending != (result == FLUSH_BLOCKED)) {
		if (result == FLUSH_BLOCKED)
			start_timing(worker, connection);
		else
			stop_timing(worker, connection);
	}
	return result;
}
